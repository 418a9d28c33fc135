"""The local limits that gave way, each at its price (section 4, goal ``concessions``)."""

from __future__ import annotations

from typing import Final

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.counts import excess
from caseload_balancer.checker.limits import arrivals_beyond

TENTHS: Final = 10
"""Prices are counted in tenths, as points are."""


def concessions(allocation: Allocation) -> int:
    """Add up what the limits that gave way cost, in tenths of a priced concession."""
    return excess(allocation, "concessions") + _arrivals(allocation)


def _arrivals(allocation: Allocation) -> int:
    price = TENTHS * allocation.week.policy.concessions.new_family
    return sum(price * arrivals_beyond(allocation, worker_id) for worker_id in allocation.held)
