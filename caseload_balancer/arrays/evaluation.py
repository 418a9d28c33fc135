"""Exact value and feasibility of an assignment of the arrays, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caseload_balancer.arrays.definition import WAITING, Arrays, Ints


def chosen_arcs(arrays: Arrays, assignment: Ints) -> Ints:
    """Return the arc each unit takes, -1 where it waits or where it has no such arc.

    Parameters
    ----------
    assignment
        Shape (units,): a worker, or `WAITING`, for each unit.
    """
    chosen = np.full(arrays.units, -1, np.int64)
    hit = np.flatnonzero(arrays.arc_worker == assignment[arrays.arc_unit])
    chosen[arrays.arc_unit[hit]] = hit
    return chosen


def resource_use(arrays: Arrays, assignment: Ints) -> Ints:
    """Return each worker's use of each resource, shape (resources, workers)."""
    chosen = chosen_arcs(arrays, assignment)
    taken = chosen[chosen >= 0]
    use = np.zeros((arrays.resources, arrays.workers), np.int64)
    np.add.at(use.T, arrays.arc_worker[taken], arrays.arc_use[:, taken].T)
    shared = np.flatnonzero(arrays.shared)
    for units in arrays.groups:
        arcs = chosen[units]
        arcs = arcs[arcs >= 0]
        if len(arcs) <= 1:
            continue
        for worker in set(arrays.arc_worker[arcs].tolist()):
            here = arrays.arc_use[:, arcs[arrays.arc_worker[arcs] == worker]]
            use[shared, worker] -= (here.sum(axis=1) - here.max(axis=1))[shared]
    return use


def values(arrays: Arrays, assignment: Ints) -> tuple[int, ...]:
    """Return the exact value of each tier."""
    chosen = chosen_arcs(arrays, assignment)
    taken = chosen[chosen >= 0]
    total = arrays.arc_cost[:, taken].sum(axis=1) + arrays.wait_cost[:, chosen < 0].sum(axis=1)
    use = resource_use(arrays, assignment)
    breakpoints = arrays.breakpoints
    excess = np.maximum(0, use[breakpoints.resource, breakpoints.worker] - breakpoints.at)
    np.add.at(total, breakpoints.tier, breakpoints.step * excess)
    for group, units in enumerate(arrays.groups):
        spread = len(set(assignment[units].tolist()) - {WAITING})
        total += arrays.groups.cost[:, group] * max(0, spread - 1)
    return tuple(int(value) for value in total)


def within(tier_values: Sequence[int], ceilings: Sequence[int]) -> bool:
    """Return whether the first tiers, as many as there are ceilings, are at or below these."""
    return all(value <= most for value, most in zip(tier_values, ceilings, strict=False))


def budget_used(arrays: Arrays, assignment: Ints) -> int:
    """Return what an assignment takes of the budget."""
    chosen = chosen_arcs(arrays, assignment)
    return int(arrays.arc_budget[chosen[chosen >= 0]].sum())


def broken_limits(arrays: Arrays, assignment: Ints) -> list[str]:
    """Return what makes `assignment` infeasible, one sentence each; empty when it is feasible."""
    found: list[str] = []
    chosen = chosen_arcs(arrays, assignment)
    found.extend(
        f"unit {unit} has no arc to worker {assignment[unit]}"
        for unit in np.flatnonzero((chosen < 0) & (assignment != WAITING))
    )
    found.extend(
        f"unit {unit} may not wait"
        for unit in np.flatnonzero((assignment == WAITING) & ~arrays.may_wait)
    )
    use = resource_use(arrays, assignment)
    for resource, worker in np.argwhere(use > arrays.limit):
        found.append(
            f"worker {worker} uses {use[resource, worker]} of resource {resource}, "
            f"limit {arrays.limit[resource, worker]}"
        )
    if arrays.budget is not None:
        spent = int(arrays.arc_budget[chosen[chosen >= 0]].sum())
        if spent > arrays.budget:
            found.append(f"the budget of {arrays.budget} is overspent: {spent}")
    return found
