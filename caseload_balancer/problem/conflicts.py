"""Rows of a snapshot that a policy does not allow."""

from __future__ import annotations

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.policy import Policy
from caseload_balancer.problem.presence import children_per_fte


def check_allowed(snapshot: Snapshot, policy: Policy) -> None:
    """Make sure that a policy allows every row of a snapshot.

    Raises
    ------
    DataError
        When rows ask for more than it allows; lists every such row.
    """
    conflicts = policy_conflicts(snapshot, policy)
    if conflicts:
        raise DataError(conflicts)


def policy_conflicts(snapshot: Snapshot, policy: Policy) -> tuple[DataProblem, ...]:
    """Return every row that asks for more than `policy` allows."""
    found = []
    teams = snapshot.team_by_id
    for position, worker in enumerate(snapshot.workers):
        most = children_per_fte(worker, policy, teams)
        if worker.cap is not None and worker.cap > most:
            found.append(
                DataProblem(
                    "workers",
                    snapshot.origin.row_number("workers", position),
                    "cap",
                    "cap_above_policy",
                    f"cap {worker.cap} of '{worker.worker_id}' is above the policy's {most} "
                    "children. Lower it, or raise cap.children_per_fte in the policy.",
                )
            )
    return tuple(found)
