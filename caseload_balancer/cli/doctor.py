"""``caseload doctor``: what was tried on this machine, as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rich.table import Table
from rich.text import Text

from caseload_balancer.cli.answers import answer_document
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.health import Health
from caseload_balancer.health import doctor as examine

_STYLES: Final = {"well": "green", "absent": "dim", "look": "yellow", "wrong": "bold red"}


def show_health(terminal: Terminal, out: Path | None, ledger: str | None) -> ExitCode:
    """Try everything, and show what came of it: 3 where something is wrong."""
    with Wait(terminal, "Trying solvers and folders"):
        health = examine(out, ledger=ledger)
    terminal.show(Text(health.title, style="bold"), _table(health), Text(f"\n{health.text}"))
    code = ExitCode.PLAN if health.ok else ExitCode.BREACHES
    if not health.ok:
        terminal.warn("Something is wrong with this machine; see the lines that say so.")
    terminal.finish(code, {"ok": health.ok, "answer": answer_document(health)})
    return code


def _table(health: Health) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    part = ""
    for check in health.checks:
        table.add_row(
            Text(check.part if check.part != part else "", style="bold"),
            Text(check.what),
            Text(check.state, style=_STYLES[check.state]),
            Text(check.says),
        )
        part = check.part
    return table
