"""What the generator works on before it becomes rows: posts and families."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from caseload_balancer.datasets.figures import ASYE_FACTOR, CHILDREN_PER_FTE
from caseload_balancer.domain.words import CaseType, Role, SpellReason

UNREGISTERED: frozenset[CaseType] = frozenset({"care_leaver", "disability_review", "other"})
"""What a personal adviser may hold in the default profile."""


@dataclass(eq=False)
class Absence:
    """A dated adjustment of a post."""

    kind: str
    percent: int
    starts_on: date
    ends_on: date | None


@dataclass(eq=False)
class StaffPost:
    """A worker in the making. ``fte`` is in hundredths, ``team`` a position."""

    worker_id: str
    team: int
    role: Role = "social_worker"
    agency: bool = False
    fte: int = 100
    leaves_on: date | None = None
    absences: list[Absence] = field(default_factory=list)
    remaining_percent: int = 100
    away: bool = False
    heavy: bool = False
    load: int = 0
    run_down: float = 1.0
    area: str | None = None
    skills: tuple[str, ...] = ()
    further_teams: tuple[int, ...] = ()

    @property
    def cap(self) -> int:
        """Children the worker may hold, as docs/mathematics.md has it."""
        if self.away:
            return 0
        factor = round(ASYE_FACTOR * 10) if self.role == "asye" else 10
        return CHILDREN_PER_FTE * self.fte * self.remaining_percent * factor // 100_000

    @property
    def usual_load(self) -> float:
        """Children the worker would hold when at the cap, fewer where a caseload runs down."""
        asye = ASYE_FACTOR if self.role == "asye" else 1.0
        present = self.fte * self.remaining_percent / 10_000
        return CHILDREN_PER_FTE * present * asye * self.run_down

    @property
    def ordinary(self) -> bool:
        """Say whether nothing narrows what the worker does: full-time, qualified, staying."""
        return (
            self.role in {"social_worker", "senior"}
            and self.fte == 100
            and self.leaves_on is None
            and not self.absences
        )

    @property
    def may_hold_court(self) -> bool:
        """Say whether the worker may hold a case in court."""
        return self.role not in {"asye", "personal_adviser"}

    def current(self, day: date) -> list[Absence]:
        """Return the adjustments that cover `day`."""
        return [
            absence
            for absence in self.absences
            if absence.starts_on <= day and (absence.ends_on is None or day <= absence.ends_on)
        ]

    def may_hold(self, case_type: CaseType) -> bool:
        """Say whether the worker's role may hold `case_type`."""
        if self.role == "personal_adviser":
            return case_type in UNREGISTERED
        return self.role != "asye" or case_type != "child_protection"


@dataclass(eq=False)
class Stretch:
    """A spell in the making, the same for every child of a family."""

    worker_id: str
    starts_on: date
    ends_on: date | None = None
    reason: SpellReason | None = None


@dataclass(eq=False)
class Family:
    """Siblings in the making, or one child. ``types`` has one entry a child."""

    team: int
    types: list[CaseType]
    holder: StaffPost | None
    in_court: bool = False
    opened_on: date = date.min
    waiting_since: date | None = None
    kept_by_manager: bool = False
    area: str | None = None
    needs: tuple[str, ...] = ()
    stretches: list[Stretch] = field(default_factory=list)
    stray: StaffPost | None = None
    youngest_may_separate: bool = False
    locked: bool = False
    excluded: tuple[str, ...] = ()
    change_requested: bool = False

    @property
    def main_type(self) -> CaseType:
        """Type of the eldest child, the heaviest of the family."""
        return self.types[0]
