"""Something done in another thread while the caller goes on, with the same outcome as in turn.

What is done there counts its work on an account of its own, and is waited for at a point that does
not depend on how fast either of them is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, wait
from typing import Final, Generic, TypeVar

from caseload_balancer.engine.deadlines import Deadline

_POLL_SECONDS: Final = 0.005
SLOWED_DOWN: Final = 0.5
"""What counts of the shorter of two things side by side: chosen so that with the work of 10 s
components of 500 workers x 6,600 units took 8 to 10 s on two cores."""

T = TypeVar("T")
U = TypeVar("U")


class Beside(Generic[T]):
    """A call in another thread.

    Parameters
    ----------
    pool
        Where it runs.
    call
        Given the deadline to keep to.
    deadline
        Charged with the work, when that is waited for.
    work
        That it may take.
    alongside
        Where the caller's work is counted meanwhile, if both are to be charged as if there were a
        core for each: the longer one, and a share of the shorter, for they slow each other down.
    """

    def __init__(
        self,
        pool: Executor,
        call: Callable[[Deadline], T],
        deadline: Deadline,
        work: float,
        *,
        alongside: Deadline | None = None,
    ) -> None:
        self._deadline = deadline
        self._alongside = alongside
        self._begun = 0.0 if alongside is None else alongside.spent()
        self._lane = deadline.lane(work)
        self._running = pool.submit(call, self._lane)

    def result(self) -> T:
        """Wait for it, and return what came of it."""
        found = self._running.result()
        spent = self._lane.spent()
        if self._alongside is not None:
            meanwhile = self._alongside.spent() - self._begun
            spent = max(0.0, spent - meanwhile) + SLOWED_DOWN * min(spent, meanwhile)
        self._deadline.spend(spent)
        return found

    def spent(self) -> float:
        """Return the work it took, once it was waited for."""
        return self._lane.spent()

    def ends_within(self, work: float) -> bool:
        """Wait until it has taken more than so much work or has ended; return whether it ended.

        So the caller can go on with other work as long as this takes, counted in work.
        """
        self.until(lambda: self._lane.spent() > work)
        return self._running.done() and self._lane.spent() <= work

    def until(self, true: Callable[[], U]) -> U:
        """Wait until something is true or it has ended, and return that something."""
        while not (self._running.done() or true()):
            wait([self._running], timeout=_POLL_SECONDS)
        return true()

    def break_off(self) -> None:
        """End it soon, and wait for that: what came of it depends on the moment, and is lost.

        Its work does not count, nor does an error that ends it; a failure that it noted is told.
        """
        break_off(self._running, self._lane)


def break_off(running: Future[T], lane: Deadline) -> None:
    """End a call that keeps to `lane`, and wait for that."""
    lane.break_off()
    while not running.done():
        wait([running], timeout=_POLL_SECONDS)
        lane.break_off()
