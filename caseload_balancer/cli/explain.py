"""``caseload explain``: why a case is where the plan has it."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder


def explain_case(
    terminal: Terminal, week: WeekFolder, planning: Planning, case_id: str
) -> ExitCode:
    """Read the week and its plan, and explain one case."""
    snapshot, notices = week.read(terminal)
    asked = planning.of(snapshot, terminal)
    return show_answer(terminal, cb.explain(asked.snapshot, asked.plan, case_id), notices)
