"""``caseload history`` and ``caseload forget``: what a ledger remembers, and what it need not."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from rich.text import Text

from caseload_balancer.cli.answers import show_answer
from caseload_balancer.cli.exits import ExitCode
from caseload_balancer.cli.outputs import check_file_writable, check_writable
from caseload_balancer.cli.stopping import stops
from caseload_balancer.cli.table_files import table_files
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.cli.waits import Wait
from caseload_balancer.errors import LedgerError, MissingExtraError
from caseload_balancer.ledger import Ledger, WeeksSoFar
from caseload_balancer.output.whole_files import write_together

CHART_FILE: Final = "history.png"
PAGE_FILE: Final = "history.html"


@dataclass(frozen=True, kw_only=True)
class HistoryRequest:
    """Which weeks are asked about, and where the answer is written.

    Parameters
    ----------
    since, until
        The first and the last week; None for all.
    out
        Folder for a page, tables and a chart; None writes none.
    html
        File for the page alone.
    """

    since: date | None
    until: date | None
    out: Path | None
    html: Path | None


def show_history(terminal: Terminal, where: str, wanted: HistoryRequest) -> ExitCode:
    """Show the weeks of a ledger, and write them where a place is named."""
    if wanted.out is not None:
        check_writable(wanted.out)
    if wanted.html is not None:
        check_file_writable(wanted.html)
    with Ledger.open(where, read_only=True) as ledger:
        found = ledger.history(since=wanted.since, until=wanted.until)
    stops.hold()
    show_answer(terminal, found)
    if wanted.html is not None:
        found.to_html(wanted.html)
        terminal.written = wanted.html
    if wanted.out is not None:
        files = history_files(found)
        write_together(wanted.out, files)
        terminal.written = wanted.out
        terminal.show(Text(f"\nWritten to {wanted.out}: {', '.join(files)}", style="bold"))
        if CHART_FILE not in files and found.weeks:
            terminal.warn(
                "No chart: matplotlib is not installed. Install caseload-balancer[charts]."
            )
    return ExitCode.PLAN


def history_files(found: WeeksSoFar) -> Mapping[str, str | bytes]:
    """Return the files of a history: a page, a CSV file a table, a chart where it can be."""
    files: dict[str, str | bytes] = {PAGE_FILE: found.to_html(), **table_files(found.tables())}
    if not found.weeks:
        return files
    chart = io.BytesIO()
    try:
        found.draw(chart)
    except MissingExtraError:
        return files
    files[CHART_FILE] = chart.getvalue()
    return files


def show_verified(terminal: Terminal, where: str) -> ExitCode:
    """Say whether every row of a ledger is as it was written."""
    with Wait(terminal, "Going through every row"), Ledger.open(where, read_only=True) as ledger:
        found = ledger.verify()
    if not found.ok:
        raise LedgerError(found.text, "broken")
    terminal.show(Text(found.text))
    document = {"ok": True, "rows": found.rows, "forgotten": found.forgotten, "head": found.head}
    terminal.finish(ExitCode.PLAN, {"ledger": document})
    return ExitCode.PLAN


def forget_cases(terminal: Terminal, where: str, before: date) -> ExitCode:
    """Take the cases that closed before a date out of a ledger."""
    with Wait(terminal, "Forgetting"), Ledger.open(where, create=False) as ledger:
        stops.hold()
        done = ledger.forget(before)
    terminal.show(Text(done.text))
    document = {
        "before": before.isoformat(),
        "cases": done.cases,
        "rows": dict(done.rows),
    }
    terminal.finish(ExitCode.PLAN, {"forgotten": document})
    return ExitCode.PLAN
