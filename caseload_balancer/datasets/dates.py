"""Makes up when cases were opened, since when they wait, and what is due."""

from __future__ import annotations

from datetime import date, timedelta

from caseload_balancer.datasets.drafts import Family
from caseload_balancer.datasets.draws import Draws
from caseload_balancer.datasets.figures import (
    ASSESSMENTS_OVERDUE,
    OVERDUE,
    TYPE_FIGURES,
    UNDATED,
)
from caseload_balancer.domain.words import CaseType

SATURDAY = 5
TIMED: frozenset[CaseType] = frozenset({"assessment", "section_47"})
"""Types that are due once, so many days after the case was opened."""

LONGEST_WAIT_DAYS = 40  # local, as the next
LONGEST_URGENT_WAIT_DAYS = 6
URGENT: frozenset[CaseType] = frozenset(
    {"child_protection", "section_47", "looked_after", "private_fostering"}
)
"""Types that may never wait, and do for days rather than weeks."""

SETTLED_AFTER_DAYS = 365
"""Workers with 25-30 children have the looked-after children who are settled."""


def open_family(family: Family, today: date, draws: Draws) -> None:
    """Set when the family's case was opened and, where nobody holds it, since when it waits."""
    figures = TYPE_FIGURES[family.main_type]
    span = figures.oldest_days - figures.youngest_days
    days = figures.youngest_days + int(span * draws.low_share())
    if family.main_type == "looked_after" and family.holder is not None and family.holder.heavy:
        days = max(days, SETTLED_AFTER_DAYS + draws.below(SETTLED_AFTER_DAYS))
    overdue = family.main_type == "assessment" and draws.chance(ASSESSMENTS_OVERDUE)
    if overdue and family.holder is not None:
        days = figures.due_every_days + draws.between(1, 25)
    if family.holder is None:
        longest = LONGEST_URGENT_WAIT_DAYS if family.main_type in URGENT else LONGEST_WAIT_DAYS
        waited = min(days, int(longest * draws.low_share()))
        family.waiting_since = today - timedelta(days=waited)
        if family.main_type in TIMED:
            family.opened_on = family.waiting_since
            return
    family.opened_on = today - timedelta(days=days)


def next_due(case_type: CaseType, opened_on: date, today: date, draws: Draws) -> date | None:
    """Return the next statutory date of a case, a weekday; None where none is recorded."""
    every = TYPE_FIGURES[case_type].due_every_days
    if case_type in TIMED:
        return _weekday(opened_on + timedelta(days=every))
    if draws.chance(UNDATED):
        return None
    if draws.chance(OVERDUE):
        return _weekday(today - timedelta(days=draws.between(1, 30)))
    return _weekday(today + timedelta(days=draws.between(0, every)))


def _weekday(day: date) -> date:
    """Return `day`, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
