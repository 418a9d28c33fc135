"""How long a child has been without a worker (section 1)."""

from __future__ import annotations

from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


def days_waited(week: JudgedWeek, case: Case) -> int:
    """Return the days `case` has waited: since it came, or lost its last worker."""
    day, holder = week.snapshot.as_of, week.holder(case)
    if holder is not None:
        left = week.worker_by_id[holder].leaves_on
        return max(0, (day - left).days) if left is not None else 0
    began = (case.waiting_since, case.opened_on, week.history(case).last_end)
    return (day - max(filter(None, began), default=day)).days
