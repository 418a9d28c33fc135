"""Pages beside a plan: a page for each worker, the board, and charts on the meeting's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.text import Text

import caseload_balancer as cb
from caseload_balancer.cli.outputs import check_writable
from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.domain import Snapshot
from caseload_balancer.extras import load

if TYPE_CHECKING:
    from caseload_balancer.plan import Plan

BOARD_NAME: Final = "board.html"
"""What the board is called in the folder of a plan."""


@dataclass(frozen=True, kw_only=True)
class Pages:
    """What is asked for.

    Parameters
    ----------
    charts
        Charts on the page for the meeting.
    worker_pages
        Folder for a page for each worker; None writes none.
    board
        The board in the folder of the plan. It is renewed anyway where there is one: that of
        another plan must not stay beside this one.
    """

    charts: bool
    worker_pages: Path | None
    board: bool

    def check(self) -> None:
        """Make sure, before any time is spent, that they can be made.

        Raises
        ------
        OutputError
            When the folder cannot be written to.
        """
        if self.charts:
            load("--charts", "matplotlib")
        if self.worker_pages is not None:
            check_writable(self.worker_pages)

    def write(
        self, snapshot: Snapshot, plan: Plan, out: Path, terminal: Terminal
    ) -> tuple[str, ...]:
        """Write what is asked for; return the names of files that are beside those of the plan."""
        if self.worker_pages is not None:
            cb.write_worker_pages(snapshot, plan, self.worker_pages, names=terminal.names)
        if not self.board and not (out / BOARD_NAME).exists():
            return ()
        cb.write_board(snapshot, plan, out / BOARD_NAME, names=terminal.names)
        return (BOARD_NAME,)

    def tell(self, terminal: Terminal) -> None:
        """Say where the page of each worker is."""
        if self.worker_pages is not None:
            said = f"A page for each worker is in {self.worker_pages}, with pages.csv"
            terminal.show(Text(said, style="bold"))
