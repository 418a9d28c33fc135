"""What to know about a child who changes worker when the case is handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from caseload_balancer.domain.wording import listed, ordinal

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import DueCase
    from caseload_balancer.plan.rows import Move


def falls_due(row: DueCase) -> str:
    """Return what falls due next and when: ``visit on 2026-03-02, overdue``."""
    late = ", overdue" if row.overdue else ""
    return f"{row.next_due or 'something'} on {row.next_due_on}{late}"


def to_mind(row: Move, siblings: list[str], gone: Iterable[str]) -> Iterator[str]:
    """Yield what to mind, a clause each.

    Parameters
    ----------
    siblings
        Who goes the same way with the child.
    gone
        Workers who cannot go on.
    """
    if row.from_worker_id in gone:
        yield f"{row.from_worker_id} cannot go on: meet soon, or with their manager"
    if row.third_worker:
        yield f"the {ordinal(row.workers_in_window)} worker"
    if row.known_worker:
        yield f"knows {row.to_worker_id}"
    if siblings:
        yield f"together with {listed(siblings)}"
