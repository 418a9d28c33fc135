"""The best of every component so far, put together for whoever wants to see it."""

from __future__ import annotations

import math
import threading
import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.arrays.restriction import Restriction
from caseload_balancer.engine.bounds import joined
from caseload_balancer.engine.results import (
    ImprovementCallback,
    Progress,
    ProgressCallback,
    Result,
    StandingCallback,
)
from caseload_balancer.engine.strategies.contexts import Report

_SECONDS_BETWEEN: Final = 0.25
"""Between two calls of the progress callback."""
_SECONDS_WITHOUT_NEWS: Final = 1.0
"""The same where only the time that is left has changed."""


@dataclass(frozen=True)
class _Standing:
    """What is known of a component.

    Parameters
    ----------
    values
        Of the assignment reported last.
    bounds
        Each holds among the assignments whose earlier tiers are no worse than `values`.
    """

    values: tuple[int, ...]
    bounds: tuple[int, ...]

    @property
    def proven(self) -> tuple[bool, ...]:
        """For each tier, whether its value meets its bound."""
        return tuple(value <= bound for value, bound in zip(self.values, self.bounds, strict=True))

    def after(self, found: tuple[int, ...], bounds: tuple[int, ...], least: Ints) -> _Standing:
        """Return what is known after a report of values, and of bounds of the first tiers.

        A bound goes on to hold while no tier before its own is worse than it was.

        Parameters
        ----------
        least
            Bounds that hold whatever the values are.
        """
        worse = (tier for tier, value in enumerate(found) if value > self.values[tier])
        last = next(worse, len(found))
        certain = tuple(least.tolist())
        kept = self.bounds[: last + 1] + certain[last + 1 :]
        reported = bounds + certain[len(bounds) :]
        return _Standing(found, tuple(map(max, kept, reported)))


class Scoreboard:
    """Collects reports from any thread, and shows them from the one that calls `show`.

    Parameters
    ----------
    whole
        The problem that was split, as a restriction of the one that was given.
    components
        Its components, whose values add up to its own.
    progress, on_improvement, on_standing
        As for `solve`; all may be None.
    began
        When the solve began, as `time.monotonic` counts.
    ends
        When its time limit ends.
    """

    def __init__(
        self,
        whole: Restriction,
        components: Sequence[Restriction],
        *,
        progress: ProgressCallback | None,
        on_improvement: ImprovementCallback | None,
        on_standing: StandingCallback | None = None,
        began: float,
        ends: float = math.inf,
    ) -> None:
        self._whole = whole
        self._problems = [one.problem for one in components]
        self._progress = progress
        self._on_improvement = on_improvement
        self._on_standing = on_standing
        self._components = components
        self._best = [one.problem.start for one in components]
        self._stood = False
        self._began = began
        self._ends = ends
        self._shown = began
        self._changed = True  # what was built before any component is news
        self._told: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self._lock = threading.Lock()
        self._reported: dict[int, tuple[Ints, tuple[int, ...]]] = {}
        self._least = [_least(one) for one in self._problems]
        self._least_in_all = [
            sum(int(least[tier]) for least in self._least) for tier in range(whole.problem.tiers)
        ]
        self._known = [
            _Standing(values(one, one.start), tuple(least.tolist()))
            for one, least in zip(self._problems, self._least, strict=True)
        ]

    def reporter(self, component: int) -> Report:
        """Return the function to which a component reports better assignments and bounds."""

        def report(assignment: Ints, bounds: tuple[int, ...]) -> None:
            with self._lock:
                self._reported[component] = assignment, bounds

        return report

    def show(self, phase: str) -> None:
        """Call back with what is new."""
        if not any((self._progress, self._on_improvement, self._on_standing)):
            return
        changed = self._take_reports()
        if self._on_standing is not None and (changed or not self._stood):
            self._stood = True
            self._on_standing(self._assignment(), self._together()[1])
        reached, bounds = self._together()
        now = time.monotonic()
        self._tell(reached, bounds, now)
        patience = _SECONDS_BETWEEN if self._changed else _SECONDS_WITHOUT_NEWS
        if self._progress is None or now < self._shown + patience:
            return
        self._changed = False
        self._shown = now
        self._progress(
            Progress(
                phase=phase,
                values=reached,
                bounds=bounds,
                seconds=now - self._began,
                time_left=max(0.0, self._ends - now),
            )
        )

    def close(self, result: Result) -> None:
        """Tell of the final result what was not told yet."""
        self._tell(result.values, result.bounds, time.monotonic())

    def _assignment(self) -> Ints:
        """Return the best assignment so far of the problem that was split."""
        found = self._whole.problem.start
        for component, best in zip(self._components, self._best, strict=True):
            found = component.lift(best, found)
        return found

    def _take_reports(self) -> bool:
        """Take in what was reported, and return whether anything was."""
        with self._lock:
            reported, self._reported = self._reported, {}
        for component, (assignment, bounds) in reported.items():
            problem = self._problems[component]
            self._best[component] = assignment
            found = values(problem, assignment)
            self._known[component] = self._known[component].after(
                found, bounds, self._least[component]
            )
            self._changed = True
        return bool(reported)

    def _together(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return values and bounds of the problem that was given."""
        constant = self._whole.constant
        reached = zip(constant, *(known.values for known in self._known), strict=True)
        bounds = zip(constant, joined(self._known, self._least_in_all), strict=True)
        return tuple(map(sum, reached)), tuple(map(sum, bounds))

    def _tell(self, reached: tuple[int, ...], bounds: tuple[int, ...], now: float) -> None:
        if self._on_improvement is None or (reached, bounds) == self._told:
            return
        self._told = reached, bounds
        try:
            self._on_improvement(reached, bounds, now - self._began)
        except Exception as error:  # noqa: BLE001 - whatever it is, the result is worth more
            self._on_improvement = None
            warnings.warn(
                f"on_improvement raised {error!r} and is not called again; the search goes on",
                RuntimeWarning,
                stacklevel=2,
            )


def _least(arrays: Arrays) -> Ints:
    """Return what each tier costs at least, whatever the others are, shape (tiers,)."""
    return np.array(least_of_tiers(arrays), np.int64)
