"""A line of progress under a notebook's cell, in Jupyter and in whatever else has its kernel."""

from __future__ import annotations

import html
import sys
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from caseload_balancer.engine import Progress
from caseload_balancer.progress import PlanProgress

_PATIENCE_SECONDS: Final = 1.0
"""What is done sooner needs no line."""


def in_kernel() -> bool:
    """Say whether this is a cell of a notebook, run by the one thread that may show something.

    IPython is asked only where it is loaded already, as it is in every kernel.
    """
    ask = getattr(sys.modules.get("IPython"), "get_ipython", None)
    if ask is None or threading.current_thread() is not threading.main_thread():
        return False
    return getattr(ask(), "kernel", None) is not None


class CellProgress:
    """Shows how far a search is under the cell that started it, once it has taken a second.

    One line, replaced in place: text for every front end, and no widget, so that it needs nothing
    installed and a saved notebook keeps its last state. The last line says how the search ended.

    Parameters
    ----------
    did
        What was done, in the last line.
    """

    def __init__(self, did: str = "Searched") -> None:
        self._did = did
        self._began = time.monotonic()
        self._handle: Any = None
        self._last = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is not None:
            seconds = time.monotonic() - self._began
            ended = f"{self._did} for {seconds:.0f} s."
            self._show(ended if kind is None else "Ended by an error.")

    def tell(self, news: Progress) -> None:
        """Show the latest news."""
        said = news.sentence if isinstance(news, PlanProgress) else news.phase
        self._show_in_time(f"Searching: {said}")

    def count(self, done: int, of_all: int) -> None:
        """Show how many runs of a simulation are done."""
        self._show_in_time(f"Simulating: {done:,} of {of_all:,} runs are done.")

    def _show_in_time(self, line: str) -> None:
        if time.monotonic() - self._began >= _PATIENCE_SECONDS:
            self._show(line)

    def _show(self, line: str) -> None:
        if line == self._last:
            return
        self._last = line
        # A front end that has gone away is no reason to lose a plan.
        with suppress(Exception):
            bundle = {"text/plain": line, "text/html": f"<div>{html.escape(line)}</div>"}
            if self._handle is None:
                display = sys.modules["IPython"].display.display
                self._handle = display(bundle, raw=True, display_id=True)
            else:
                self._handle.update(bundle, raw=True)
