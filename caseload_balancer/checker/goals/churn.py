"""What a move by choice costs a child (section 4, goal ``churn``)."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.capacity import TENTHS
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


def churn(allocation: Allocation) -> int:
    """Add up the cost of the moves that are not forced, in hundredths."""
    week = allocation.week
    return sum(_cost(week, case.case_id) for case, _ in allocation.unforced_moves)


def weight_of_a_change(week: JudgedWeek, case: Case) -> Fraction:
    """Return how much dearer a change is for this child than for an ordinary one."""
    rules, history = week.policy.churn, week.history(case)
    court = Fraction(rules.in_court_factor) if case.in_court else Fraction(1)
    so_far = Fraction(rules.change_factor) ** history.changes
    return Fraction(rules.type_factor[case.case_type]) * court * so_far


@remembered
def _cost(week: JudgedWeek, case_id: str) -> int:
    case = week.case_by_id[case_id]
    rules, since = week.policy.churn, week.history(case).since
    points = Fraction(week.points[case.case_id], TENTHS)
    share = points / Fraction(week.policy.points.by_type["child_in_need"])
    cost = Fraction(rules.move) * weight_of_a_change(week, case)
    if share > 1:  # a heavier case would close a gap sooner, and is not to move for less
        cost *= share
    if since is not None:
        settled = week.snapshot.as_of - since >= timedelta(weeks=rules.minimum_stay_weeks)
        cost += 0 if settled else Fraction(rules.within_minimum_stay)
    return hundredths(cost)
