"""The children who move on to another team: now, later, or once nothing is in the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from caseload_balancer.domain.words import CaseType
from caseload_balancer.plan.rows import Decision, PlanRow
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.index import NOBODY

TransferState = Literal["made", "due", "coming", "blocked"]


class PlannedTransfer(PlanRow):
    """A child whose case belongs to another team than its worker's.

    Parameters
    ----------
    case_id, case_type
        The case.
    team_id
        The team it goes to.
    transfer_on
        The day it was to go, as in the ``cases`` table; None: now.
    from_worker_id
        The holder at the start.
    to_worker_id
        Who holds the case after the plan, the same worker where it stays; None: nobody.
    state
        ``made``: with a worker of the team in the plan; ``due``: to be made, and not made in the
        plan; ``coming``: on a later day; ``blocked``: a lock, or a sibling who does not go, keeps
        the case.
    reason
        One sentence for the manager.
    """

    case_id: str
    case_type: CaseType
    team_id: str
    transfer_on: date | None
    from_worker_id: str
    to_worker_id: str | None
    state: TransferState
    reason: str


def list_transfers(week: PlannedWeek, decisions: Sequence[Decision]) -> tuple[PlannedTransfer, ...]:
    """Return a row for each case with a holder of another team, in order of id."""
    return tuple(_rows(week, decisions))


def _rows(week: PlannedWeek, decisions: Sequence[Decision]) -> Iterator[PlannedTransfer]:
    facts = week.facts
    for number, (case, decision) in enumerate(zip(facts.index.cases, decisions, strict=True)):
        if case.team_id is not None and facts.transfers.starts_outside[number]:
            yield PlannedTransfer(
                case_id=case.case_id,
                case_type=case.case_type,
                team_id=case.team_id,
                transfer_on=case.transfer_on,
                from_worker_id=week.worker_id(int(facts.holder[number])),
                to_worker_id=decision.worker_id,
                state=_state(week, number),
                reason=decision.reason,
            )


def _state(week: PlannedWeek, case: int) -> TransferState:
    transfers, worker = week.facts.transfers, int(week.worker[case])
    if worker != NOBODY and not transfers.outside[case, worker]:
        return "made"
    if transfers.due[case]:
        return "due"
    later = week.facts.index.cases[case].transfer_on
    day = week.facts.index.snapshot.as_of
    return "coming" if later is not None and later > day else "blocked"
