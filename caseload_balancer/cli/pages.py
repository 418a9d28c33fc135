"""Pages beside a plan: a page for each worker, and charts on the meeting's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.domain import Snapshot
from caseload_balancer.output import can_draw
from caseload_balancer.plan import Plan


@dataclass(frozen=True, kw_only=True)
class Pages:
    """What is asked for.

    Parameters
    ----------
    charts
        Charts on the page for the meeting.
    worker_pages
        Folder for a page for each worker; None writes none.
    """

    charts: bool
    worker_pages: Path | None

    def check(self) -> None:
        """Make sure, before any time is spent, that they can be made.

        Raises
        ------
        OutputError
            When the folder cannot be written to.
        """
        if self.charts and not can_draw():
            message = "--charts needs matplotlib: pip install 'caseload-balancer[charts]'"
            raise typer.BadParameter(message)
        if self.worker_pages is not None:
            check_writable(self.worker_pages)

    def write(self, snapshot: Snapshot, plan: Plan, terminal: Terminal) -> None:
        """Write the page of each worker, where they were asked for, and say so."""
        if self.worker_pages is not None:
            cb.write_worker_pages(snapshot, plan, self.worker_pages, names=terminal.names)
            said = f"A page for each worker is in {self.worker_pages}, with pages.csv"
            terminal.show(Text(said, style="bold"))
