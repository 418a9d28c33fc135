"""What to know about a worker beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import counted

if TYPE_CHECKING:
    from caseload_balancer.plan.rows import WorkerWeek


def worker_notes(row: WorkerWeek) -> Iterator[str]:
    """Yield what to know about a worker, a clause each."""
    if row.after.children > row.cap:
        yield f"over the cap by {row.after.children - row.cap}"
    if not row.can_hold:
        yield "cannot go on"
    elif not row.takes_cases:
        yield "is given no more cases"
    if row.co_worked:
        yield f"co-works {counted(row.co_worked, 'case')} of others"
