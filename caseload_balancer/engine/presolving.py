"""Make the problem smaller without changing what is best.

Arcs that cannot fit, and arcs dominated by waiting, are left out. Units with one option are fixed
and folded into limits, breakpoints and a constant. Limits are lowered to what can be used at all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.arrays.restriction import Restriction, restrict

_EXACT_RATIOS: Final = 2**52
"""Two different ratios of numbers whose product is less differ as 64-bit fractions too."""


@dataclass(frozen=True, eq=False)
class Presolved:
    """What is left, and where it came from.

    Parameters
    ----------
    left
        The smaller problem within the whole.
    assignment
        Shape (units,) of the whole: the start, or better; what is fixed is fixed as here.
    arcs
        Number of arcs left out.
    fixed
        Number of units fixed.
    """

    left: Restriction
    assignment: Ints
    arcs: int
    fixed: int

    def lift(self, inner: Ints) -> Ints:
        """Return the whole's assignment from one of what is left."""
        return self.left.lift(inner, self.assignment)


def presolve(arrays: Arrays) -> Presolved:
    """Reduce `arrays`; every best assignment of the result is a best one of the whole."""
    dominated = _dominated_by_waiting(arrays)
    chosen = chosen_arcs(arrays, arrays.start)
    held = np.flatnonzero(chosen >= 0)
    assignment = arrays.start.copy()
    assignment[held[dominated[chosen[held]]]] = WAITING
    fits, fixed = _fixpoint(arrays, assignment, ~dominated)
    left = restrict(arrays, assignment, units=~fixed, arcs=fits)
    problem = replace(
        left.problem,
        limit=_reachable(left.problem),
        slack_abs=arrays.slack_abs,
        slack_rel=arrays.slack_rel,
        budget=_needed_budget(left.problem),
    )
    return Presolved(
        left=replace(left, problem=_without_unreachable_breakpoints(problem)),
        assignment=assignment,
        arcs=arrays.arcs - problem.arcs,
        fixed=arrays.units - problem.units,
    )


def _dominated_by_waiting(arrays: Arrays) -> Bools:
    """Return the arcs that cost more than waiting in some tier and less in none.

    Waiting uses nothing of any resource, so no best assignment takes such an arc.
    """
    wait = arrays.wait_cost[:, arrays.arc_unit]
    no_less = (arrays.arc_cost >= wait).all(axis=0)
    more = (arrays.arc_cost > wait).any(axis=0)
    return np.asarray(arrays.may_wait[arrays.arc_unit] & no_less & more)


def _fixpoint(arrays: Arrays, assignment: Ints, usable: Bools) -> tuple[Bools, Bools]:
    """Return the arcs that fit beside the units with one option, and these units."""
    taken = arrays.arc_worker == assignment[arrays.arc_unit]
    alone = arrays.group_of_unit < 0
    fixed = np.zeros(arrays.units, np.bool_)
    fits = usable | taken
    while True:
        holds = np.flatnonzero(fixed[arrays.arc_unit] & taken)
        used = total_by_worker(arrays.workers, arrays.arc_worker[holds], arrays.arc_use[:, holds])
        room = (arrays.arc_use <= (arrays.limit - used)[:, arrays.arc_worker]).all(axis=0)
        if arrays.budget is not None:
            room &= arrays.arc_budget <= arrays.budget - int(arrays.arc_budget[holds].sum())
        fits &= room | taken
        options = np.bincount(arrays.arc_unit[fits], minlength=arrays.units) + arrays.may_wait
        now = (options == 1) & (alone | (assignment == WAITING))
        if np.array_equal(now, fixed):
            return fits, fixed
        fixed = now


def _needed_budget(arrays: Arrays) -> int | None:
    """Return the budget, or None where no assignment can overspend it."""
    if arrays.budget is None:
        return None
    most = np.zeros(arrays.units, np.int64)
    np.maximum.at(most, arrays.arc_unit, arrays.arc_budget)
    return arrays.budget if int(most.sum()) > arrays.budget else None


def _reachable(arrays: Arrays) -> Ints:
    """Return the limits, lowered to what the other limits leave within reach.

    For two resources, the most use of one within the limit of the other is at most that of the
    fractional knapsack (Dantzig, "Discrete-variable extremum problems", 1957).
    """
    limit = arrays.limit.copy()
    order = np.argsort(arrays.arc_worker, kind="stable")
    ends = np.searchsorted(arrays.arc_worker[order], np.arange(arrays.workers + 1))
    added = np.flatnonzero(~arrays.shared)
    for worker in range(arrays.workers):
        use = arrays.arc_use[:, order[ends[worker] : ends[worker + 1]]]
        limit[:, worker] = np.minimum(limit[:, worker], use.sum(axis=1))
        for weight in added[use[added].sum(axis=1) > limit[added, worker]]:
            for resource in range(arrays.resources):
                if resource != weight:
                    most = _knapsack(use[resource], use[weight], int(limit[weight, worker]))
                    limit[resource, worker] = min(limit[resource, worker], most)
    return limit


def _knapsack(gain: Ints, weight: Ints, room: int) -> int:
    """Return the most gain of fractions of the items within the room, rounded down."""
    heavy = weight > 0
    total = int(gain[~heavy].sum())
    gain, weight = gain[heavy], weight[heavy]
    order = _by_ratio(gain, weight)
    filled = np.cumsum(weight[order])
    whole = int(np.searchsorted(filled, room, side="right"))
    total += int(gain[order[:whole]].sum())
    if whole < len(order):
        last = order[whole]
        left = room - (int(filled[whole - 1]) if whole else 0)
        total += left * int(gain[last]) // int(weight[last])
    return total


def _by_ratio(gain: Ints, weight: Ints) -> Ints:
    """Return the items in the order of gain for each weight, the most first.

    Where two numbers are so large that their ratios need not differ as 64-bit fractions, they are
    compared as whole numbers: a knapsack filled in another order would not bound the gain.
    """
    if int(gain.max(initial=0)) * int(weight.max(initial=0)) < _EXACT_RATIOS:
        return np.argsort(-gain / weight, kind="stable")
    ratios = [Fraction(*pair) for pair in zip(gain.tolist(), weight.tolist(), strict=True)]
    return np.array(sorted(range(len(ratios)), key=lambda item: -ratios[item]), np.int64)


def _without_unreachable_breakpoints(arrays: Arrays) -> Arrays:
    """Leave out the breakpoints beyond the largest use."""
    points = arrays.breakpoints
    reachable = points.at < arrays.limit[points.resource, points.worker]
    return replace(arrays, breakpoints=points.only(reachable))
