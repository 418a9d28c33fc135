"""What the choice of a worker costs a child: strangers, third workers, changes that are certain.

One function a goal, of cases and workers as in `pair_costs`. docs/mathematics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.presence import NO_END


def is_arrival(facts: Facts, cases: Ints, workers: Ints) -> Bools:
    """Say for each pair whether the worker is another than the one the case has."""
    found: Bools = facts.holder[cases] != workers
    return found


def continuity(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what it costs each child to come to this worker, hundredths of a cost point."""
    rates, history = facts.policy.continuity, facts.history
    everybody = range(len(facts.index.cases))
    stranger = [Fraction(rates.new_worker) * factor for factor in facts.change_factors]
    third = Fraction(rates.third_worker)
    adds_third = history.distinct_workers >= 2

    def to(case: int, worker: int) -> int:
        cost = stranger[case] * (1 - history.familiar[case].get(worker, Fraction(0)))
        name = facts.index.workers[worker].worker_id
        if adds_third[case] and name not in history.recent_workers[case]:
            cost += third
        return floor(100 * cost)

    special = {
        (case, worker): to(case, worker) for case in everybody for worker in _met(facts, case)
    }
    cost = _looked_up(special, cases, workers, len(facts.index.workers))
    cost = np.where(cost == NOT_SPECIAL, with_a_stranger(facts)[cases], cost)
    placed = is_arrival(facts, cases, workers) & history.had_a_worker[cases]
    return np.where(placed, cost, 0)


def with_a_stranger(facts: Facts) -> Ints:
    """Return what it costs each child to come to somebody it has never met, shape (cases,)."""
    rates, history = facts.policy.continuity, facts.history
    cost = [
        floor(100 * (Fraction(rates.new_worker) * factor + Fraction(rates.third_worker) * adds))
        for factor, adds in zip(
            facts.change_factors, (history.distinct_workers >= 2).tolist(), strict=True
        )
    ]
    return np.where(history.had_a_worker, np.array(cost, np.int64), 0)


NOT_SPECIAL = -1
"""Stands where the worker is a stranger to the child like any other."""


def _met(facts: Facts, case: int) -> set[int]:
    """Return the workers of this week whom a child has met."""
    number, history = facts.index.worker_number, facts.history
    recent = {number[name] for name in history.recent_workers[case] if name in number}
    return recent | set(history.familiar[case])


def _looked_up(
    special: Mapping[tuple[int, int], int], cases: Ints, workers: Ints, width: int
) -> Ints:
    """Return the figures of pairs, `NOT_SPECIAL` for pairs without one."""
    if not special:
        return np.full(len(cases), NOT_SPECIAL, np.int64)
    keys = np.array([case * width + worker for case, worker in special], np.int64)
    order = np.argsort(keys)
    keys, figures = keys[order], np.array(list(special.values()), np.int64)[order]
    wanted = cases * width + workers
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, figures[place], NOT_SPECIAL)


def next_change(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what the change costs that is certain when a child comes to this worker.

    The worker's end is known, and the case may still be open then. An end within weeks costs
    something whatever the case. Nothing for those who stay.
    """
    to_end = facts.presence.days_to_end
    cost = np.zeros(len(cases), np.int64)
    ending = np.flatnonzero(is_arrival(facts, cases, workers) & (to_end[workers] != NO_END))
    rates = facts.policy
    third = Fraction(rates.continuity.third_worker)

    @cache
    def of(case: int, weeks: int, *, makes_third: bool) -> int:
        change = Fraction(rates.churn.move) * facts.change_factors[case]
        share = share_still_open(facts.index.cases[case], weeks, rates)
        soon = rates.next_change.soon * int(weeks < rates.next_change.soon_weeks)
        return floor(100 * (share * (change + third * int(makes_third)) + Fraction(soon)))

    for place in ending.tolist():
        case, worker = int(cases[place]), int(workers[place])
        name = facts.index.workers[worker].worker_id
        distinct = facts.history.recent_workers[case] | {name}
        weeks = max(0, int(to_end[worker])) // 7
        cost[place] = of(case, weeks, makes_third=len(distinct) >= 2)
    return cost


def share_still_open(case: Case, weeks: int, policy: Policy) -> Fraction:
    """Return the share of such cases still open in `weeks` weeks.

    Between the weeks of the policy's table in a straight line, and level after the last. A case
    with `expected_weeks` of its own is open until then.
    """
    if case.expected_weeks is not None:
        return Fraction(int(weeks < case.expected_weeks))
    rules = policy.next_change
    points = [(0, Fraction(1))]
    points += zip(rules.after_weeks, map(Fraction, rules.still_open[case.case_type]), strict=True)
    for (start, high), (end, low) in pairwise(points):
        if weeks < end:
            return high + (low - high) * Fraction(weeks - start, end - start)
    return points[-1][1]


def least_of_receivers(
    facts: Facts, measure: Callable[[Facts, Ints, Ints], Ints], without: Ints
) -> Ints:
    """Return the least each case would cost with a worker who may be given it, shape (cases,).

    A child who waits will need a worker too, so waiting does not save it. Workers of its own scope
    count. 0 where the case can stay.

    Parameters
    ----------
    without
        Shape (cases,): what stands where nobody may be given the case.
    """
    may = facts.may_hold & facts.presence.takes_cases & facts.near_family
    case, worker = np.nonzero(may & ~facts.stays[:, np.newaxis])
    case, worker = case.astype(np.int64), worker.astype(np.int64)
    other = facts.holder[case] != worker
    case, worker = case[other], worker[other]
    nobody = np.iinfo(np.int64).max
    found = np.full(len(facts.index.cases), nobody)
    np.minimum.at(found, case, measure(facts, case, worker))
    return np.where(facts.stays, 0, np.where(found == nobody, without, found))
