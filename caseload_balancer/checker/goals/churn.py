"""What a change of worker costs a child (section 4, goal ``churn``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


def churn(allocation: Allocation) -> int:
    """Add up the cost of the moves that are not forced, in hundredths."""
    week = allocation.week
    return sum(_cost(week, case, worker_id) for case, worker_id in allocation.unforced_moves)


def _cost(week: JudgedWeek, case: Case, worker_id: str) -> int:
    rules, history = week.policy.churn, week.history(case)
    cost = Fraction(rules.move) * Fraction(rules.type_factor[case.case_type])
    if case.in_court:
        cost *= Fraction(rules.in_court_factor)
    cost *= Fraction(rules.change_factor) ** history.changes
    if worker_id in history.known:
        cost *= Fraction(rules.known_worker_factor)
    elif len(history.distinct) >= 2:
        # An unknown worker is in nobody's history, so this move makes a third.
        cost += Fraction(rules.third_worker)
    return hundredths(cost)
