"""How unequal loads are: squares of points over points available (section 4, ``imbalance``)."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.policy import Policy


def imbalance(allocation: Allocation) -> int:
    """Add up what each worker's load costs, and the load of those who wait, in hundredths."""
    week = allocation.week
    weight = exchange_weight(week.policy)
    held = 0
    for worker_id, cases in allocation.held.items():
        points = sum(week.points[case.case_id] for case in cases)
        available = week.points_available[worker_id]
        held += _load_cost(points, available, weight) + _far_over(points, available, week.policy)
    waiting = sum(week.points[case.case_id] for case in allocation.waiting)
    return held + waiting * waiting_rate(week, weight)


def exchange_weight(policy: Policy) -> int:
    """Return the weight of the squares, in ten-thousandths.

    Closing the gap that the policy says is worth a move, by moving one ordinary case between two
    full-time workers, lowers the goal by exactly the cost of an ordinary move.
    """
    case = Fraction(policy.points.by_type["child_in_need"])
    available = Fraction(policy.points.available_per_fte - policy.points.fixed_work)
    gap = Fraction(policy.imbalance.gap_percent, 100) * available
    worth = Fraction(policy.imbalance.gap_worth) * available / (2 * case * (gap - case))
    return _nearest(10_000 * worth)


def waiting_rate(week: JudgedWeek, weight: int) -> int:
    """Return what a tenth of a point costs that waits: as if held at a heavy load."""
    percent = week.policy.waiting.as_if_load_percent
    available = sum(week.points_available.values())
    if available:
        percent = max(percent, 100 * sum(week.points.values()) // available)
    return _nearest(Fraction(2 * weight * percent, 100_000))


@lru_cache(maxsize=4096)
def _load_cost(points: int, available: int, weight: int) -> int:
    """Return the cost of each tenth of a point in turn, so that it is whole and convex."""
    if not available:
        return 0
    half = 500 * available
    return sum(((2 * tenth - 1) * weight + half) // (2 * half) for tenth in range(1, points + 1))


def _far_over(points: int, available: int, policy: Policy) -> int:
    """Return the cost of the tenths of a point that are more than anybody should carry."""
    if not available:
        return 0
    most = policy.imbalance.far_over_percent * available // 100
    return max(0, points - most) * (hundredths(policy.imbalance.far_over_point) // 10)


def _nearest(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
