"""What it costs that a case will outlast its worker (section 4, goal ``agency_exposure``)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker


def agency_exposure(allocation: Allocation) -> int:
    """Add up the weeks cases are expected to go on without their worker, in hundredths."""
    week = allocation.week
    per_week = Fraction(week.policy.agency_exposure.per_week)
    return sum(
        hundredths(per_week * weeks_beyond(week, case, week.worker_by_id[worker_id]))
        for worker_id, cases in allocation.held.items()
        for case in cases
    )


def weeks_beyond(week: JudgedWeek, case: Case, worker: Worker) -> int:
    """Return the expected weeks of `case` after `worker` has gone, up to the most that count."""
    end = _end(week, worker)
    if end is None:
        return 0
    rules = week.policy.agency_exposure
    expected = case.expected_weeks
    if expected is None:
        expected = rules.expected_weeks[case.case_type]
    remaining = max(0, (end - week.snapshot.as_of).days // 7)
    return min(rules.weeks_counted_at_most, max(0, expected - remaining))


def _end(week: JudgedWeek, worker: Worker) -> date | None:
    if worker.leaves_on is None and worker.employment == "agency":
        return week.snapshot.as_of + timedelta(weeks=week.policy.agency_exposure.notice_weeks)
    return worker.leaves_on
