"""A sign of life on the terminal for work that takes longer than a second."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column

from caseload_balancer.cli.terminals import Terminal
from caseload_balancer.engine import Progress as SearchProgress
from caseload_balancer.progress import PlanProgress

_PATIENCE_SECONDS = 1.0
_BAR_CELLS = 12


class Wait:
    """Show what is under way once it has taken a second, and clear it when it is done.

    Parameters
    ----------
    terminal
        Shown on its standard error, and only if somebody is watching.
    doing
        What is under way, as ``Reading examples/data/team``.
    time_limit
        Seconds the work may take at most, where it has a limit.
    """

    def __init__(
        self,
        terminal: Terminal,
        doing: str,
        time_limit: float | None = None,
    ) -> None:
        self._progress = Progress(
            SpinnerColumn("line" if terminal.err.options.ascii_only else "dots"),
            BarColumn(bar_width=_BAR_CELLS),
            TimeElapsedColumn(),
            # Last, and folded: on a narrow screen it has the rest of the line, and more lines.
            TextColumn("{task.description}", markup=False, table_column=Column(overflow="fold")),
            console=terminal.err,
            transient=True,
            disable=not terminal.shows_progress,
        )
        self._doing = doing
        self._task = self._progress.add_task(doing, total=time_limit)
        self._timer = threading.Timer(_PATIENCE_SECONDS, self._progress.start)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._timer.join()
        self._progress.stop()

    def update(self, search: SearchProgress) -> None:
        """Show how far a search is: in a manager's words where it is one for a plan."""
        self.tell(
            search.seconds, search.sentence if isinstance(search, PlanProgress) else search.phase
        )

    def tell(self, seconds: float, news: str) -> None:
        """Show what is the latest news, after so many seconds."""
        self._progress.update(self._task, completed=seconds, description=f"{self._doing}: {news}")
