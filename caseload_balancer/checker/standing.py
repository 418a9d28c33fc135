"""Cases that stay with a holder who may not hold them."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.domain import Case


def mended_first(allocation: Allocation) -> Iterator[Case]:
    """Yield the cases with a holder who may not hold them that a plan mends before the cap.

    A child who may wait and stays with somebody until a last day has a price in `handover`.
    """
    week = allocation.week
    for case, _ in allocation.standing:
        if week.must_hold(case) or not week.is_last_days(case):
            yield case
