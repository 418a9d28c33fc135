"""How somebody wants a week to be run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from caseload_balancer.engine import ProgressCallback


@dataclass(frozen=True, kw_only=True)
class WeeklyRequest:
    """How a week is to be run.

    Parameters
    ----------
    accept
        Findings to accept beside those of the settings.
    replace
        Whether other input may stand in place of what is recorded for the week.
    dry_run
        Whether nothing is to be written.
    progress, before_writing
        As `allocate` takes it; called when all is ready to be written, and then is finished.
    """

    accept: tuple[str, ...] = ()
    replace: bool = False
    dry_run: bool = False
    progress: ProgressCallback | None = None
    before_writing: Callable[[], None] = lambda: None
