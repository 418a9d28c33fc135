"""Points of the cases of one group, in tenths (section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.figures import exactly
from caseload_balancer.domain import Case
from caseload_balancer.policy.sections import PointRules


def points_of_group(cases: Sequence[Case], as_of: date, rules: PointRules) -> Mapping[str, int]:
    """Return the points of each case of a group, in tenths, under its ``case_id``.

    The child with the most work counts in full; brothers and sisters, visited in the same home,
    count a share of their table points unless the case states points of its own.
    """
    full = {case.case_id: _full(case, as_of, rules) for case in cases}
    first = min(cases, key=lambda case: (-full[case.case_id], case.case_id))
    points: dict[str, int] = {}
    for case in cases:
        exact = full[case.case_id]
        if case is not first and case.points is None:
            exact *= exactly(rules.sibling_factor)
        overdue = case.next_due_on is not None and case.next_due_on < as_of
        late = floor(TENTHS * exactly(rules.overdue)) if overdue else 0
        points[case.case_id] = floor(TENTHS * exact) + late
    return points


def _full(case: Case, as_of: date, rules: PointRules) -> Fraction:
    if case.points is not None:
        return exactly(case.points)
    table = rules.by_type[case.case_type]
    if case.case_type == "looked_after" and _settled(case, as_of, rules):
        table = rules.looked_after_settled
    return exactly(table + rules.in_court if case.in_court else table)


def _settled(case: Case, as_of: date, rules: PointRules) -> bool:
    settled_after = timedelta(weeks=rules.looked_after_settled_after_weeks)
    return case.opened_on is not None and case.opened_on <= as_of - settled_after
