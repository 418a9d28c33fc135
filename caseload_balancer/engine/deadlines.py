"""One deadline for all phases: wall clock, deterministic work, and a request to stop."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from caseload_balancer.engine.results import StopReason

WORK_PER_SECOND: Final = 0.2
"""Work granted for a second of time limit.

Work is counted in CP-SAT's deterministic seconds, of which a core of 2024 does 0.2 to 0.8 in a
second. The lowest is granted, so that the work runs out before the clock does and two runs on a
busy machine end at the same point.
"""


class Deadline:
    """When to stop: the time is up, the work is done, or somebody asked.

    Parameters
    ----------
    seconds
        Wall-clock time from now.
    work
        Work from now, in CP-SAT's deterministic seconds; unlimited unless given.
    stop
        Asked now and then whether to stop at once.
    """

    def __init__(
        self,
        seconds: float,
        *,
        work: float = math.inf,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self._began = time.monotonic()
        self._ends = self._began + seconds
        self._work = work
        self._stop = stop
        self._parent: Deadline | None = None
        self._running: set[Callable[[], object]] = set()
        self._lock = threading.Lock()

    def elapsed(self) -> float:
        """Return the seconds since it was set."""
        return time.monotonic() - self._began

    def remaining(self) -> float:
        """Return the wall-clock seconds left, 0 or more."""
        return max(0.0, self._ends - time.monotonic())

    def work_left(self) -> float:
        """Return the work left, 0 or more."""
        above = math.inf if self._parent is None else self._parent.work_left()
        return max(0.0, min(self._work, above))

    def spend(self, work: float) -> None:
        """Take note of work done, here and in the deadline this is a part of."""
        self._work -= work
        if self._parent is not None:
            self._parent.spend(work)

    def stopped(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._stop is not None and self._stop()

    def reason(self) -> StopReason | None:
        """Return why to stop now, or None."""
        if self.stopped():
            return "interrupted"
        if self.remaining() <= 0:
            return "time limit"
        if self.work_left() <= 0:
            return "work limit"
        return None

    def passed(self) -> bool:
        """Return whether to stop now."""
        return self.reason() is not None

    @contextmanager
    def stopping(self, cut_short: Callable[[], object]) -> Iterator[None]:
        """Have `enforce` call `cut_short` while the block runs."""
        if self._parent is not None:
            with self._parent.stopping(cut_short):
                yield
            return
        with self._lock:
            self._running.add(cut_short)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(cut_short)

    def enforce(self, grace: float = 0.2) -> None:
        """Cut short what runs in other threads, if somebody asked to stop or it is overdue.

        To be called again and again: what had hardly begun may miss one call.
        """
        if self.stopped() or time.monotonic() > self._ends + grace:
            with self._lock:
                running = list(self._running)
            for cut_short in running:
                cut_short()

    def part(self, share: float) -> Deadline:
        """Return a deadline after a `share`, from 0 to 1, of the time and the work left."""
        child = Deadline(share * self.remaining(), work=share * self.work_left(), stop=self._stop)
        child._parent = self
        return child
