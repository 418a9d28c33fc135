"""What a handover costs close to a due date (section 4, goal ``handover``)."""

from __future__ import annotations

from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.checker.working_days import working_days_before
from caseload_balancer.domain import Case


def handover(allocation: Allocation) -> int:
    """Add up the days due dates are likely to slip, in hundredths of a cost point."""
    week = allocation.week
    per_day = Fraction(week.policy.handover.per_day)
    return sum(
        hundredths(per_day * days_slipped(week, case)) for case, _ in allocation.unforced_moves
    )


def days_slipped(week: JudgedWeek, case: Case) -> int:
    """Return the working days by which a handover now outlasts the time to the due date."""
    slip, as_of, due = week.policy.handover.slip_working_days, week.snapshot.as_of, case.next_due_on
    return 0 if due is None else slip - working_days_before(as_of, due, at_most=slip)
