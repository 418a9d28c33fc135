"""What a worker holds against what is allowed: children, families in court, points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case
from caseload_balancer.policy import GoalName, Policy, Rule


@dataclass(frozen=True, kw_only=True)
class HeldLimit:
    """A quantity that a worker's cases add up to, and the most of it that is allowed.

    Parameters
    ----------
    rule
        Code of the rule.
    goal
        The goal that counts what is over the limit.
    used
        The quantity of a number of cases.
    limit
        What a worker is allowed; None is no limit.
    words
        A quantity in words, with its unit.
    price
        What the goal counts for each unit over the limit.
    gives_way
        Whether anybody may go over it at that price; otherwise who is over it at the start may
        stay as far over it.
    """

    rule: Rule
    goal: GoalName
    used: Callable[[JudgedWeek, Sequence[Case]], int]
    limit: Callable[[JudgedWeek, str], int | None]
    words: Callable[[int], str]
    price: Callable[[Policy], int] = lambda _policy: 1
    gives_way: bool = False

    def excess(self, week: JudgedWeek, worker_id: str, cases: Sequence[Case]) -> int:
        """Return how far `cases` are over the worker's limit, 0 where they are not."""
        limit = self.limit(week, worker_id)
        return 0 if limit is None else max(0, self.used(week, cases) - limit)

    def counted(self, week: JudgedWeek, worker_id: str, cases: Sequence[Case]) -> int:
        """Return what `cases` over the limit add to the goal.

        Of a limit that gives way, only what is over the start: no child is moved for the rest.
        """
        beyond = self.excess(week, worker_id, cases)
        if self.gives_way:
            start = self.excess(week, worker_id, week.staying.get(worker_id, ()))
            beyond = max(0, beyond - start)
        return beyond * self.price(week.policy)


def _children(_week: JudgedWeek, cases: Sequence[Case]) -> int:
    return len(cases)


def _cap(week: JudgedWeek, worker_id: str) -> int:
    return week.cap[worker_id]


def _court_groups(week: JudgedWeek, cases: Sequence[Case]) -> int:
    return len({week.group_of[case.case_id] for case in cases if case.in_court})


def _court_limit(week: JudgedWeek, _worker_id: str) -> int:
    return week.policy.limits.court_families


def _points(week: JudgedWeek, cases: Sequence[Case]) -> int:
    return sum(week.points[case.case_id] for case in cases)


def _points_limit(week: JudgedWeek, worker_id: str) -> int | None:
    percent = week.policy.points.hard_limit_percent
    return None if percent is None else week.points_available[worker_id] * percent // 100


def counted(count: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{count} {one if count == 1 else many}"


CAP: Final = HeldLimit(
    rule="cap",
    goal="over_cap",
    used=_children,
    limit=_cap,
    words=lambda n: counted(n, "child", "children"),
)
COURT: Final = HeldLimit(
    rule="court",
    goal="concessions",
    used=_court_groups,
    limit=_court_limit,
    words=lambda n: counted(n, "family", "families") + " in court",
    price=lambda policy: TENTHS * policy.concessions.court_family,
    gives_way=True,
)
POINTS: Final = HeldLimit(
    rule="points-limit",
    goal="concessions",
    used=_points,
    limit=_points_limit,
    words=lambda n: f"{n // TENTHS}.{n % TENTHS} points",
    price=lambda policy: policy.concessions.point,
    gives_way=True,
)
MEASURES: Final = (CAP, COURT, POINTS)
"""Every limit on what a worker holds."""
