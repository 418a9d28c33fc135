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
    table = [by_kind.points(case) for case in index.cases]
    full = [
        int(10 * case.points) if case.points is not None else by_table
        for case, by_table in zip(index.cases, table, strict=True)
    ]
    points = np.array(full, np.int64)
    siblings: dict[int, list[int]] = defaultdict(list)
    for case_number, group in enumerate(groups.group.tolist()):
        siblings[group].append(case_number)
    factor = exactly(policy.points.sibling_factor)
    as_sibling = {one: floor(one * factor) for one in set(table)}
    for members in siblings.values():
        if len(members) == 1:
            continue
        first = max(members, key=lambda number: (full[number], -number))
        for number in members:
            if number != first and index.cases[number].points is None:
                points[number] = as_sibling[table[number]]
    overdue = int(10 * policy.points.overdue)
    late = [case.next_due_on is not None and case.next_due_on < day for case in index.cases]
    return points + overdue * np.array(late, np.int64)


def table_points(case: Case, day: date, policy: Policy) -> int:
    """Return the tenths of a point that a case is by the policy's table, its own points aside."""
    return _Table(day, policy).points(case)


class _Table:
    """The policy's table, with the points of each kind of case worked out once."""

    def __init__(self, day: date, policy: Policy) -> None:
        self._rules = policy.points
        self._settled_since = day - timedelta(weeks=policy.points.looked_after_settled_after_weeks)
        self._known: dict[tuple[CaseType, bool, bool], int] = {}

    def points(self, case: Case) -> int:
        settled = (
            case.case_type == "looked_after"
            and case.opened_on is not None
            and case.opened_on <= self._settled_since
        )
        kind = case.case_type, settled, case.in_court
        found = self._known.get(kind)
        if found is None:
            found = self._known[kind] = self._of(*kind)
        return found

    def _of(self, case_type: CaseType, settled: bool, in_court: bool) -> int:  # noqa: FBT001 - a kind
        points = self._rules.looked_after_settled if settled else self._rules.by_type[case_type]
        return int(10 * (points + self._rules.in_court if in_court else points))
