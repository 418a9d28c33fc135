"""Something done in another thread while the caller goes on, with the same outcome as in turn.

What is done there counts its work on an account of its own, and is waited for at a point that does
not depend on how fast either of them is.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, wait
from typing import Final, Generic, TypeVar

from caseload_balancer.engine.deadlines import Deadline

_POLL_SECONDS: Final = 0.005

T = TypeVar("T")


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
    """

    def __init__(
        self, pool: Executor, call: Callable[[Deadline], T], deadline: Deadline, work: float
    ) -> None:
        self._deadline = deadline
        self._lane = deadline.lane(work)
        self._running = pool.submit(call, self._lane)

    def result(self) -> T:
        """Wait for it, and return what came of it."""
        found = self._running.result()
        self._deadline.spend(self._lane.spent())
        return found

    def spent(self) -> float:
        """Return the work it took, once it was waited for."""
        return self._lane.spent()

    def ends_within(self, work: float) -> bool:
        """Wait until it has taken more than so much work or has ended; return whether it ended.

        So the caller can go on with other work as long as this takes, counted in work.
        """
        while not self._running.done() and self._lane.spent() <= work:
            wait([self._running], timeout=_POLL_SECONDS)
        return self._running.done() and self._lane.spent() <= work

    def break_off(self) -> None:
        """End it soon, and wait for that: nothing of it counts, for it depends on the moment."""
        self._lane.revoke()
        self._running.exception()
