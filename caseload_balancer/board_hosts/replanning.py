"""Planning again while the board goes on: one search at a time, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any, Final

from caseload_balancer.arrays import Ints
from caseload_balancer.board_hosts import words
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import CaseloadError, DataError
from caseload_balancer.insight.planned import week_of_plan
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.insight.reallocate.question import reallocate_week
from caseload_balancer.plan import Plan
from caseload_balancer.plan.week import PlannedWeek

Message = dict[str, Any]
"""What the board is told: docs/board-hosts.md lists the kinds."""

_SECONDS_BETWEEN: Final = 0.5
"""Between two sentences about how far the search is."""


class Replanning:
    """Plans a week again around decisions, and tells how far it is.

    The week and its plan are kept put together, as that takes as long as a search often does.

    Parameters
    ----------
    snapshot
        The week.
    time_limit
        Seconds a search may take.
    seed
        Of every search.
    """

    def __init__(self, snapshot: Snapshot, *, time_limit: float, seed: int) -> None:
        self._snapshot = snapshot
        self._time_limit = time_limit
        self._seed = seed
        self._running = threading.Lock()
        self._stop = threading.Event()
        self._kept: tuple[Plan, PlannedWeek] | None = None

    @property
    def running(self) -> bool:
        """Whether a search is under way."""
        return self._running.locked()

    def begin(
        self,
        plan: Plan,
        overrides: Overrides,
        *,
        tell: Callable[[Message], None],
        adopt: Callable[[Plan], None],
    ) -> bool:
        """Start a search, and return whether it was: only one runs at a time.

        Parameters
        ----------
        plan
            The plan on the board.
        tell
            Called from the search's thread with each message.
        adopt
            Called from that thread with the new plan, before it is told that there is one. What
            it raises is told instead.
        """
        if not self._running.acquire(blocking=False):
            return False
        self._stop.clear()
        arguments = (plan, overrides, tell, adopt)
        # A daemon: a program that is asked to end does not wait for a search.
        threading.Thread(target=self._run, args=arguments, daemon=True).start()
        return True

    def stop(self) -> None:
        """Have the search end, and everything be as it was before."""
        self._stop.set()

    def _run(
        self,
        plan: Plan,
        overrides: Overrides,
        tell: Callable[[Message], None],
        adopt: Callable[[Plan], None],
    ) -> None:
        try:
            last = self._last_message(plan, overrides, tell, adopt)
        finally:
            self._running.release()
        tell(last)

    def _last_message(
        self,
        plan: Plan,
        overrides: Overrides,
        tell: Callable[[Message], None],
        adopt: Callable[[Plan], None],
    ) -> Message:
        try:
            found = self._search(plan, overrides, tell)
            if self._stop.is_set():
                return {"type": "failed", "text": words.STOPPED}
            tell({"type": "progress", "text": words.PUTTING_DOWN, "share": 1.0})
            adopt(found)
            return {"type": "solved", "text": words.planned_again(plan, found)}
        except DataError as error:
            if self._stop.is_set():
                return {"type": "failed", "text": words.STOPPED}
            return {"type": "refused", "problems": [str(one) for one in error.problems]}
        except CaseloadError as error:
            return {"type": "failed", "text": str(error)}
        except Exception:  # noqa: BLE001 - a trace may show cells; the board must hear that it ended
            return {"type": "failed", "text": words.DEFECT}

    def _search(self, plan: Plan, overrides: Overrides, tell: Callable[[Message], None]) -> Plan:
        telling = _Telling(self._time_limit, tell)
        if self._kept is None or self._kept[0] is not plan:
            self._kept = plan, week_of_plan(self._snapshot, plan)
        week = self._kept[1]

        def show(assignment: Ints, keeps: bool) -> None:  # noqa: FBT001 - as the search calls it
            telling.news = words.best_so_far(week, assignment, keeps=keeps)

        def look() -> bool:
            telling.go_on()
            return self._stop.is_set()

        return reallocate_week(
            week,
            plan,
            overrides,
            time_limit=self._time_limit,
            granted=self._time_limit,
            seed=self._seed,
            stop=look,
            on_standing=show,
        )


class _Telling:
    """Tells twice a second what is the news and how much time is left."""

    def __init__(self, time_limit: float, tell: Callable[[Message], None]) -> None:
        self.news = words.BEGUN
        self._limit = time_limit
        self._tell = tell
        self._began = time.monotonic()
        self._told = -1.0
        self.go_on()

    def go_on(self) -> None:
        spent = time.monotonic() - self._began
        if self._told < 0 or spent >= self._told + _SECONDS_BETWEEN:
            self._told = spent
            text = f"{self.news} {words.time_left(self._limit - spent)}"
            share = min(1.0, spent / self._limit) if self._limit else 1.0
            self._tell({"type": "progress", "text": text, "share": share})
