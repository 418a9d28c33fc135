"""The problem that is left when most units stay where they are.

The sub-problem is again `Arrays`: limits and budget less what the fixed units use, breakpoints
moved by it, and a constant for each tier: value of the part + constant = value of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays.definition import (
    WAITING,
    Arrays,
    Bools,
    Breakpoints,
    Ints,
    UnitGroups,
    starts_of,
)
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use, values


@dataclass(frozen=True, eq=False, kw_only=True)
class Restriction:
    """A part of a problem, and how it sits in the whole.

    Parameters
    ----------
    problem
        The sub-problem; it starts from the assignment it was cut out of.
    units, workers, arcs
        The whole's number of each unit, worker and arc of the part.
    constant
        Shape (tiers,): what to add to the part's values to get the whole's.
    """

    problem: Arrays
    units: Ints
    workers: Ints
    arcs: Ints
    constant: tuple[int, ...]

    def lift(self, inner: Ints, assignment: Ints) -> Ints:
        """Return the whole's assignment with the part's units as in `inner`."""
        lifted = assignment.copy()
        lifted[self.units] = np.append(self.workers, WAITING)[inner]  # what waits takes the last
        return lifted

    def cut(self, assignment: Ints) -> Ints:
        """Return the part's assignment from one of the whole whose units are at its workers."""
        number = np.full(int(self.workers.max(initial=-1)) + 2, WAITING)
        number[self.workers] = np.arange(len(self.workers))
        return number[assignment[self.units]]  # what waits takes the last, which no worker has

    def within(self, outer: Restriction) -> Restriction:
        """Return the same part, cut out of the problem of `outer`, as a part of its whole."""
        return replace(
            self,
            units=outer.units[self.units],
            workers=outer.workers[self.workers],
            arcs=outer.arcs[self.arcs],
            constant=tuple(map(sum, zip(self.constant, outer.constant, strict=True))),
        )


def restrict(
    arrays: Arrays, assignment: Ints, *, units: Bools, arcs: Bools | None = None
) -> Restriction:
    """Cut out the problem of moving some units along some arcs, all else fixed.

    Parameters
    ----------
    assignment
        Shape (units,): a feasible assignment.
    units
        Shape (units,): which may move. Where a group has a fixed unit at a worker, only one
        other unit of it can move exactly; further ones are fixed as well.
    arcs
        Shape (arcs,): which may be used; all by default. The arcs in use always may.
    """
    chosen = chosen_arcs(arrays, assignment)
    free = _separable(arrays, chosen, units)
    used = np.zeros(arrays.arcs, np.bool_)
    used[chosen[chosen >= 0]] = True
    usable = free[arrays.arc_unit]
    if arcs is not None:
        usable &= arcs | used
    fixed = np.where(free, WAITING, assignment)
    fixed_use = resource_use(arrays, fixed)
    inner_units = np.flatnonzero(free)
    inner_arcs = np.flatnonzero(usable)
    workers = np.flatnonzero(np.bincount(arrays.arc_worker[inner_arcs]))
    arc_use, arc_cost = _beside_fixed(arrays, chosen, free, inner_arcs)
    number = np.full(arrays.workers, -1, np.int64)
    number[workers] = np.arange(len(workers))
    budget = arrays.budget
    if budget is not None:
        budget -= int(arrays.arc_budget[chosen[(chosen >= 0) & ~free]].sum())
    sizes = np.bincount(arrays.arc_unit[inner_arcs], minlength=arrays.units)[inner_units]
    nothing = np.zeros(arrays.tiers, np.int64)
    problem = Arrays(
        arc_start=starts_of(sizes),
        arc_worker=number[arrays.arc_worker[inner_arcs]],
        arc_use=arc_use,
        arc_cost=arc_cost,
        wait_cost=arrays.wait_cost[:, inner_units],
        may_wait=arrays.may_wait[inner_units],
        limit=(arrays.limit - fixed_use)[:, workers],
        shared=arrays.shared,
        breakpoints=_moved(arrays.breakpoints, fixed_use, number),
        groups=_whole_groups(arrays.groups, free, fixed),
        arc_budget=arrays.arc_budget[inner_arcs],
        budget=budget,
        slack_abs=nothing,
        slack_rel=nothing,
        start=np.append(number, WAITING)[assignment[inner_units]],
    )
    constant = tuple(
        whole - inner
        for whole, inner in zip(
            values(arrays, assignment), values(problem, problem.start), strict=True
        )
    )
    return Restriction(
        problem=problem, units=inner_units, workers=workers, arcs=inner_arcs, constant=constant
    )


def _separable(arrays: Arrays, chosen: Ints, units: Bools) -> Bools:
    """Return the units that can move exactly: see `restrict`."""
    free = units.copy()
    for group in set(arrays.group_of_unit[free & (arrays.group_of_unit >= 0)].tolist()):
        members = arrays.groups.members(group)
        if np.any(~units[members] & (chosen[members] >= 0)):
            free[members[units[members]][1:]] = False
    return free


def _beside_fixed(arrays: Arrays, chosen: Ints, free: Bools, arcs: Ints) -> tuple[Ints, Ints]:
    """Return use and cost of the arcs given the fixed units of the same groups."""
    use = arrays.arc_use[:, arcs]
    cost = arrays.arc_cost[:, arcs]
    groups = arrays.groups
    shared = np.flatnonzero(arrays.shared)
    for unit in np.flatnonzero(free & (arrays.group_of_unit >= 0)):
        group = arrays.group_of_unit[unit]
        members = groups.members(group)
        beside = chosen[members[~free[members]]]
        beside = beside[beside >= 0]
        if len(beside) == 0:
            continue
        mine = np.flatnonzero(arrays.arc_unit[arcs] == unit)
        worker = arrays.arc_worker[arcs[mine]]
        away = ~np.isin(worker, arrays.arc_worker[beside])
        cost[:, mine] += np.where(away, groups.cost[:, [group]], 0)
        for resource in shared:
            already = np.zeros(arrays.workers, np.int64)
            np.maximum.at(already, arrays.arc_worker[beside], arrays.arc_use[resource, beside])
            use[resource, mine] = np.maximum(0, use[resource, mine] - already[worker])
    return use, cost


def _moved(breakpoints: Breakpoints, fixed_use: Ints, number: Ints) -> Breakpoints:
    """Return the breakpoints of the part's workers, as they look from the fixed use."""
    kept = breakpoints.only(number[breakpoints.worker] >= 0)
    used = fixed_use[kept.resource, kept.worker]
    return replace(kept, worker=number[kept.worker], at=np.maximum(0, kept.at - used))


def _whole_groups(groups: UnitGroups, free: Bools, fixed: Ints) -> UnitGroups:
    """Return the groups none of whose units is fixed at a worker, over their free units."""
    number = np.cumsum(free) - 1
    kept: list[int] = []
    members: list[Ints] = []
    for group, units in enumerate(groups):
        mine = units[free[units]]
        if len(mine) > 1 and np.all(fixed[units] == WAITING):
            kept.append(group)
            members.append(number[mine])
    return UnitGroups.of(members, groups.cost[:, kept])
