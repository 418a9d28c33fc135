"""Goals that depend on one case and its worker: one function a goal.

Each takes the facts and two arrays of equal length, cases and workers (no waiting), and returns
the value of the goal for each pair in the goal's own unit. docs/mathematics.md, section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from fractions import Fraction
from functools import cache
from math import floor
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.concession_costs import back_with_a_rejected_worker
from caseload_balancer.problem.concessions import steps_conceded
from caseload_balancer.problem.continuity import placed_until
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.kept_figures import kept
from caseload_balancer.problem.still_to_place import continuity, stays_to_the_last_day
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
    """Return what each move by choice costs, hundredths of a cost point, whoever receives it."""
    moved: Bools = is_unforced_move(facts, cases, workers)
    return _churn(facts)[cases] * moved


@kept
def _churn(facts: Facts) -> Ints:
    """Return the churn of each case if it is moved by choice, shape (cases,).

    A case of more points closes more of a gap: at so many times the price it is moved for the same
    gap as an ordinary case, and no sooner.
    """
    rates, day = facts.policy.churn, facts.index.snapshot.as_of
    ordinary = 10 * exactly(facts.policy.points.by_type["child_in_need"])
    stay = timedelta(weeks=rates.minimum_stay_weeks)

    @cache
    def of_kind(factor: Fraction, points: int, *, so_soon: bool) -> int:
        cost = exactly(rates.move) * factor * max(Fraction(1), points / ordinary)
        return floor(100 * (cost + exactly(rates.within_minimum_stay) * so_soon))

    cost = [
        of_kind(factor, points, so_soon=began is not None and day < began + stay)
        for factor, points, began in zip(
            facts.change_factors, facts.points.tolist(), facts.history.since, strict=True
        )
    ]
    return np.array(cost, np.int64)


def handover(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what handovers cost, hundredths of a cost point.

    The days that one close to a due date is likely to lose; and what it costs that there is none,
    where a child who may wait stays with somebody until a last day before the next week.
    """
    moved = is_unforced_move(facts, cases, workers)
    rates = facts.policy.handover
    last_day = stays_to_the_last_day(facts, cases, workers)
    kept: Ints = (last_day & ~facts.must_hold[cases]) * np.int64(100 * rates.on_the_last_day)
    if not moved.any():
        return kept  # the calendar takes long to load
    day = facts.index.snapshot.as_of
    dated = [n for n, case in enumerate(facts.index.cases) if case.next_due_on is not None]
    due = [case.next_due_on for case in facts.index.cases if case.next_due_on is not None]
    left = working_days_until(day, due)
    overdue = np.array([end < day for end in due], np.bool_)
    days = np.zeros(len(facts.index.cases), np.int64)
    slip = rates.slip_working_days
    days[dated] = np.where(overdue, slip, np.maximum(0, slip - left))
    table = np.array([floor(100 * rates.per_day * lost) for lost in range(slip + 1)], np.int64)
    slipped: Ints = table[days[cases]] * moved
    return slipped + kept


def fit(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return how badly each case and worker match, hundredths of a cost point."""
    rates = facts.policy.fit
    case_area, worker_area = _areas(facts)
    known = (case_area[cases] >= 0) & (worker_area[workers] >= 0)
    elsewhere = known & (case_area[cases] != worker_area[workers])
    kept = facts.history.asked[cases] & (facts.holder[cases] == workers)
    cost: Ints = (
        int(100 * rates.area) * elsewhere
        + int(100 * rates.need) * _needs_unmet(facts, cases, workers)
        + int(100 * rates.scope_step) * facts.scope_steps[cases, workers]
        + _wishes_not_met(facts)[cases] * kept
    )
    return cost.astype(np.int64)


def _wishes_not_met(facts: Facts) -> Ints:
    """Return what it costs that each child's wish for another worker is not met, shape (cases,).

    As many siblings as would move along without having asked, so much less: the share who asked.
    """
    unit, asked = facts.groups.unit_of_case, facts.history.asked
    siblings = np.bincount(unit, minlength=facts.groups.units)[unit]
    asking = np.bincount(unit[asked], minlength=facts.groups.units)[unit]
    price: Ints = int(100 * facts.policy.fit.change_not_made) * asking // np.maximum(1, siblings)
    return price


def _areas(facts: Facts) -> tuple[Ints, Ints]:
    of_case = [_folded_or_none(case.area) for case in facts.index.cases]
    of_worker = [_folded_or_none(worker.area) for worker in facts.index.workers]
    names = sorted({area for area in (*of_case, *of_worker) if area is not None})
    code = {area: number for number, area in enumerate(names)}
    return (
        np.array([-1 if area is None else code[area] for area in of_case], np.int64),
        np.array([-1 if area is None else code[area] for area in of_worker], np.int64),
    )


def _needs_unmet(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    wanted = [tuple(sorted(set(map(_folded, case.needs)))) for case in facts.index.cases]
    needs = sorted(set(wanted))
    row = {each: number for number, each in enumerate(needs)}
    skills = [set(map(_folded, worker.skills)) for worker in facts.index.workers]
    table = np.array([[len(set(n) - own) for own in skills] for n in needs], np.int64).reshape(
        len(needs), len(skills)
    )
    of_case = np.array([row[each] for each in wanted], np.int64)
    return table[of_case[cases], workers]


def _folded(text: str) -> str:
    """Return a word as it is compared: without case, one blank between its parts."""
    return " ".join(text.split()).casefold()


def _folded_or_none(text: str | None) -> str | None:
    return None if text is None else _folded(text)


def held_against_the_rules(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 for each case with a worker who may not hold it.

    A child who may wait and stays with somebody until a last day is a matter of `handover`.
    """
    last_day = stays_to_the_last_day(facts, cases, workers)
    against: Bools = ~facts.may_hold[cases, workers] & ~(last_day & ~facts.must_hold[cases])
    return against.astype(np.int64)


def concessions(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return what gives way for each pair, tenths of a concession.

    The scope, where a case is given farther away; and a wish, where a child comes back to a worker
    who was asked to leave.
    """
    farther = 10 * facts.policy.concessions.scope_step * steps_conceded(facts, cases, workers)
    return farther + back_with_a_rejected_worker(facts, cases, workers)


def transfers_due(facts: Facts, cases: Ints, workers: Ints) -> Ints:
    """Return 1 for each family whose transfer is due, at its first child of a team.

    Where the child is with a worker of another team still.
    """
    transfers = facts.transfers
    left: Bools = transfers.counts[cases] & transfers.outside[cases, workers]
    return left.astype(np.int64)


PAIR_COSTS: Final[Mapping[GoalName, PairCost]] = {
    "standing_breaches": held_against_the_rules,
    "concessions": concessions,
    "transfers_due": transfers_due,
    "churn": churn,
    "continuity": continuity,
    "next_change": placed_until,
    "handover": handover,
    "fit": fit,
}
