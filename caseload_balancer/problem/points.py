"""How much work each case is, in tenths of a point."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from math import floor

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Case
from caseload_balancer.domain.words import CaseType
from caseload_balancer.policy import Policy
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.groups import Groups
from caseload_balancer.problem.index import Index


def measure_points(index: Index, groups: Groups, policy: Policy) -> Ints:
    """Return the points of each case in tenths, shape (cases,).

    Of siblings who stay together the one with the most points counts in full, each other one
    without points of its own at the policy's sibling factor. Overdue work adds catch-up points.
    """
    day = index.snapshot.as_of
    by_kind = _Table(day, policy)
    opened = [case.opened_on if case.case_type == "looked_after" else None for case in index.cases]
    kinds = [
        (case.case_type, on, case.in_court) for case, on in zip(index.cases, opened, strict=True)
    ]
    known = {kind: by_kind.points(*kind) for kind in set(kinds)}
    table = [known[kind] for kind in kinds]
    full = [
        int(10 * case.points) if case.points is not None else by_table
        for case, by_table in zip(index.cases, table, strict=True)
    ]
    points = np.array(full, np.int64)
    siblings: dict[int, list[int]] = defaultdict(list)
    together = np.bincount(groups.group)[groups.group] > 1
    for case_number in np.flatnonzero(together).tolist():
        siblings[int(groups.group[case_number])].append(case_number)
    factor = exactly(policy.points.sibling_factor)
    as_sibling = {one: floor(one * factor) for one in set(table)}
    for members in siblings.values():
        first = max(members, key=lambda number: (full[number], -number))
        for number in members:
            if number != first and index.cases[number].points is None:
                points[number] = as_sibling[table[number]]
    overdue = int(10 * policy.points.overdue)
    late = [case.next_due_on is not None and case.next_due_on < day for case in index.cases]
    return points + overdue * np.array(late, np.int64)


def table_points(case: Case, day: date, policy: Policy) -> int:
    """Return the tenths of a point that a case is by the policy's table, its own points aside."""
    return _Table(day, policy).points(case.case_type, case.opened_on, case.in_court)


class _Table:
    """The policy's table."""

    def __init__(self, day: date, policy: Policy) -> None:
        self._rules = policy.points
        self._settled_since = day - timedelta(weeks=policy.points.looked_after_settled_after_weeks)

    def points(self, case_type: CaseType, opened_on: date | None, in_court: bool) -> int:  # noqa: FBT001 - a kind
        is_old = opened_on is not None and opened_on <= self._settled_since
        settled = case_type == "looked_after" and is_old
        points = self._rules.looked_after_settled if settled else self._rules.by_type[case_type]
        return int(10 * (points + self._rules.in_court if in_court else points))
