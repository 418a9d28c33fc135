"""``caseload what-if``: the week under any number of scenarios, side by side."""

from __future__ import annotations

from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.problem.conflicts import check_allowed


def show_what_if(
    terminal: Terminal,
    week: WeekFolder,
    policy: str | None,
    scenarios: Path,
    *,
    time_limit: float,
    seed: int,
) -> ExitCode:
    """Read the week and the scenarios, and plan each."""
    chosen = cb.Policy.read(policy)
    wanted = cb.read_scenarios(scenarios)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, chosen)
    with Wait(terminal, f"Planning {len(wanted) + 1} weeks"):
        found = cb.what_if(snapshot, wanted, chosen, time_limit=time_limit, seed=seed)
    return show_answer(terminal, found, notices)
