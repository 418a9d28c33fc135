"""The local limits that gave way, each at its price (section 4, goal ``concessions``)."""

from __future__ import annotations

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.breaches import far_away, spread
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.goals.counts import excess
from caseload_balancer.checker.limits import arrivals_beyond


def concessions(allocation: Allocation) -> int:
    """Add up what the limits that gave way cost, in tenths of a priced concession."""
    return (
        excess(allocation, "concessions")
        + _arrivals(allocation)
        + sum(breach.price for breach in far_away(allocation))
        + sum(breach.price for breach in spread(allocation))
    )


def _arrivals(allocation: Allocation) -> int:
    price = TENTHS * allocation.week.policy.concessions.new_family
    return sum(price * arrivals_beyond(allocation, worker_id) for worker_id in allocation.held)
