"""What the choice of a worker costs a child: strangers, third workers, changes that are certain.

Functions of cases and workers, as in `pair_costs`. docs/mathematics.md, section 4.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import floor
from typing import NamedTuple

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain.words import CaseType
from caseload_balancer.policy import Policy
from caseload_balancer.policy.sections import NextChange
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.kept_figures import kept
from caseload_balancer.problem.presence import NO_END


def is_arrival(facts: Facts, cases: Ints, workers: Ints) -> Bools:
    """Say for each pair whether the worker is another than the one the case has."""
    found: Bools = facts.holder[cases] != workers
    return found


def placed_with(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what it costs each child to come to this worker, hundredths of a cost point."""
    cost = _looked_up(_with_the_met(facts), cases * len(facts.index.workers) + workers)
    cost = np.where(cost == NOT_SPECIAL, with_a_stranger(facts)[cases], cost)
    placed = is_arrival(facts, cases, workers) & facts.history.had_a_worker[cases]
    return np.where(placed, cost, 0)


@kept
def _with_the_met(facts: Facts) -> tuple[Ints, Ints]:
    """Return case x workers + worker of each child and a worker it has met, rising; and the cost.

    Shapes (pairs,).
    """
    rates, history = facts.policy.continuity, facts.history
    third = exactly(rates.third_worker)
    adds_third = (history.distinct_workers >= 2).tolist()
    stranger = {one: exactly(rates.new_worker) * one for one in set(facts.change_factors)}

    @cache
    def cost(factor: Fraction, known: Fraction, *, adds: bool) -> int:
        return floor(100 * (stranger[factor] * (1 - known) + third * adds))

    found: dict[int, int] = {}
    for case, factor in enumerate(facts.change_factors):
        for worker in _met(facts, case):
            name = facts.index.workers[worker].worker_id
            known = history.familiar[case].get(worker, Fraction(0))
            adds = adds_third[case] and name not in history.recent_workers[case]
            found[case * len(facts.index.workers) + worker] = cost(factor, known, adds=adds)
    keys = sorted(found)
    return np.array(keys, np.int64), np.array([found[key] for key in keys], np.int64)


@kept
def with_a_stranger(facts: Facts) -> Ints:
    """Return what it costs each child to come to somebody it has never met, shape (cases,)."""
    rates, history = facts.policy.continuity, facts.history

    @cache
    def of(factor: Fraction, *, adds: bool) -> int:
        return floor(
            100 * (exactly(rates.new_worker) * factor + exactly(rates.third_worker) * adds)
        )

    adds_third = (history.distinct_workers >= 2).tolist()
    cost = [
        of(factor, adds=adds) for factor, adds in zip(facts.change_factors, adds_third, strict=True)
    ]
    return np.where(history.had_a_worker, np.array(cost, np.int64), 0)


NOT_SPECIAL = -1
"""Stands where the worker is a stranger to the child like any other."""


def _met(facts: Facts, case: int) -> set[int]:
    """Return the workers of this week whom a child has met."""
    number, history = facts.index.worker_number, facts.history
    recent = {number[name] for name in history.recent_workers[case] if name in number}
    return recent | set(history.familiar[case])


def _looked_up(special: tuple[Ints, Ints], wanted: Ints) -> Ints:
    """Return the figures of keys, `NOT_SPECIAL` for keys without one.

    Parameters
    ----------
    special
        Keys, rising, and the figure of each.
    """
    keys, figures = special
    if not len(keys):
        return np.full(len(wanted), NOT_SPECIAL, np.int64)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, figures[place], NOT_SPECIAL)


def placed_until(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what the change costs that is certain when a child comes to this worker.

    The worker's end is known, and the case may still be open then. An end within weeks costs
    something whatever the case. Nothing for those who stay.
    """
    to_end = facts.presence.days_to_end
    cost = np.zeros(len(cases), np.int64)
    ending = np.flatnonzero(is_arrival(facts, cases, workers) & (to_end[workers] != NO_END))
    known = _certain_changes(facts)
    for place in ending.tolist():
        case, worker = int(cases[place]), int(workers[place])
        recent = facts.history.recent_workers[case]
        row, weeks = facts.index.cases[case], max(0, int(to_end[worker])) // 7
        kind = _Change(
            row.case_type,
            row.expected_weeks,
            facts.change_factors[case],
            weeks,
            makes_third=bool(recent) and recent != {facts.index.workers[worker].worker_id},
        )
        if kind not in known:
            known[kind] = kind.price(facts.policy)
        cost[place] = known[kind]
    return cost


class _Change(NamedTuple):
    """A change of worker that is certain: of what kind of case, and in how many weeks."""

    case_type: CaseType
    expected_weeks: int | None
    factor: Fraction
    weeks: int
    makes_third: bool

    def price(self, policy: Policy) -> int:
        share = share_still_open(
            self.case_type, self.expected_weeks, self.weeks, policy.next_change
        )
        third = exactly(policy.continuity.third_worker) * self.makes_third
        soon = policy.next_change.soon * int(self.weeks < policy.next_change.soon_weeks)
        change = exactly(policy.churn.move) * self.factor + third
        return floor(100 * (share * change + exactly(soon)))


@kept
def _certain_changes(_facts: Facts) -> dict[_Change, int]:
    """Return the prices that are known: of a week's many pairs only few differ."""
    return {}


def share_still_open(
    case_type: CaseType, expected_weeks: int | None, weeks: int, rules: NextChange
) -> Fraction:
    """Return the share of such cases still open in `weeks` weeks.

    Between the weeks of the policy's table in a straight line, and level after the last. A case
    with `expected_weeks` of its own is open until then.
    """
    if expected_weeks is not None:
        return Fraction(int(weeks < expected_weeks))
    points = [(0, Fraction(1))]
    points += zip(rules.after_weeks, map(exactly, rules.still_open[case_type]), strict=True)
    for (start, high), (end, low) in pairwise(points):
        if weeks < end:
            return high + (low - high) * Fraction(weeks - start, end - start)
    return points[-1][1]
