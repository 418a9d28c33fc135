"""The local limits that gave way, each at its price (section 4, goal ``concessions``)."""

from __future__ import annotations

from typing import Final

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.counts import excess
from caseload_balancer.checker.goals.waiting import days_waited
from caseload_balancer.checker.limits import arrivals_beyond

TENTHS: Final = 10
"""Prices are counted in tenths, as points are."""


def concessions(allocation: Allocation) -> int:
    """Add up what the limits that gave way cost, in tenths of a priced concession."""
    return (
        excess(allocation, "concessions")
        + _arrivals(allocation)
        + _rejected(allocation)
        + _past_stop(allocation)
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


def _arrivals(allocation: Allocation) -> int:
    price = TENTHS * allocation.week.policy.concessions.new_family
    return sum(price * arrivals_beyond(allocation, worker_id) for worker_id in allocation.held)
