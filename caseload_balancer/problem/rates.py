"""Rates of exchange that follow from the policy's sentences."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from caseload_balancer.policy import Policy
from caseload_balancer.problem.exact_fractions import exactly


def imbalance_rate(policy: Policy) -> int:
    """Return ``W``: thousandths of a hundredth of a cost point a squared tenth over a tenth.

    It follows from "moving one ordinary case is worth it when it closes a gap of so many points
    of load %" (docs/mathematics.md, imbalance): an ordinary case has a child-in-need case's points,
    an ordinary worker is full time.
    """
    case = exactly(policy.points.by_type["child_in_need"])
    available = exactly(policy.points.available_per_fte - policy.points.fixed_work)
    gap = Fraction(policy.imbalance.gap_percent, 100) * available
    weight = exactly(policy.imbalance.gap_worth) * available / (2 * case * (gap - case))
    return floor(10_000 * weight + Fraction(1, 2))
