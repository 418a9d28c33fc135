"""Some of the units: the same problem without the others, and those with whom they are grouped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Bools, Ints, UnitGroups, starts_of


def only_units(arrays: Arrays, assignment: Ints, units: Bools) -> Arrays:
    """Return the problem without the other units, which starts as in `assignment`.

    Every assignment of the whole, without those units, is one of the result; there it costs no more
    in any tier than it does in the whole less the cheapest options of those units.
    Where the others should keep their workers, `restrict` is meant.

    Parameters
    ----------
    assignment
        Shape (units,): a feasible assignment of the whole.
    units
        Shape (units,): which stay.
    """
    arc = units[arrays.arc_unit]
    groups = arrays.groups
    kept = units[groups.unit]
    return replace(
        arrays,
        arc_start=starts_of(np.diff(arrays.arc_start)[units]),
        arc_worker=arrays.arc_worker[arc],
        arc_use=arrays.arc_use[:, arc],
        arc_cost=arrays.arc_cost[:, arc],
        wait_cost=arrays.wait_cost[:, units],
        may_wait=arrays.may_wait[units],
        groups=UnitGroups(
            start=starts_of(kept)[groups.start],
            unit=(np.cumsum(units) - 1)[groups.unit[kept]],
            cost=groups.cost,
        ),
        arc_budget=arrays.arc_budget[arc],
        start=assignment[units],
    )


def with_their_groups(arrays: Arrays, units: Bools) -> Bools:
    """Return units and all that are in a group with one of them, shape (units,)."""
    grouped = arrays.group_of_unit >= 0
    there = np.isin(arrays.group_of_unit, arrays.group_of_unit[units & grouped])
    return np.asarray(units | (grouped & there))
