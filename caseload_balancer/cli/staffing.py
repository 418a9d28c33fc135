"""``caseload staffing``: the fewest posts that bring everybody under a cap or target."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.insight.staffing.answer import PerFte
from caseload_balancer.problem.conflicts import check_allowed


def show_staffing(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    per_fte: PerFte,
    *,
    time_limit: float,
    seed: int,
) -> ExitCode:
    """Read the week and count the posts it takes."""
    chosen = cb.Policy.read(policy)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, chosen)
    with Wait(terminal, "Counting posts"):
        found = cb.staffing(snapshot, chosen, per_fte=per_fte, time_limit=time_limit, seed=seed)
    return show_answer(terminal, found, notices)
