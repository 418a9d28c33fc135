"""A team in one week, as the history of a service has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class TeamFigures:
    """A team, a locality or the service in one week.

    Parameters
    ----------
    as_of
        The date of the week.
    level, team_id, parent_id
        As in a plan's ``teams``.
    children, cap, workers, fte, agency_fte
        Children with a worker at the start of the week, the cap of all workers together, and the
        workers who can hold cases.
    waiting, overdue
        Children nobody held at the start of the week; children with something overdue.
    changed
        Children who came from one worker to another since the last recorded week, counted where
        they came; None in the first week.
    third_workers
        Children who have had three or more workers in the policy's window (12 months).
    planned_moves, over_cap
        What the plan of the week has: children who change worker, workers over their cap.
    """

    as_of: date
    level: str
    team_id: str | None
    parent_id: str | None
    children: int
    cap: int
    workers: int
    fte: float
    agency_fte: float
    waiting: int
    overdue: int
    changed: int | None
    third_workers: int
    planned_moves: int
    over_cap: int

    @property
    def week(self) -> str:
        """The date of the week, as text."""
        return self.as_of.isoformat()

    @property
    def agency_percent(self) -> float | None:
        """The share of the FTE that is agency, in %, to a tenth; None without FTE."""
        return round(100 * self.agency_fte / self.fte, 1) if self.fte else None
