"""What a handover costs close to a due date (section 4, goal ``handover``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.checker.working_days import working_days_before
from caseload_balancer.domain import Case


def handover(allocation: Allocation) -> int:
    """Add up the days due dates are likely to slip, and who stays to a last day, in hundredths."""
    week = allocation.week
    rules = week.policy.handover
    slipped = sum(
        hundredths(Fraction(rules.per_day) * days_slipped(week, case))
        for case, _ in allocation.unforced_moves
    )
    kept = sum(
        week.is_last_days(case) and week.holder(case) == worker_id and not week.must_hold(case)
        for worker_id, cases in allocation.held.items()
        for case in cases
    )
    return slipped + kept * hundredths(rules.on_the_last_day)


def days_slipped(week: JudgedWeek, case: Case) -> int:
    """Return the working days by which a handover now outlasts the time to the due date."""
    slip, as_of, due = week.policy.handover.slip_working_days, week.snapshot.as_of, case.next_due_on
    return 0 if due is None else slip - working_days_before(as_of, due, at_most=slip)
