"""What it costs that children wait who may (section 4, goal ``waiting``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.waits import days_waited
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


def waiting(allocation: Allocation) -> int:
    """Add up the cost of each wait, in hundredths: the square of its length until next week."""
    week = allocation.week
    return sum(_cost(week, case) for case in allocation.waiting if not week.must_hold(case))


def _cost(week: JudgedWeek, case: Case) -> int:
    rules = week.policy.waiting
    until_next_week = days_waited(week, case) + rules.next_allocation_days
    days = min(until_next_week, 7 * rules.counted_at_most_weeks)
    worth = Fraction(rules.weeks_worth) * Fraction(days, 7 * rules.weeks) ** 2
    stopped = days_waited(week, case) >= 7 * rules.stop_weeks
    too_long = Fraction(rules.past_stop) if stopped else Fraction(0)
    return hundredths(Fraction(rules.priority[case.case_type]) * worth + too_long)
