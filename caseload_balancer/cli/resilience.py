"""``caseload resilience``: the week without each worker in turn."""

from __future__ import annotations

from collections.abc import Sequence

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.problem.conflicts import check_allowed


def show_resilience(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    worker_ids: Sequence[str],
    *,
    time_limit: float,
    seed: int,
) -> ExitCode:
    """Read the week and plan it without each worker in turn."""
    chosen = cb.Policy.read(policy)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, chosen)
    with Wait(terminal, "Planning the week without each in turn"):
        found = cb.resilience(
            snapshot, chosen, worker_ids=worker_ids or None, time_limit=time_limit, seed=seed
        )
    return show_answer(terminal, found, notices)
