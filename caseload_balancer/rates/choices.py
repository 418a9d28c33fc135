"""What a manager chose, and what was chosen against: taken from the decisions about one plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.plan import Plan
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.plan.week import PlannedWeek

Kind = Literal["override", "accepted move", "against a rule", "says nothing"]


@dataclass(frozen=True)
class DecidedWeek:
    """A week, its plan, and what was decided about it.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan as it was proposed.
    overrides
        The decisions about it.
    """

    snapshot: Snapshot
    plan: Plan
    overrides: Overrides


@dataclass(frozen=True, eq=False)
class Choice:
    """One decision as a choice between two allocations that differ in one place.

    Siblings who move together are one place.

    Parameters
    ----------
    kind
        An override departs from the plan, an accepted move follows it where the child could have
        stayed. What a rule forbids no rate explains; other decisions say nothing about rates.
    chosen, other
        Shape (units,): the allocation that was chosen, and the one it was chosen against.
    reason
        That was given.
    """

    kind: Kind
    chosen: Ints
    other: Ints
    reason: SpellReason | None

    def at(self, week: PlannedWeek) -> tuple[int, ...]:
        """Return the tiers of what was chosen less those of the other, at the rates of a week."""
        of_chosen, of_other = (
            values(week.problem.arrays, one) for one in (self.chosen, self.other)
        )
        return tuple(a - b for a, b in zip(of_chosen, of_other, strict=True))


def choices(decided: DecidedWeek) -> Iterator[Choice]:
    """Yield the choices of one week; the last decision about a child, or a sibling, counts.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    week = week_of_plan(decided.snapshot, decided.plan)
    number = week.facts.index.case_number
    last = {
        week.unit_of(number[one.case_id]): one
        for one in decided.overrides.decisions
        if one.case_id in number
    }
    for unit, decision in sorted(last.items()):
        yield _choice(week, unit, decision)


def _choice(week: PlannedWeek, unit: int, decision: Agreed) -> Choice:
    planned = int(week.assignment[unit])
    wanted = _wanted(week, unit, decision)
    there = week.assignment.copy()
    if wanted is None:
        return Choice("says nothing", there, there, decision.reason)
    if wanted == planned:
        there[unit] = int(week.problem.arrays.start[unit])
        moved = planned != there[unit] and WAITING not in (planned, there[unit])
        could_stay = moved and _is_option(week, unit, int(there[unit]))
        kind: Kind = "accepted move" if could_stay else "says nothing"
        return Choice(kind, week.assignment, there, decision.reason)
    there[unit] = wanted
    kind = "override" if _is_option(week, unit, wanted) else "against a rule"
    return Choice(kind, there, week.assignment, decision.reason)


def _wanted(week: PlannedWeek, unit: int, decision: Agreed) -> int | None:
    """Return the number of the worker whom a decision wants; None where it names nobody."""
    planned = int(week.assignment[unit])
    workers = week.facts.index.worker_number
    match decision.decision:
        case "accepted":
            return planned
        case "locked":
            return int(week.problem.arrays.start[unit])
        case "picked":
            return WAITING if decision.worker_id is None else workers[decision.worker_id]
        case "banned" if workers.get(str(decision.worker_id)) != planned:
            return None
        case "rejected" | "banned":
            return _instead(week, unit)
        case _:
            return None


def _instead(week: PlannedWeek, unit: int) -> int:
    """Return where a child goes who is not to go where the plan has it.

    It stays where it may; else it goes where the policy finds it cheapest.
    """
    arrays, planned = week.problem.arrays, int(week.assignment[unit])
    start = int(arrays.start[unit])
    if start not in (planned, WAITING) and _is_option(week, unit, start):
        return start
    found = week.assignment.copy()
    others = [int(one) for one in arrays.arc_worker[arrays.arcs_of(unit)] if one != planned]
    if arrays.may_wait[unit] and planned != WAITING:
        others.append(WAITING)

    def cost(worker: int) -> tuple[int, ...]:
        found[unit] = worker
        return values(arrays, found)

    return min(others, key=cost, default=planned)


def _is_option(week: PlannedWeek, unit: int, worker: int) -> bool:
    arrays = week.problem.arrays
    if worker == WAITING:
        return bool(arrays.may_wait[unit])
    return bool(np.isin(worker, arrays.arc_worker[arrays.arcs_of(unit)]))
