"""Edits of who works here, and when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.domain.words import Day, Employment, Exact, Id, Role
from caseload_balancer.insight.edits.base import Edit
from caseload_balancer.insight.weeks import Week, unknown


class Leaves(Edit):
    """A worker leaves.

    The locks of their cases end where the worker can no longer hold them.

    Parameters
    ----------
    worker_id
        The worker.
    on
        The last day; without it, the day before the week: they are gone. Who would only start
        after that does not come.
    """

    edit: Literal["leaves"] = "leaves"
    worker_id: Id
    on: Day | None = None

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        when = "" if self.on is None else f" on {self.on.isoformat()}"
        return f"{self.worker_id} leaves{when}"

    def apply(self, week: Week) -> Week:
        """Return the week with the worker's last day set."""
        week.worker(self.worker_id)
        worker = week.snapshot.worker_by_id[self.worker_id]
        last = self.on or week.snapshot.as_of - timedelta(days=1)
        held_until = timedelta(days=week.policy.presence.leaving_hands_over_days)
        if last < week.snapshot.as_of + held_until:
            week = _unlocked(week, {self.worker_id})
        return week.with_workers({self.worker_id: _gone_after(worker, last)})


class Absent(Edit):
    """A worker is away from the day of the week on.

    Parameters
    ----------
    worker_id
        The worker.
    weeks
        For how many weeks.
    """

    edit: Literal["absent"] = "absent"
    worker_id: Id
    weeks: Annotated[int, Field(ge=1, le=520)]

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return f"{self.worker_id} is away for {counted(self.weeks, 'week')}"

    def apply(self, week: Week) -> Week:
        """Return the week with the absence in its adjustments."""
        week.worker(self.worker_id)
        day = week.snapshot.as_of
        absence = Adjustment(
            worker_id=self.worker_id,
            kind="absence",
            percent=Decimal(100),
            starts_on=day,
            ends_on=day + timedelta(days=7 * self.weeks - 1),
        )
        if self.weeks > week.policy.presence.absence_keeps_cases_weeks:
            week = _unlocked(week, {self.worker_id})
        return week.with_tables(adjustments=(*week.snapshot.adjustments, absence))


class Joins(Edit):
    """Workers join, free of cases.

    Parameters
    ----------
    count
        How many.
    employment, role, fte, team_ids
        As in the ``workers`` table, the same for each.
    """

    edit: Literal["joins"] = "joins"
    count: Annotated[int, Field(ge=1, le=200)] = 1
    employment: Employment = "permanent"
    role: Role = "social_worker"
    fte: Annotated[Exact, Field(gt=0, le=1.5, decimal_places=3)] = Decimal(1)
    team_ids: Annotated[tuple[Id, ...], Field(strict=False)] = ()

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        role = "ASYE" if self.role == "asye" else self.role.replace("_", " ")
        kind = f"{self.employment} {role}"
        hours = "" if self.fte == 1 else f" of {self.fte} FTE"
        where = f" {listed(self.team_ids)}" if self.team_ids else ""
        return f"{counted(self.count, kind)}{hours} {'joins' if self.count == 1 else 'join'}{where}"

    def apply(self, week: Week) -> Week:
        """Return the week with the new workers, under ids that are free."""
        for team_id in self.team_ids:
            if week.snapshot.teams and team_id not in week.snapshot.team_by_id:
                unknown("team", team_id, sorted(week.snapshot.team_by_id))
        taken = set(week.snapshot.worker_by_id)
        names = (f"new-{number}" for number in range(1, len(taken) + self.count + 1))
        free = [name for name in names if name not in taken][: self.count]
        joined = tuple(
            Worker(
                worker_id=name,
                employment=self.employment,
                role=self.role,
                fte=self.fte,
                team_ids=self.team_ids,
                holds_cases=True,
            )
            for name in free
        )
        return week.with_tables(workers=(*week.snapshot.workers, *joined))


class NoAgency(Edit):
    """Every agency worker leaves on the day of the week."""

    edit: Literal["no_agency"] = "no_agency"

    @property
    def words(self) -> str:
        """The edit as a manager would say it."""
        return "no agency workers"

    def apply(self, week: Week) -> Week:
        """Return the week in which agency workers can hold nothing more."""
        day = week.snapshot.as_of
        agency = [w for w in week.snapshot.workers if w.employment == "agency"]
        changes = {
            worker.worker_id: _gone_after(worker, min(day, worker.leaves_on or day))
            for worker in agency
        }
        return _unlocked(week, set(changes)).with_workers(changes)


def _gone_after(worker: Worker, last: date) -> dict[str, Any]:
    if worker.available_from is not None and worker.available_from > last:
        return {"holds_cases": False}  # the last day cannot be before the first
    return {"leaves_on": last}


def _unlocked(week: Week, worker_ids: set[str]) -> Week:
    return week.with_cases(
        {
            case.case_id: {"locked": False}
            for case in week.snapshot.cases
            if case.locked and case.worker_id in worker_ids
        }
    )
