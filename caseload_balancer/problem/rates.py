"""Rates of exchange that follow from the policy's sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor

from caseload_balancer.policy import Policy
from caseload_balancer.problem.exact_fractions import exactly


def imbalance_rate(policy: Policy) -> int:
    """Return ``W``: thousandths of a hundredth of a cost point a squared tenth over a tenth.

    It follows from "moving one ordinary case is worth it when it closes a gap of so many points
    of load %" (docs/mathematics.md, imbalance): an ordinary case has a child-in-need case's points,
    an ordinary worker is full time.
    """
    rules, points = policy.imbalance, policy.points
    return _rate(
        points.by_type["child_in_need"],
        points.available_per_fte - points.fixed_work,
        rules.gap_percent,
        rules.gap_worth,
    )


@lru_cache(maxsize=64)
def _rate(points: Decimal, per_fte: Decimal, gap_percent: int, gap_worth: Decimal) -> int:
    """Work it out once a policy: every worker asks for it."""
    case, available = exactly(points), exactly(per_fte)
    gap = Fraction(gap_percent, 100) * available
    weight = exactly(gap_worth) * available / (2 * case * (gap - case))
    return floor(10_000 * weight + Fraction(1, 2))
