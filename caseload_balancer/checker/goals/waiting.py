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
    """Return the days `case` has waited; a child who had a worker until now has waited none."""
    since = case.waiting_since or case.opened_on
    if week.holder(case) is not None or since is None:
        return 0
    return (week.snapshot.as_of - since).days


def _cost(week: JudgedWeek, case: Case) -> int:
    rules = week.policy.waiting
    days = days_waited(week, case) + rules.next_allocation_days
    moves = Fraction(days, 7 * rules.worth_a_move_after_weeks) ** 2
    priority = Fraction(rules.priority[case.case_type])
    return hundredths(Fraction(week.policy.churn.move) * priority * moves)
