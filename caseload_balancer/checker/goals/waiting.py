"""What it costs that children wait who may (section 4, goal ``waiting``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


def waiting(allocation: Allocation) -> int:
    """Add up the cost of each wait, in hundredths: the square of its length until next week."""
    week = allocation.week
    return sum(_cost(week, case) for case in allocation.waiting if not week.must_hold(case))


def days_waited(week: JudgedWeek, case: Case) -> int:
    """Return the days `case` has waited: since it came, or lost its last worker."""
    day, holder = week.snapshot.as_of, week.holder(case)
    if holder is not None:
        left = week.snapshot.worker_by_id[holder].leaves_on
        return max(0, (day - left).days) if left is not None else 0
    began = (case.waiting_since, case.opened_on, week.history(case).last_end)
    return (day - max(filter(None, began), default=day)).days


def _cost(week: JudgedWeek, case: Case) -> int:
    rules = week.policy.waiting
    until_next_week = days_waited(week, case) + rules.next_allocation_days
    days = min(until_next_week, 7 * rules.counted_at_most_weeks)
    worth = Fraction(rules.weeks_worth) * Fraction(days, 7 * rules.weeks) ** 2
    return hundredths(Fraction(rules.priority[case.case_type]) * worth)
