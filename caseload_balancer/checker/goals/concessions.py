"""The local limits that gave way, each at its price (section 4, goal ``concessions``)."""

from __future__ import annotations

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.breaches import far_away, spread
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.goals.counts import excess
from caseload_balancer.checker.goals.waiting import days_waited


def concessions(allocation: Allocation) -> int:
    """Add up what the limits that gave way cost, in tenths of a priced concession."""
    return (
        excess(allocation, "concessions")
        + _rejected(allocation)
        + _past_stop(allocation)
        + sum(breach.price for breach in far_away(allocation))
        + sum(breach.price for breach in spread(allocation))
    )


def _rejected(allocation: Allocation) -> int:
    """Price the children who come back to a worker who was asked to leave."""
    week = allocation.week
    back = sum(who in week.history(case).rejected for case, who in allocation.arrivals)
    return TENTHS * week.policy.concessions.rejected_worker * back


def _past_stop(allocation: Allocation) -> int:
    """Price the children who wait on though they should wait no longer."""
    week = allocation.week
    stop = 7 * week.policy.waiting.stop_weeks
    late = sum(
        days_waited(week, case) >= stop and not week.must_hold(case) for case in allocation.waiting
    )
    return TENTHS * week.policy.concessions.past_stop * late
