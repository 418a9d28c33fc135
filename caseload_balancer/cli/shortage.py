"""``caseload shortage``: why a week cannot be met, and what would mend it."""

from __future__ import annotations

from dataclasses import asdict

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.answers import answer_document
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.cli.who_is_who import with_names
from caseload_balancer.problem.conflicts import check_allowed


def show_shortage(
    terminal: Terminal, week: WeekFolder, policy: str | None, *, time_limit: float, seed: int
) -> ExitCode:
    """Read the week, find who is too many for whom, and which rows cannot all hold."""
    chosen = cb.Policy.read(policy)
    snapshot, notices = week.read(terminal)
    check_allowed(snapshot, chosen)
    with Wait(terminal, "Looking for what is missing"):
        answers = {
            "answer": cb.shortage(snapshot, chosen, time_limit=time_limit, seed=seed),
            "clashes": cb.clashes(snapshot, chosen, time_limit=time_limit, seed=seed),
        }
    for answer in answers.values():
        terminal.show(
            Text(answer.title, style="bold"),
            with_names(answer.text, terminal.names),
        )
    terminal.finish(
        ExitCode.PLAN,
        {
            "notices": [asdict(notice) for notice in notices],
            **{name: answer_document(answer) for name, answer in answers.items()},
        },
    )
    return ExitCode.PLAN
