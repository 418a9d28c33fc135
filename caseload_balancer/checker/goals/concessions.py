"""The local limits that gave way, each at its price (section 4, goal ``concessions``)."""

from __future__ import annotations

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.breaches import priced


def concessions(allocation: Allocation) -> int:
    """Add up the prices of what gave way, in tenths of a priced concession."""
    return sum(breach.price for breach in priced(allocation))
