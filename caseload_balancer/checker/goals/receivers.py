"""The workers a child could go to (section 4)."""

from __future__ import annotations

from collections.abc import Callable

from caseload_balancer.checker.eligibility import against_giving
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case, Worker


def least_of_receivers(
    week: JudgedWeek, case: Case, cost: Callable[[JudgedWeek, Case, Worker], int], without: int = 0
) -> int:
    """Return the least cost of `case` with a worker it may be given to, else what it is `without`.

    The holder is none of them. Who waits will need a worker too, so waiting does not save it.
    """
    holder = week.holder(case)
    costs = [
        cost(week, case, worker)
        for worker in week.snapshot.workers
        if worker.worker_id != holder and next(against_giving(week, case, worker), None) is None
    ]
    return min(costs, default=without)
