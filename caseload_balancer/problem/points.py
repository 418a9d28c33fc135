"""How much work each case is, in tenths of a point."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case
from caseload_balancer.policy import Policy
from caseload_balancer.problem.groups import Groups
from caseload_balancer.problem.index import Index


def measure_points(index: Index, groups: Groups, policy: Policy) -> Ints:
    """Return the points of each case in tenths, shape (cases,).

    Of siblings who stay together the one with the most points counts in full, each other one
    without points of its own at the policy's sibling factor. Overdue work adds catch-up points.
    """
    day = index.snapshot.as_of
    table = [table_points(case, day, policy) for case in index.cases]
    full = [
        int(10 * case.points) if case.points is not None else by_table
        for case, by_table in zip(index.cases, table, strict=True)
    ]
    points = np.array(full, np.int64)
    siblings: dict[int, list[int]] = defaultdict(list)
    for case_number, group in enumerate(groups.group.tolist()):
        siblings[group].append(case_number)
    factor = Fraction(policy.points.sibling_factor)
    for members in siblings.values():
        first = max(members, key=lambda number: (full[number], -number))
        for number in members:
            if number != first and index.cases[number].points is None:
                points[number] = floor(table[number] * factor)
    overdue = int(10 * policy.points.overdue)
    late = [case.next_due_on is not None and case.next_due_on < day for case in index.cases]
    return points + overdue * np.array(late, np.int64)


def table_points(case: Case, day: date, policy: Policy) -> int:
    """Return the tenths of a point that a case is by the policy's table, its own points aside."""
    rules = policy.points
    points = rules.by_type[case.case_type]
    settled = timedelta(weeks=rules.looked_after_settled_after_weeks)
    if (
        case.case_type == "looked_after"
        and case.opened_on is not None
        and day - case.opened_on >= settled
    ):
        points = rules.looked_after_settled
    return int(10 * (points + rules.in_court if case.in_court else points))
