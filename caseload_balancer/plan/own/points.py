"""How the points of one child come about, in words, as `problem` works them out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import floor

from caseload_balancer.domain import Case
from caseload_balancer.domain.wording import CASE_WORDS, counted, with_article
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.points import table_points


def points_in_words(facts: Facts, case: int) -> str:
    """Return the points of a child with what they are made of.

    ``8 for a child protection case, 4 for court, 1 more as something is overdue``; siblings are
    spoken of, never named.
    """
    return ", ".join(_parts(facts, case))


def _parts(facts: Facts, case: int) -> Iterator[str]:
    row, rules = facts.index.cases[case], facts.policy.points
    day = facts.index.snapshot.as_of
    if row.points is None:
        full = table_points(row, day, facts.policy)
        court = int(10 * rules.in_court) if row.in_court else 0
        kind = with_article(CASE_WORDS[row.case_type])
        yield f"{_told(full - court)} for {kind}{_settled(row, facts)}"
        if court:
            yield f"{_told(court)} for court"
    else:
        full = int(10 * row.points)
        yield f"{_told(full)}, set for this child"
    late = row.next_due_on is not None and row.next_due_on < day
    overdue = int(10 * rules.overdue) if late else 0
    carried = int(facts.co_work.of_case[case])
    if int(facts.points[case]) + carried - overdue != full:
        factor = exactly(rules.sibling_factor)
        yield (
            f"only {_told(floor(full * factor))} of it as a brother or sister counts in full "
            f"(\N{MULTIPLICATION SIGN}\N{NO-BREAK SPACE}{float(factor):g})"
        )
    if overdue:
        yield f"{_told(overdue)} more as something is overdue"
    if carried:
        yield f"{_told(carried)} less, which a co-worker carries"


def _settled(row: Case, facts: Facts) -> str:
    weeks = facts.policy.points.looked_after_settled_after_weeks
    since = facts.index.snapshot.as_of - timedelta(weeks=weeks)
    if row.case_type != "looked_after" or row.opened_on is None or row.opened_on > since:
        return ""
    return f", settled after {counted(weeks, 'week')}"


def _told(tenths: int) -> str:
    return f"{tenths / 10:g}"
