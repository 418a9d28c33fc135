"""The best assignment of every component so far, put together for a progress display."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Final

from caseload_balancer.arrays import Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.restriction import Restriction
from caseload_balancer.engine.bounds import least_of_options
from caseload_balancer.engine.results import Progress, ProgressCallback
from caseload_balancer.engine.strategies.contexts import Report

_SECONDS_BETWEEN: Final = 0.25


class Scoreboard:
    """Collects reports from any thread, and shows them from the one that calls `show`.

    Parameters
    ----------
    whole
        The problem that was split, as a restriction of the one that was given.
    components
        Its components, whose values add up to its own.
    callback
        Called with the progress; may be None.
    """

    def __init__(
        self,
        whole: Restriction,
        components: Sequence[Restriction],
        callback: ProgressCallback | None,
    ) -> None:
        self._whole = whole
        self._components = components
        self._callback = callback
        self._began = time.monotonic()
        self._shown = self._began
        self._lock = threading.Lock()
        self._assignment = whole.problem.start
        self._changed = False
        tiers = range(whole.problem.tiers)
        self._bounds = [
            [least_of_options(one.problem, tier) for tier in tiers] for one in components
        ]

    def reporter(self, component: int) -> Report:
        """Return the function to which a component reports better assignments and bounds."""

        def report(inner: Ints, bounds: tuple[int, ...]) -> None:
            with self._lock:
                self._assignment = self._components[component].lift(inner, self._assignment)
                self._bounds[component][: len(bounds)] = bounds
                self._changed = True

        return report

    def show(self, phase: str) -> None:
        """Call back if anything has changed, a few times a second at most."""
        now = time.monotonic()
        if self._callback is None or not self._changed or now < self._shown + _SECONDS_BETWEEN:
            return
        with self._lock:
            self._changed = False
            assignment = self._assignment
            bounds = [sum(column) for column in zip(*self._bounds, strict=True)]
        tier_values = values(self._whole.problem, assignment)
        constant = self._whole.constant
        self._shown = now
        self._callback(
            Progress(
                phase=phase,
                values=tuple(map(sum, zip(tier_values, constant, strict=True))),
                bounds=tuple(map(sum, zip(bounds, constant, strict=True))),
                seconds=now - self._began,
            )
        )
