"""``caseload fairness``: how evenly cases are shared out."""

from __future__ import annotations

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.plans import Planning
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.weeks import WeekFolder


def show_fairness(terminal: Terminal, week: WeekFolder, planning: Planning) -> ExitCode:
    """Read the week and its plan, and show who has what."""
    snapshot, notices = week.read(terminal)
    asked = planning.of(snapshot, terminal)
    return show_answer(terminal, cb.fairness(asked.snapshot, asked.plan), notices)
