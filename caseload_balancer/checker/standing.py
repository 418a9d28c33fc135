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


def mended_first(allocation: Allocation) -> Iterator[Case]:
    """Yield those of them that a plan mends before the cap: not who may stay to a last day.

    A child who may wait and stays with somebody until a last day has a price in `handover`.
    """
    week = allocation.week
    for case, _ in standing_cases(allocation):
        if week.must_hold(case) or not week.is_last_days(case):
            yield case
