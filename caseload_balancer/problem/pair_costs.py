"""Goals that depend on one case and its worker: one function a goal.

Each takes the facts and two arrays of equal length, cases and workers (no waiting), and returns
the value of the goal for each pair in the goal's own unit. docs/mathematics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.presence import NO_END
from caseload_balancer.problem.working_days import working_days_until

PairCost = Callable[[Facts, Ints, Ints], Ints]


def is_unforced_move(facts: Facts, cases: Ints, workers: Ints) -> Bools:
    """Say for each pair whether it changes a worker who could go on and nobody asked to change.

    Nor is a transfer to another team that is due.
    """
    holder = facts.holder[cases]
    moved: Bools = (holder != NOBODY) & (holder != workers)
    return moved & ~facts.forced[cases] & ~facts.transfers.made(cases, workers)


def churn(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return the churn of each pair, hundredths of a cost point."""
    rates = np.array([_churn_rates(facts, number) for number in range(len(facts.index.cases))])
    rates = rates.astype(np.int64).reshape(-1, 3)
    to_new, to_third, to_known = rates[cases].T
    known = facts.history.known[cases, workers]
    third = facts.history.distinct_workers[cases] >= 2
    cost = np.where(known, to_known, np.where(third, to_third, to_new))
    return np.where(is_unforced_move(facts, cases, workers), cost, 0)


def _churn_rates(facts: Facts, number: int) -> tuple[int, int, int]:
    """Churn of a move to a new worker, to a third or later one, and to a known one."""
    case = facts.index.cases[number]
    rates = facts.policy.churn
    move = Fraction(rates.move) * Fraction(rates.type_factor[case.case_type])
    if case.in_court:
        move *= Fraction(rates.in_court_factor)
    move *= Fraction(rates.change_factor) ** int(facts.history.changes[number])
    third = move + Fraction(rates.third_worker)
    known = move * Fraction(rates.known_worker_factor)
    return floor(100 * move), floor(100 * third), floor(100 * known)


def handover(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return the days a handover close to a due date is likely to cost, as hundredths."""
    moved = is_unforced_move(facts, cases, workers)
    if not moved.any():
        return np.zeros(len(cases), np.int64)  # the calendar takes long to load
    rates = facts.policy.handover
    day = facts.index.snapshot.as_of
    dated = [n for n, case in enumerate(facts.index.cases) if case.next_due_on is not None]
    due = [case.next_due_on for case in facts.index.cases if case.next_due_on is not None]
    left = working_days_until(day, due)
    overdue = np.array([end < day for end in due], np.bool_)
    days = np.zeros(len(facts.index.cases), np.int64)
    slip = rates.slip_working_days
    days[dated] = np.where(overdue, slip, np.maximum(0, slip - left))
    table = np.array([floor(100 * rates.per_day * lost) for lost in range(slip + 1)], np.int64)
    return np.where(moved, table[days[cases]], 0)


def agency_exposure(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return the weeks each case is expected to outlast its worker, as hundredths."""
    rates = facts.policy.agency_exposure
    expected = np.array(
        [_expected_weeks(case, facts.policy) for case in facts.index.cases], np.int64
    )
    to_end = facts.presence.days_to_end
    weeks_left = np.maximum(0, to_end // 7)
    beyond = np.clip(expected[cases] - weeks_left[workers], 0, rates.weeks_counted_at_most)
    weeks = range(rates.weeks_counted_at_most + 1)
    table = np.array([floor(100 * rates.per_week * week) for week in weeks], np.int64)
    return np.where(to_end[workers] == NO_END, 0, table[beyond])


def _expected_weeks(case: Case, policy: Policy) -> int:
    if case.expected_weeks is not None:
        return case.expected_weeks
    return policy.agency_exposure.expected_weeks[case.case_type]


def fit(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return how badly each case and worker match, hundredths of a cost point."""
    rates = facts.policy.fit
    case_area, worker_area = _areas(facts)
    known = (case_area[cases] >= 0) & (worker_area[workers] >= 0)
    elsewhere = known & (case_area[cases] != worker_area[workers])
    asked = np.array([case.change_requested for case in facts.index.cases], np.bool_)
    kept = asked[cases] & (facts.holder[cases] == workers)
    cost: Ints = (
        int(100 * rates.area) * elsewhere
        + int(100 * rates.need) * _needs_unmet(facts, cases, workers)
        + int(100 * rates.scope_step) * facts.scope_steps[cases, workers]
        + int(100 * rates.change_not_made) * kept
    )
    return cost.astype(np.int64)


def _areas(facts: Facts) -> tuple[Ints, Ints]:
    of_case = [case.area for case in facts.index.cases]
    of_worker = [worker.area for worker in facts.index.workers]
    names = sorted({area for area in (*of_case, *of_worker) if area is not None})
    code = {area: number for number, area in enumerate(names)}
    return (
        np.array([-1 if area is None else code[area] for area in of_case], np.int64),
        np.array([-1 if area is None else code[area] for area in of_worker], np.int64),
    )


def _needs_unmet(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    needs = sorted({tuple(sorted(set(case.needs))) for case in facts.index.cases})
    row = {wanted: number for number, wanted in enumerate(needs)}
    table = np.array(
        [[len(set(n) - set(w.skills)) for w in facts.index.workers] for n in needs], np.int64
    ).reshape(len(needs), len(facts.index.workers))
    of_case = np.array([row[tuple(sorted(set(c.needs)))] for c in facts.index.cases], np.int64)
    return table[of_case[cases], workers]


def held_against_the_rules(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 for each case with a worker who may not hold it."""
    return (~facts.may_hold[cases, workers]).astype(np.int64)


def transfers_due(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 for each case whose transfer is due, with a worker of another team still."""
    transfers = facts.transfers
    left: Bools = transfers.due[cases] & transfers.outside[cases, workers]
    return left.astype(np.int64)


PAIR_COSTS: Final[Mapping[GoalName, PairCost]] = {
    "standing_breaches": held_against_the_rules,
    "transfers_due": transfers_due,
    "churn": churn,
    "handover": handover,
    "agency_exposure": agency_exposure,
    "fit": fit,
}
