"""Every case of the week has one worker of the week, or waits (rule ``one-worker``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caseload_balancer.checker.findings import Violation
from caseload_balancer.domain import Snapshot


def one_worker(snapshot: Snapshot, allocation: Mapping[str, str | None]) -> Iterator[Violation]:
    """Yield every id the week does not know, and every case the allocation forgets."""
    for case in snapshot.cases:
        if case.case_id not in allocation:
            yield _violation(case.case_id, None, f"case {case.case_id} is not in the allocation")
    for case_id, worker_id in allocation.items():
        if case_id not in snapshot.case_by_id:
            yield _violation(case_id, worker_id, f"case {case_id} is not a case of this week")
        if worker_id is not None and worker_id not in snapshot.worker_by_id:
            text = f"case {case_id} is given to {worker_id}, who is not a worker of this week"
            yield _violation(case_id, worker_id, text)


def readable(snapshot: Snapshot, allocation: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Return the part of `allocation` that can be judged: what it gets wrong counts as waiting."""
    return {
        case.case_id: worker_id if worker_id in snapshot.worker_by_id else None
        for case in snapshot.cases
        for worker_id in (allocation.get(case.case_id),)
    }


def _violation(case_id: str, worker_id: str | None, sentence: str) -> Violation:
    return Violation(rule="one-worker", sentence=sentence, case_ids=(case_id,), worker_id=worker_id)
