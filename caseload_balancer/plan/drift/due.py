"""What is overdue, what falls due soon, and what has taken longer than it should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.plan.drift.places import TeamId
from caseload_balancer.plan.drift.rows import DueCase, LateCase, Measure
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.working_days import working_days_since


@dataclass(frozen=True)
class Timing:
    """How long one case has been open, against what it should.

    Parameters
    ----------
    measure
        Which of the two it counts for.
    case
        Its number.
    working_days
        Since it was opened; None where that is not known.
    allowed
        The policy's figure.
    """

    measure: Measure
    case: int
    working_days: int | None
    allowed: int

    @property
    def in_time(self) -> bool:
        """Whether it is within the figure; False where it is not known."""
        return self.working_days is not None and self.working_days <= self.allowed

    @property
    def late(self) -> bool:
        """Whether it is known to be beyond the figure."""
        return self.working_days is not None and self.working_days > self.allowed


def list_due(facts: Facts, worker: Ints, homes: Sequence[TeamId]) -> tuple[DueCase, ...]:
    """Return a row for each case with something overdue or due soon, by team, worker and day.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    homes
        The team each case counts with.
    """
    today = facts.index.snapshot.as_of
    rows = [
        DueCase(
            case_id=case.case_id,
            case_type=case.case_type,
            team_id=homes[number],
            worker_id=_worker_id(facts, worker, number),
            next_due=case.next_due,
            next_due_on=case.next_due_on,
            days=days,
        )
        for number, case in enumerate(facts.index.cases)
        if case.next_due_on is not None
        and (days := (case.next_due_on - today).days) <= facts.policy.timescales.due_soon_days
    ]
    return tuple(sorted(rows, key=lambda row: (*_by_worker(row), row.days, row.case_id)))


def time_cases(facts: Facts) -> tuple[Timing, ...]:
    """Return how long each open assessment, and each child never allocated, has taken."""
    snapshot, rules = facts.index.snapshot, facts.policy.timescales
    chosen: list[tuple[Measure, int, int]] = []
    for number, case in enumerate(facts.index.cases):
        if case.case_type == "assessment":
            chosen.append(("assessment", number, rules.assessment_working_days))
        if facts.holder[number] == NOBODY and _is_new(case, snapshot):
            chosen.append(("referral decision", number, rules.referral_decision_working_days))
    opened = {number: facts.index.cases[number].opened_on for _, number, _ in chosen}
    dated = {number: day for number, day in opened.items() if day is not None}
    days = working_days_since(dated.values(), snapshot.as_of).tolist() if dated else []
    since = dict(zip(dated, days, strict=True))
    return tuple(
        Timing(measure, number, since.get(number), allowed) for measure, number, allowed in chosen
    )


def _is_new(case: Case, snapshot: Snapshot) -> bool:
    """Say whether nobody has had the case since it was opened, as far as the tables tell."""
    return (
        case.opened_on is not None
        and (case.waiting_since is None or case.waiting_since <= case.opened_on)
        and case.case_id not in snapshot.spells_by_case
    )


def list_late(
    facts: Facts, worker: Ints, homes: Sequence[TeamId], timings: Sequence[Timing]
) -> tuple[LateCase, ...]:
    """Return a row for each case that is late, by team and worker, the longest first."""
    rows = []
    for one in timings:
        case = facts.index.cases[one.case]
        if one.late and one.working_days is not None and case.opened_on is not None:
            rows.append(
                LateCase(
                    measure=one.measure,
                    case_id=case.case_id,
                    case_type=case.case_type,
                    team_id=homes[one.case],
                    worker_id=_worker_id(facts, worker, one.case),
                    opened_on=case.opened_on,
                    working_days=one.working_days,
                    allowed=one.allowed,
                )
            )
    return tuple(
        sorted(rows, key=lambda r: (r.measure, *_by_worker(r), -r.working_days, r.case_id))
    )


def _worker_id(facts: Facts, worker: Ints, case: int) -> str | None:
    number = int(worker[case])
    return None if number == NOBODY else facts.index.workers[number].worker_id


def _by_worker(row: DueCase | LateCase) -> tuple[str, bool, str]:
    """Return what puts rows in order of team and worker, those who wait last in a team."""
    return row.team_id or "", row.worker_id is None, row.worker_id or ""
