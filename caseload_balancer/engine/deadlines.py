"""One deadline for all phases: wall clock, deterministic work, and a request to stop."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from caseload_balancer.engine.results import StopReason

WORK_PER_SECOND: Final = 0.12
"""Work granted for a second of time limit.

Work is counted in CP-SAT's deterministic seconds; what GLOP, HiGHS and the knapsacks do is
converted to a like scale, on which a core was measured to do 0.1 to 0.2 in a second (CP-SAT itself
does more). About as much as one core does is granted, so that with two the work runs out before the
clock does, and two runs on a busy machine end at the same point.
"""
_GRACE_SECONDS: Final = 0.2
"""After the time is up, before what runs in other threads is cut short."""


class Deadline:
    """When to stop: the time is up, the work is done, or somebody asked.

    It also knows whether the clock has decided anything. What counted work decides is the same in
    every run; what the clock decides is not, so whoever asks the clock gets the answer noted here.
    A failure is noted as well, for another run need not have it.

    Parameters
    ----------
    seconds
        Wall-clock time from now.
    work
        Work from now, in CP-SAT's deterministic seconds; unlimited unless given.
    stop
        Asked now and then whether to stop at once.
    parent, charged
        The deadline this was made from, and whether work done here is charged there too.
    """

    def __init__(
        self,
        seconds: float,
        *,
        work: float = math.inf,
        stop: Callable[[], bool] | None = None,
        parent: Deadline | None = None,
        charged: bool = False,
    ) -> None:
        self._ends = time.monotonic() + seconds
        self._work = work
        self._spent = 0.0
        self._stop = stop
        self._parent = parent
        self._charged = parent if charged else None
        self._struck = False
        self._calls: list[Callable[[], object]] = []
        self._running: _Running = _Running() if parent is None else parent.running

    def remaining(self) -> float:
        """Return the wall-clock seconds left, 0 or more."""
        return max(0.0, self._ends - time.monotonic())

    def work_left(self) -> float:
        """Return the work left, 0 or more."""
        above = math.inf if self._charged is None else self._charged.work_left()
        return max(0.0, min(self._work - self._spent, above))

    def spent(self) -> float:
        """Return the work done."""
        return self._spent

    def spend(self, work: float) -> None:
        """Add work done, here and in the deadline that this is a slice of."""
        self._spent += work
        if self._charged is not None:
            self._charged.spend(work)

    def revoke(self) -> None:
        """Take away the work that is left."""
        self._work = 0.0

    def break_off(self) -> None:
        """Take away the work that is left, and cut short what runs under this in another thread.

        Under this is also what runs under a slice of it.

        To be called repeatedly: a call has no effect on what begins a moment later.
        """
        self.revoke()
        for call in self._calls.copy():
            call()

    def stopped(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._running.ended or (self._stop is not None and self._stop())

    def end(self) -> None:
        """Stop now, with every slice and lane of it."""
        self._running.ended = True

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
        """Return whether to stop now. Where it is not for the work, the clock has decided."""
        if self.work_left() <= 0 and not self.stopped():
            return True
        if self.reason() is None:
            return False
        self.strike()
        return True

    def allows(self, seconds: float) -> bool:
        """Return whether there is time for what takes so long. If not, the clock has decided."""
        if self.remaining() > seconds:
            return True
        self.strike()
        return False

    def note_end(self, *, within: float = 0.0) -> None:
        """Note it if what was done just now was cut short, by the clock or by somebody.

        Parameters
        ----------
        within
            Seconds before the end at which the clock cuts it short.
        """
        if self.stopped() or self.remaining() <= within:
            self.strike()

    def strike(self) -> None:
        """Note that the clock has decided something, here and in all this was made from."""
        self._struck = True
        if self._parent is not None:
            self._parent.strike()

    @property
    def struck(self) -> bool:
        """Whether the clock, or a failure, has decided: another run may come to something else."""
        return self._struck

    def slice(self, share: float) -> Deadline:
        """Return a deadline after a `share`, from 0 to 1, of the work left.

        The time is shared only where work is unlimited. Shared as well as the work, it would end
        searches at other points in every run, long before the time is up.
        """
        work = share * self.work_left()
        seconds = self.remaining() * (share if math.isinf(work) else 1.0)
        return Deadline(seconds, work=work, stop=self._stop, parent=self, charged=True)

    def lane(self, work: float, *, seconds: float = math.inf) -> Deadline:
        """Return a deadline with an account of its own, which a request to stop ends as well."""
        seconds = min(seconds, self.remaining())
        return Deadline(seconds, work=work, stop=self._stop, parent=self)

    @property
    def running(self) -> _Running:
        """What runs under this deadline and those it was made from."""
        return self._running

    @contextmanager
    def stopping(self, cut_short: Callable[[], object]) -> Iterator[None]:
        """Have `enforce` and `break_off`, here and further up, call `cut_short` meanwhile."""
        self._calls.append(cut_short)
        try:
            if self._parent is not None:
                with self._parent.stopping(cut_short):
                    yield
            else:
                with self._running.calling(cut_short):
                    yield
        finally:
            self._calls.remove(cut_short)

    def enforce(self) -> None:
        """Cut short what runs in other threads, if somebody asked to stop or it is overdue.

        To be called repeatedly: a call has no effect on what begins a moment later.
        """
        if self.stopped() or time.monotonic() > self._ends + _GRACE_SECONDS:
            self._running.cut_short()

    def overdue(self) -> float:
        """Return for how many seconds it should have ended: since the time was up or `stopped`."""
        late = time.monotonic() - self._ends
        return max(0.0, late, self._running.since_stopped(stopped=self.stopped()))

    def note_failure(self, failure: str) -> None:
        """Remember a failure that costs time only, and that another run need not have."""
        self._running.note_failure(failure)
        self.strike()

    @property
    def failures(self) -> tuple[str, ...]:
        """What failed under this deadline and those it was made from, and how often."""
        return tuple(f"{what} ({often} x)" for what, often in self._running.failures())


class _Running:
    """How to cut short what runs now, in whichever threads."""

    def __init__(self) -> None:
        self.ended = False
        self._failures: Counter[str] = Counter()
        self._stopped_at: float | None = None
        self._calls: list[Callable[[], object]] = []
        self._lock = threading.Lock()

    @contextmanager
    def calling(self, call: Callable[[], object]) -> Iterator[None]:
        with self._lock:
            self._calls.append(call)
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(call)

    def note_failure(self, failure: str) -> None:
        with self._lock:
            self._failures[failure] += 1

    def failures(self) -> list[tuple[str, int]]:
        with self._lock:
            return list(self._failures.items())

    def since_stopped(self, *, stopped: bool) -> float:
        if stopped and self._stopped_at is None:
            self._stopped_at = time.monotonic()
        return 0.0 if self._stopped_at is None else time.monotonic() - self._stopped_at

    def cut_short(self) -> None:
        with self._lock:
            calls = list(self._calls)
        for call in calls:
            call()
