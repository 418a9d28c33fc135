"""The best that a process has told so far, checked before it counts."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.engine.results import (
    ImprovementCallback,
    ProgressCallback,
    Result,
    StandingCallback,
    StopReason,
    phases_of_failures,
)

_ENDS: Final = ("result", "refused", "failed")


class ToldResults:
    """What is known of a problem that a process works on.

    Parameters
    ----------
    arrays
        The problem.
    best
        Shape (units,): the first assignment, which is the answer where nothing is told.
    progress, on_improvement, on_standing
        As for `solve`.

    Attributes
    ----------
    result
        Of the search; None until there is one that can be believed.
    """

    def __init__(
        self,
        arrays: Arrays,
        best: Ints,
        progress: ProgressCallback | None,
        on_improvement: ImprovementCallback | None,
        on_standing: StandingCallback | None,
    ) -> None:
        self._given = arrays
        self._best = best
        self._bounds = _least(arrays)
        self._callbacks: dict[str, Callable[..., None] | None] = {
            "progress": progress,
            "on_improvement": on_improvement,
        }
        self._on_standing = on_standing
        self._stood = False
        self._failures: list[str] = []
        self.result: Result | None = None

    @property
    def wanted(self) -> tuple[str, ...]:
        """Names of the callbacks that somebody waits for."""
        return tuple(name for name, callback in self._callbacks.items() if callback is not None)

    @property
    def best(self) -> Ints:
        """Shape (units,): the best assignment so far."""
        return self._best

    def tell_first(self) -> None:
        """Tell the first assignment, once: the process may say nothing for a while."""
        if self._on_standing is not None and not self._stood:
            self._stood = True
            self._on_standing(self._best, self._bounds)

    def hear(self, name: str, *news: Any) -> bool:
        """Take in a message, and return whether it ends the search."""
        if name == "refused":
            raise ValueError(*news)
        if name == "standing":
            self._take_standing(*news)
        elif name == "result":
            self._take_result(*news)
        elif name == "failed":
            self.fail(f"the search failed: {news[0]}")
        else:
            self._call(name, *news)
        return name in _ENDS

    def fail(self, why: str) -> None:
        """Remember why a process is of no use any more."""
        self._failures.append(why)

    def as_result(self, reason: StopReason) -> Result:
        """Return the best so far as the result of a search that had none."""
        reached = values(self._given, self._best)
        return Result(
            assignment=self._best,
            values=reached,
            bounds=tuple(map(min, self._bounds, reached)),
            stop_reason=reason,
            phases=phases_of_failures(self._failures),
            settled=reached,
            reproducible=False,
        )

    def _take_standing(self, assignment: Ints, bounds: tuple[int, ...]) -> None:
        if not _is_feasible(self._given, assignment):
            return
        self._best, self._bounds = assignment, bounds
        if self._on_standing is not None:
            self._on_standing(assignment, bounds)

    def _take_result(self, result: Result) -> None:
        """Take a result whose assignment keeps the limits and has the values that it tells."""
        given = self._given
        if not _is_feasible(given, result.assignment) or result.values != values(
            given, result.assignment
        ):
            self.fail("the search gave an assignment that cannot be")
            return
        settled = result.settled or result.values
        if any(bound > value for bound, value in zip(result.bounds, settled, strict=True)):
            self.fail("the search gave a bound that cannot be")
            result = replace(result, bounds=_least(given), stop_reason="failed", canonical=False)
        self.result = replace(
            result,
            phases=result.phases + phases_of_failures(self._failures),
            # After a failure the search began elsewhere, which matters unless it is all the same.
            reproducible=result.canonical or (result.reproducible and not self._failures),
        )

    def _call(self, name: str, *news: Any) -> None:
        callback = self._callbacks.get(name)
        if callback is None:
            return
        if name == "progress":
            callback(*news)
            return
        try:
            callback(*news)
        except Exception as error:  # noqa: BLE001 - whatever it is, the result is worth more
            self._callbacks[name] = None
            warnings.warn(
                f"{name} raised {error!r} and is not called again; the search goes on",
                RuntimeWarning,
                stacklevel=2,
            )


def _is_feasible(arrays: Arrays, assignment: Ints) -> bool:
    shaped = isinstance(assignment, np.ndarray) and assignment.shape == (arrays.units,)
    return bool(shaped and assignment.dtype.kind == "i" and not broken_limits(arrays, assignment))


def _least(arrays: Arrays) -> tuple[int, ...]:
    return least_of_tiers(arrays)
