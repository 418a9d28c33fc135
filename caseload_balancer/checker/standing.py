"""Cases that stay with a holder who may not hold them."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.eligibility import against_holding
from caseload_balancer.domain import Case


def standing_cases(allocation: Allocation) -> Iterator[tuple[Case, str]]:
    """Yield the cases that stay with a holder who may not hold them, and that holder."""
    week = allocation.week
    for worker_id, cases in allocation.held.items():
        worker = week.worker_by_id[worker_id]
        for case in cases:
            if week.holder(case) == worker_id and any(against_holding(week, case, worker)):
                yield case, worker_id
