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
    case_ids, worker_ids = {case.case_id for case in snapshot.cases}, _worker_ids(snapshot)
    for case_id, worker_id in allocation.items():
        if case_id not in case_ids:
            yield _violation(case_id, worker_id, f"case {case_id} is not a case of this week")
        if worker_id is not None and worker_id not in worker_ids:
            text = f"case {case_id} is given to {worker_id}, who is not a worker of this week"
            yield _violation(case_id, worker_id, text)


def readable(snapshot: Snapshot, allocation: Mapping[str, str | None]) -> Mapping[str, str | None]:
    """Return the part of `allocation` that can be judged: what it gets wrong counts as waiting."""
    worker_ids = _worker_ids(snapshot)
    return {
        case.case_id: worker_id if worker_id in worker_ids else None
        for case in snapshot.cases
        for worker_id in (allocation.get(case.case_id),)
    }


def _worker_ids(snapshot: Snapshot) -> frozenset[str]:
    return frozenset(worker.worker_id for worker in snapshot.workers)


def _violation(case_id: str, worker_id: str | None, sentence: str) -> Violation:
    return Violation(rule="one-worker", sentence=sentence, case_ids=(case_id,), worker_id=worker_id)
