"""One child of an extract: what is open, and what makes the case what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.legal_statuses import PRIVATE_FOSTERING, SHORT_BREAKS
from caseload_balancer.sector.working_days import after_months

ADULT_MONTHS: Final = 18 * 12


@dataclass
class ExtractChild:
    """One child, and the open work there is.

    Parameters
    ----------
    row
        Row of ``ssd_person``, or of the first table that names the child.
    referred_on, referral_id, referral_team, referral_worker
        Of the latest open referral.
    entered_care, care_id
        Of the open period of care.
    assessments
        Starts of open assessments; None where a start is missing.
    cp_plans, enquiries
        Ids of open plans and section 47 enquiries.
    """

    child_id: str
    row: int
    born_on: date | None = None
    has_died: bool = False
    referral_id: str | None = None
    referred_on: date | None = None
    referral_team: str | None = None
    referral_worker: str | None = None
    is_referred: bool = False
    in_care: bool = False
    entered_care: date | None = None
    care_id: str | None = None
    cp_plans: set[str] = field(default_factory=set)
    is_on_cp_plan: bool = False
    enquiries: set[str] = field(default_factory=set)
    is_enquired: bool = False
    on_cin_plan: bool = False
    assessments: list[date | None] = field(default_factory=list)
    was_assessed: bool = False
    private_fostering: bool = False
    is_leaver: bool = False
    pathway_plans: list[date] = field(default_factory=list)
    leaver_team: str | None = None
    statuses: set[str] = field(default_factory=set)
    proceedings: bool = False
    other_workers: dict[str, str] = field(default_factory=dict)
    families: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether the child has an open case."""
        open_work = self.is_referred or self.in_care or self.is_on_cp_plan or self.is_leaver
        return open_work and not self.has_died

    def is_looked_after(self, on: date) -> bool:
        """Say whether the child is looked after: not in short breaks alone, and under 18."""
        breaks_only = bool(self.statuses) and self.statuses <= SHORT_BREAKS
        adult = self.born_on is not None and after_months(self.born_on, ADULT_MONTHS) <= on
        return self.in_care and not breaks_only and not adult

    def open_work(self, on: date, *, assessments_known: bool) -> dict[CaseType, bool]:
        """Return whether there is work of each type.

        Parameters
        ----------
        assessments_known
            Whether the extract has assessments: a referral without one is to be assessed.
        """
        private = self.private_fostering or PRIVATE_FOSTERING in self.statuses
        planless = self.is_referred and not self.was_assessed and assessments_known
        return {
            "looked_after": self.is_looked_after(on),
            "child_protection": self.is_on_cp_plan,
            "section_47": self.is_enquired,
            "private_fostering": private,
            "care_leaver": self.is_leaver,
            "child_in_need": self.on_cin_plan,
            "assessment": bool(self.assessments) or planless,
        }
