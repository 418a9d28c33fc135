"""Goals that count what is unmet: children, families (section 4)."""

from __future__ import annotations

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.measures import MEASURES
from caseload_balancer.checker.standing import mended_first
from caseload_balancer.checker.transfers import is_due
from caseload_balancer.domain import Case
from caseload_balancer.policy import GoalName


def must_hold_waiting(allocation: Allocation) -> int:
    """Add up the urgency of the children who wait and may not."""
    waiting = (case for case in allocation.waiting if allocation.week.must_hold(case))
    return sum(_urgency(allocation, case) for case in waiting)


def _urgency(allocation: Allocation, case: Case) -> int:
    policy = allocation.week.policy
    reasons = []
    if case.case_type in policy.eligibility.must_hold:
        reasons.append(policy.waiting.urgency[case.case_type])
    if case.in_court:
        reasons.append(policy.waiting.urgency_in_court)
    return max(reasons)


def standing_breaches(allocation: Allocation) -> int:
    """Count the cases that stay with a holder who may not hold them."""
    return sum(1 for _ in mended_first(allocation))


def transfers_due(allocation: Allocation) -> int:
    """Count the families whose transfer is due and whose worker is of another team still."""
    week = allocation.week
    found = 0
    for unit in week.units:
        if is_due(week, unit):
            first = next(case for case in unit.cases if case.team_id is not None)
            worker_id = allocation.worker_of[first.case_id]
            found += worker_id is not None and not week.is_transfer(first, worker_id)
    return found


def over_cap(allocation: Allocation) -> int:
    """Count the children held beyond caps."""
    return excess(allocation, "over_cap")


def excess(allocation: Allocation, goal: GoalName) -> int:
    """Add up what is over the limits that a goal counts, at what the policy says each costs."""
    return sum(
        measure.counted(allocation.week, worker_id, held)
        for worker_id, held in allocation.held.items()
        for measure in MEASURES
        if measure.goal == goal
    )
