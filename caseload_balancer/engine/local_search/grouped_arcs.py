"""Which arcs the units of groups have, and who else is in the group: all at once, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Arrays, Ints


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupedArcs:
    """The arcs of the units of groups, and the other units of the same group beside each.

    Parameters
    ----------
    unit, begin
        Shape (grouped units,), ascending: those with an arc, and where the arcs of each begin.
    arc, arc_unit, arc_owner
        Shape (entries,): the arcs, their units, and the places of these in `unit`.
    entry, other
        Shape (pairs,): a place in `arc`, and another unit of the same group.
    """

    unit: Ints
    begin: Ints
    arc: Ints
    arc_unit: Ints
    arc_owner: Ints
    entry: Ints
    other: Ints

    @classmethod
    def of(cls, arrays: Arrays) -> GroupedArcs | None:
        """Return those of the arrays; None where no unit of a group has an arc."""
        arc = np.flatnonzero(arrays.group_of_unit[arrays.arc_unit] >= 0)
        if len(arc) == 0:
            return None
        unit, begin, owner = np.unique(arrays.arc_unit[arc], return_index=True, return_inverse=True)
        groups = arrays.groups
        group = arrays.group_of_unit[arrays.arc_unit[arc]]
        sizes = np.diff(groups.start)[group]
        entry = np.repeat(np.arange(len(arc)), sizes)
        offset = np.arange(len(entry)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        other = groups.unit[groups.start[group][entry] + offset]
        apart = np.flatnonzero(other != arrays.arc_unit[arc][entry])
        return cls(
            unit=unit,
            begin=begin,
            arc=arc,
            arc_unit=arrays.arc_unit[arc],
            arc_owner=owner,
            entry=entry[apart],
            other=other[apart],
        )
