"""``caseload quality``: what became of each row of a week's files."""

from __future__ import annotations

from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.cli.weeks import WeekFolder
from caseload_balancer.errors import DataError


def show_quality(terminal: Terminal, week: WeekFolder, out: Path | None) -> ExitCode:
    """Read the week and show what of it was used; also where it cannot be planned."""
    week.check_options()
    with Wait(terminal, f"Reading {week.folder}"):
        answer = cb.data_quality(week.folder, **week.options)
        if out is not None:
            stops.hold()
            answer.to_html(out)
            terminal.written = out
    code = ExitCode.PLAN if answer.ok else ExitCode(DataError.exit_code)
    return show_answer(terminal, answer, answer.notices, exit_code=code)
