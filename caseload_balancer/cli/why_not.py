"""``caseload why-not``: why a case is not with a certain worker."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder


def explain_refusal(
    terminal: Terminal, week: WeekFolder, planning: Planning, case_id: str, worker_id: str
) -> ExitCode:
    """Read the week and its plan, and say what it would take to have a case with a worker."""
    snapshot, notices = week.read(terminal)
    asked = planning.of(snapshot, terminal)
    with Wait(terminal, "Looking for a way", planning.time_limit):
        answer = cb.why_not(
            asked.snapshot,
            asked.plan,
            case_id,
            worker_id,
            time_limit=planning.time_limit,
            seed=planning.seed,
        )
    return show_answer(terminal, answer, notices)
