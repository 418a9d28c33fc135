"""``caseload recommend``: who could take a case."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder


def recommend_workers(
    terminal: Terminal, week: WeekFolder, policy: str | None, case_id: str
) -> ExitCode:
    """Read the week, and rank its workers for one case."""
    chosen = cb.Policy.read(policy)
    snapshot, notices = week.read(terminal)
    return show_answer(terminal, cb.recommend(snapshot, case_id, chosen), notices)
