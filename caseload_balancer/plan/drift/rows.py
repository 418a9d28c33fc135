"""The rows of what drifts: a child, a worker who comes or goes, a team."""

from __future__ import annotations

from datetime import date
from typing import Literal

from caseload_balancer.domain.words import CaseType, Employment
from caseload_balancer.plan.rows import Load, PlanRow

Measure = Literal["assessment", "referral decision"]
StaffEvent = Literal["leaves", "goes away", "starts", "comes back"]
Level = Literal["service", "locality", "team"]


class DueCase(PlanRow):
    """A child for whom something is overdue, or falls due soon.

    Parameters
    ----------
    case_id, case_type
        The case.
    team_id
        Where it counts: the first team of its worker; the case's own while it waits.
    worker_id
        Who holds the case after the plan; None: it waits.
    next_due, next_due_on
        As in the ``cases`` table: what is due, and when.
    days
        Days until then; negative where it is overdue.
    """

    case_id: str
    case_type: CaseType
    team_id: str | None
    worker_id: str | None
    next_due: str | None
    next_due_on: date
    days: int

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days < 0


class LateCase(PlanRow):
    """A child whose assessment, or first decision, has taken longer than it should.

    Parameters
    ----------
    measure
        ``assessment``: an open assessment; ``referral decision``: a child who has had no worker
        since the case was opened.
    case_id, case_type, team_id, worker_id
        As in `DueCase`.
    opened_on
        As in the ``cases`` table.
    working_days, allowed
        Working days since then, and the policy's figure.
    """

    measure: Measure
    case_id: str
    case_type: CaseType
    team_id: str | None
    worker_id: str | None
    opened_on: date
    working_days: int
    allowed: int


class StaffChange(PlanRow):
    """A worker who leaves, goes away for long, starts or comes back within the policy's weeks.

    Parameters
    ----------
    worker_id, employment, fte
        As in the ``workers`` table.
    team_id
        The worker's first team.
    event
        What happens. ``goes away`` and ``comes back`` are of absences long enough to hand the
        cases over.
    on, days
        The last day of who leaves, else the first day of the change; and days until then.
    children
        Children whose worker they are after the plan.
    """

    worker_id: str
    employment: Employment
    fte: float
    team_id: str | None
    event: StaffEvent
    on: date
    days: int
    children: int


class TeamWeek(PlanRow):
    """A team, a locality or the service before and after the plan.

    A worker of several teams counts with the first of them, and a child with their worker, or
    with the case's own team while it waits: so teams add up to localities, and these to the
    service.

    Parameters
    ----------
    level
        ``team``; ``locality``: the teams below it, and its own people; ``service``: everybody.
    team_id, name, parent_id
        As in the ``teams`` table. None for the service, and for whoever has no team.
    workers, fte, agency_fte
        Workers who can hold cases, their FTE, and that of agency workers among them.
    cap, points_available
        Children they may hold, and points they have for cases. Who cannot go on counts as long as
        children are with them after the plan.
    before, after
        The load at the start of the week and after the plan, of all workers together; at the
        start who cannot go on counts too, while they are here.
    over_cap
        Workers over their cap after the plan.
    waiting_before, waiting, must_not_wait
        Children nobody holds at the start and after the plan; of these, who may never wait.
    moved, forced
        Children whose worker changes, counted where they go; of these, who could not stay.
    overdue, due_soon
        Children with something overdue, or due within the policy's days.
    assessments, assessments_in_time, assessments_undated
        Open assessments with ``opened_on``, how many of them are within the policy's working
        days, and open assessments without the date.
    referrals, referrals_in_time
        Children who have had no worker since the case was opened, and how many of them were
        opened within the policy's working days.
    leaving, going_away, starting, coming_back
        Workers, within the policy's weeks.
    children_touched
        Children who are after the plan with a worker who leaves or goes away.
    agency_cost, agency_cost_if_permanent
        Pounds a week for the agency FTE, and for the same FTE if permanent; None where the policy
        has no rate.
    """

    level: Level
    team_id: str | None
    name: str | None
    parent_id: str | None
    workers: int
    fte: float
    agency_fte: float
    cap: int
    points_available: float
    before: Load
    after: Load
    over_cap: int
    waiting_before: int
    waiting: int
    must_not_wait: int
    moved: int
    forced: int
    overdue: int
    due_soon: int
    assessments: int
    assessments_in_time: int
    assessments_undated: int
    referrals: int
    referrals_in_time: int
    leaving: int
    going_away: int
    starting: int
    coming_back: int
    children_touched: int
    agency_cost: float | None
    agency_cost_if_permanent: float | None

    @property
    def called(self) -> str:
        """What people call it: ``North (L-1)``, ``the service``, ``no team``."""
        if self.level == "service":
            return "the service"
        if self.team_id is None:
            return "no team"
        return self.team_id if self.name is None else f"{self.name} ({self.team_id})"
