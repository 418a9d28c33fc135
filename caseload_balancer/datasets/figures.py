"""The figures a made-up service is drawn from, each with its source.

"local" marks a figure no source fixes: it is chosen to look like a county's service.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseload_balancer.domain.words import CASE_TYPES, CaseType, SpellReason

AS_OF: Final = date(2015, 11, 23)
"""A Monday between the two counts of looked-after children, 690 (2015) and 716 (2016)."""

CHILDREN_PER_FTE: Final = 25
"""Worcestershire peer review, 2015; the default profile's cap."""

ASYE_FACTOR: Final = 0.6
"""Devon 0.6 FTE; the default profile's cap factor for newly qualified workers."""

HEAVY_LOADS: Final = (25, 26, 27, 28, 29, 30)
"""Worcestershire, 2015: some workers held 25-30 cases while others had half that."""

HEAVY_WEIGHTS: Final = (4, 4, 3, 2, 1, 1)  # local

THREE_WORKERS_SHARE: Final = 0.27
"""DfE, 2024: 27 % of looked-after children had three or more workers within the year."""

THREE_WORKERS_SHARE_OF_OTHERS: Final = 0.12  # local
TWO_WORKERS_SHARE: Final = 0.33  # local

HISTORY_DAYS: Final = 730  # two years of spells
YEAR: Final = 365

REASONS: Final[dict[SpellReason, float]] = {
    "MANAGE": 0.13,  # DfE, 2024: 23,050 of 172,570 changes; the others are local
    "LEFTRL": 0.36,
    "TSPROC": 0.18,
    "FCONTA": 0.12,
    "ORGRST": 0.07,
    "ABSENC": 0.05,
    "OTHERS": 0.07,
    "PCCHAN": 0.01,
    "CHCHAN": 0.01,
}
DEPARTED_REASONS: Final[frozenset[SpellReason]] = frozenset({"LEFTRL", "FCONTA"})
"""The worker is no longer with the service, so only spells know the id."""

FAMILY_SIZES: Final = (1, 2, 3, 4, 5)
SIBLINGS_WEIGHTS: Final = (56, 25, 12, 5, 2)  # local, as the next
SINGLES_WEIGHTS: Final = (92, 8, 0, 0, 0)
SINGLES: Final[frozenset[CaseType]] = frozenset(
    {"care_leaver", "disability_review", "private_fostering", "other"}
)

HEAVY_SIBLINGS_WEIGHTS: Final = (38, 28, 19, 9, 6)
"""local: many children often means large families."""

LIGHTER_SIBLING: Final = 0.25  # local

ALSO_IN_FAMILY: Final[dict[CaseType, CaseType]] = {
    "child_protection": "child_in_need",
    "looked_after": "child_in_need",
    "section_47": "child_in_need",
}
"""Of siblings, some have a lighter plan than the eldest."""

ASSESSMENTS_OVERDUE: Final = 0.29
"""Worcestershire, 2015: 71 % of assessments within 45 working days, read as open ones."""

OVERDUE: Final = 0.08  # local
UNDATED: Final = 0.05  # local: no due date recorded

LANGUAGES: Final = ("Polish", "Urdu", "Punjabi", "Romanian", "BSL")  # local, as all that follows
SPECIALISMS: Final = ("autism", "exploitation", "unaccompanied")
NEED_SHARE: Final = 0.06
SKILL_SHARE: Final = 0.30

AREAS_PER_LOCALITY: Final = 2
LOCALITY_NAMES: Final = ("North", "East", "South", "West", "Central")

WAITING_WEIGHT: Final[dict[CaseType, float]] = {
    "assessment": 3,
    "section_47": 2,
    "child_in_need": 1,
    "child_protection": 0.5,
    "looked_after": 0.4,
    "care_leaver": 0.7,
    "private_fostering": 0.7,
    "disability_review": 1,
    "other": 1,
}
"""How likely a case of each type is to be one that waits."""

COURT_SHARE: Final[dict[CaseType, float]] = {"looked_after": 0.10, "child_protection": 0.10}
"""Share of families in live proceedings."""

COURT_SHARE_IN_SAFEGUARDING: Final[dict[CaseType, float]] = {
    "looked_after": 0.35,  # local: a child comes into care through proceedings
    "child_protection": 0.10,
}

HEAVY_TASTE: Final[dict[CaseType, float]] = {"child_protection": 0.3, "section_47": 0.3}
"""local: workers with the most children have fewer of the most pressing ones."""

COURT_FAMILIES: Final = 2
"""North Tyneside: two court cases a worker; the default profile's limit."""


@dataclass(frozen=True)
class TypeFigures:
    """Dates of one case type: how long cases have been open, and what is due how often."""

    youngest_days: int
    oldest_days: int
    due: str
    due_every_days: int


TYPE_FIGURES: Final[dict[CaseType, TypeFigures]] = {
    # due: Working Together and local procedures; 45 working days are 63 days. Ages are local.
    "assessment": TypeFigures(1, 60, "assessment", 63),
    "section_47": TypeFigures(1, 18, "conference", 21),
    "child_in_need": TypeFigures(20, 520, "visit", 28),
    "child_protection": TypeFigures(20, 600, "visit", 14),
    "looked_after": TypeFigures(10, 2600, "visit", 42),
    "care_leaver": TypeFigures(90, 1500, "pathway plan review", 182),
    "private_fostering": TypeFigures(20, 600, "visit", 42),
    "disability_review": TypeFigures(60, 2200, "review", 182),
    "other": TypeFigures(5, 400, "review", 91),
}


@dataclass(frozen=True)
class TeamKind:
    """What a team works with: the share of each case type among its children."""

    name: str
    mix: dict[CaseType, float]
    in_court: dict[CaseType, float] = field(default_factory=lambda: COURT_SHARE)

    @property
    def accepts(self) -> tuple[CaseType, ...]:
        """The case types of the mix; empty (all) where the mix has every type."""
        if len(self.mix) == len(CASE_TYPES):
            return ()
        return tuple(case_type for case_type in CASE_TYPES if case_type in self.mix)


MIXED: Final = TeamKind(
    "family support",
    {
        "assessment": 0.06, "section_47": 0.02, "child_in_need": 0.40, "child_protection": 0.14,
        "looked_after": 0.26, "care_leaver": 0.07, "private_fostering": 0.01,
        "disability_review": 0.02, "other": 0.02,
    },
)  # fmt: skip
ASSESSMENT: Final = TeamKind(
    "assessment",
    {"assessment": 0.68, "section_47": 0.12, "child_in_need": 0.17, "child_protection": 0.03},
)
SAFEGUARDING: Final = TeamKind(
    "safeguarding",
    {
        "section_47": 0.03, "child_in_need": 0.53, "child_protection": 0.31,
        "looked_after": 0.10, "private_fostering": 0.01, "other": 0.02,
    },
    COURT_SHARE_IN_SAFEGUARDING,
)  # fmt: skip
LOOKED_AFTER: Final = TeamKind(
    "children in care",
    {"child_in_need": 0.02, "looked_after": 0.92, "care_leaver": 0.04, "private_fostering": 0.02},
)
LEAVING_CARE: Final = TeamKind(
    "leaving care", {"looked_after": 0.24, "care_leaver": 0.72, "other": 0.04}
)
DISABILITY: Final = TeamKind(
    "disability",
    {
        "child_in_need": 0.26, "child_protection": 0.03, "looked_after": 0.13,
        "disability_review": 0.58,
    },
)  # fmt: skip

COUNTY_KINDS: Final = (
    (ASSESSMENT, SAFEGUARDING, SAFEGUARDING, LOOKED_AFTER, LEAVING_CARE),
    (ASSESSMENT, SAFEGUARDING, SAFEGUARDING, LOOKED_AFTER, LEAVING_CARE),
    (ASSESSMENT, SAFEGUARDING, SAFEGUARDING, LOOKED_AFTER, DISABILITY),
)
"""Teams of three localities; larger services repeat them. Fewer than five teams are all mixed."""


def kinds_of(teams: int) -> tuple[TeamKind, ...]:
    """Return the kind of each of `teams` teams."""
    if teams < len(COUNTY_KINDS[0]):
        return (MIXED,) * teams
    pattern = [kind for locality in COUNTY_KINDS for kind in locality]
    return tuple(pattern[number % len(pattern)] for number in range(teams))
