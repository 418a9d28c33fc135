"""Children who stay together: groups of siblings, and the units that move as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.problem.index import NOBODY, Index


@dataclass(frozen=True, eq=False)
class Groups:
    """Which cases form a group, and which of a group form a unit.

    Parameters
    ----------
    group
        Shape (cases,): the group of each case, numbered in the order of their first case.
    unit_cases
        The cases of each unit, ascending; units in the order of their first case.
    unit_of_case
        Shape (cases,).
    holder
        Shape (units,): the worker who holds the unit at the start, or `NOBODY`.
    locked
        Shape (units,): whether one of its cases is locked.
    """

    group: Ints
    unit_cases: tuple[tuple[int, ...], ...]
    unit_of_case: Ints
    holder: Ints
    locked: Bools

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.unit_cases)

    @cached_property
    def unit_group(self) -> Ints:
        """Shape (units,): the group of each unit."""
        firsts = np.array([cases[0] for cases in self.unit_cases], np.int64)
        return self.group[firsts] if len(firsts) else firsts

    @cached_property
    def split(self) -> tuple[tuple[int, ...], ...]:
        """The units of each group that has more than one: split at the start."""
        found: dict[int, list[int]] = defaultdict(list)
        for unit, group in enumerate(self.unit_group.tolist()):
            found[group].append(unit)
        return tuple(tuple(units) for units in found.values() if len(units) > 1)


def find_groups(index: Index, apart: Container[str] = ()) -> Groups:
    """Put siblings together, and cut each group by who holds its cases at the start.

    Parameters
    ----------
    apart
        Ids of cases that are a unit of their own within their group.
    """
    groups = 0
    group_of_family: dict[str, int] = {}
    unit_key: dict[tuple[int, int, str | None], int] = {}
    group: list[int] = []
    unit_of_case: list[int] = []
    units: list[list[int]] = []
    locked: set[int] = set()
    holders = index.holder.tolist()
    for number, (case, holder) in enumerate(zip(index.cases, holders, strict=True)):
        if case.family_id is None or case.may_separate:
            group.append(groups)
            groups += 1
            unit = len(units)
        else:
            group.append(group_of_family.setdefault(case.family_id, groups))
            groups += group[number] == groups
            own = case.case_id if case.case_id in apart else None
            unit = unit_key.setdefault((group[number], holder, own), len(units))
        if unit == len(units):
            units.append([])
        units[unit].append(number)
        unit_of_case.append(unit)
        if case.locked and holder != NOBODY:
            locked.add(unit)
    return Groups(
        group=np.array(group, np.int64),
        unit_cases=tuple(map(tuple, units)),
        unit_of_case=np.array(unit_of_case, np.int64),
        holder=np.array([holders[cases[0]] for cases in units], np.int64),
        locked=np.array([unit in locked for unit in range(len(units))], np.bool_),
    )
