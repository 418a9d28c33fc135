"""What is due next for a child, and when: the earliest of what the extract tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from caseload_balancer.domain.words import CaseType
from caseload_balancer.sector.settings import SectorRules
from caseload_balancer.sector.working_days import after_months, after_working_days


class NextDue(NamedTuple):
    """A day and what is due on it.

    Parameters
    ----------
    computed
        Whether it was worked out from an earlier date, and stands nowhere in the extract.
    """

    on: date
    what: str
    computed: bool = True


def earliest(due: Iterable[NextDue]) -> NextDue | None:
    """Return the first to be due; of one day the first in the alphabet."""
    return min(due, key=lambda one: (one.on, one.what), default=None)


def assessment_due(started: date, rules: SectorRules) -> NextDue:
    """Return when an open assessment is due."""
    return NextDue(after_working_days(started, rules.assessment_working_days), "assessment")


def conference_due(discussed: date, rules: SectorRules) -> NextDue:
    """Return when the conference after a strategy discussion is due."""
    return NextDue(after_working_days(discussed, rules.conference_working_days), "conference")


def visit_due(case_type: CaseType, last: date, rules: SectorRules) -> NextDue | None:
    """Return when the next visit is due; None for types without an interval."""
    days = rules.visit_days.get(case_type)
    return None if days is None else NextDue(last + timedelta(days=days), "visit")


def pathway_plan_due(reviewed: date, rules: SectorRules) -> NextDue:
    """Return when a pathway plan is to be reviewed next."""
    return NextDue(after_months(reviewed, rules.pathway_plan_months), "pathway plan review")


def protection_review_due(
    begun: date | None, held: date | None, rules: SectorRules
) -> NextDue | None:
    """Return when a child protection plan is to be reviewed next.

    Parameters
    ----------
    begun, held
        Start of the plan, and its latest review; the first review has another interval.
    """
    if held is not None:
        return NextDue(after_months(held, rules.protection_review_months), "review")
    if begun is None:
        return None
    return NextDue(after_months(begun, rules.first_protection_review_months), "review")


def looked_after_review_due(
    entered: date | None, held: Iterable[date], rules: SectorRules
) -> NextDue | None:
    """Return when a child's next looked-after review is due.

    Parameters
    ----------
    entered
        The day the child came into care.
    held
        The reviews of this period of care; the earliest may lie before the extract begins.
    """
    days = sorted(held)
    if not days:
        if entered is None:
            return None
        first = after_working_days(entered, rules.first_review_working_days)
        return NextDue(first, "looked-after review")
    is_first = len(days) == 1 and _was_first(entered, days[0], rules)
    months = rules.second_review_months if is_first else rules.later_review_months
    return NextDue(after_months(days[-1], months), "looked-after review")


def _was_first(entered: date | None, held: date, rules: SectorRules) -> bool:
    """Say whether the only review known is the child's first: held soon after care began."""
    return entered is None or held < after_months(entered, rules.second_review_months)
