"""Search the trade-off: parts that share no worker apart, budget after budget, in rounds."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.engine.bounds import least_of_options
from caseload_balancer.engine.components import split
from caseload_balancer.engine.presolve import Presolved, presolve
from caseload_balancer.engine.restriction import Restriction
from caseload_balancer.engine.results import Progress, ProgressCallback, Result
from caseload_balancer.engine.signals import stop_requests
from caseload_balancer.engine.solve import solve
from caseload_balancer.insight.frontier_curves import (
    Curve,
    Reached,
    Value,
    joined_bounds,
    joined_values,
    worthwhile,
)
from caseload_balancer.problem.arrays import Arrays, Ints

_FIRST_SHARE: Final = 0.05
"""Of the time limit, what the first search of each part may take, all parts together."""
_GRANT_AT_LEAST: Final = 2.0
"""Seconds below which a search of a team proves little."""
_SHARE_AT_MOST: Final = 0.25
"""Of the time limit, what one search may take where that is less."""
_CHARGE_WHEN_PROVEN: Final = 0.25
"""Of what a search was granted, what it is taken to have used when it ended with a proof.

A fixed figure, so that the same searches are made on any machine.
"""
_LOOK_SECONDS: Final = 0.1
_WORKERS_AT_MOST: Final = 4


def tolerance(step: int) -> int:
    """Return how much of the balance a point may give back to be better in all else.

    Little beside the step, so that what a search reached is worth nearly what it found.
    """
    return step // 4


@dataclass(frozen=True, eq=False)
class Found:
    """One point of the trade-off of the whole problem.

    Parameters
    ----------
    assignment
        Shape (units,) of the whole problem.
    value
        The best value that is known within the budget of the point.
    bound
        Proven: no assignment within it has less.
    bounds
        Proven for each tier of the assignment.
    """

    assignment: Ints
    value: Value
    bound: Value
    bounds: Value


@dataclass(frozen=True, eq=False)
class Searched:
    """The points by rising budget.

    Parameters
    ----------
    points
        The points.
    complete
        Whether no worthwhile one can be missing.
    interrupted
        Whether somebody asked to stop.
    """

    points: tuple[Found, ...]
    complete: bool
    interrupted: bool


class Search:
    """The search of one problem's trade-off.

    Parameters
    ----------
    arrays
        The problem without a budget and without slack; its start takes nothing of a budget.
    judged
        How many tiers a value has: those before the balance of loads, and the balance.
    step
        Improvements of the balance below it are none.
    most
        The largest budget; None for as much as there is to spend.
    time_limit, seed
        For all searches together; of each search.
    """

    def __init__(
        self,
        arrays: Arrays,
        *,
        judged: int,
        step: int,
        most: int | None,
        time_limit: float,
        seed: int,
    ) -> None:
        self._arrays = arrays
        self._judged = judged
        self._step = step
        self._most = most
        self._seed = seed
        self._began = time.monotonic()
        self._seconds = time_limit
        self._smaller: Presolved = presolve(arrays)
        self._parts: list[Restriction] = split(self._smaller.left.part)
        slack = arrays.slack_abs.copy()
        slack[judged - 1] = tolerance(step) // max(1, len(self._parts))
        self._curves = [
            Curve(replace(part.part, slack_abs=slack), judged=judged, step=step, most=most)
            for part in self._parts
        ]
        self._asked = threading.Event()
        self._ended = threading.Event()

    def run(
        self,
        *,
        executor: Executor | None,
        progress: ProgressCallback | None,
        stop: Callable[[], bool] | None,
        handle_signals: bool,
    ) -> Searched:
        """Search in rounds, until all is known, the time is up or somebody asks to stop."""
        threads = executor is None or isinstance(executor, ThreadPoolExecutor)
        pool = executor or ThreadPoolExecutor(min(_WORKERS_AT_MOST, os.cpu_count() or 1))
        grant = max(
            _FIRST_SHARE * self._seconds / max(1, len(self._curves)),
            min(_GRANT_AT_LEAST, _SHARE_AT_MOST * self._seconds),
        )
        left = self._seconds
        try:
            with stop_requests(self._asked.set, handle=handle_signals):
                while left > 0 and not self._over(stop):
                    tasks = self._tasks(grant)
                    if not tasks:
                        break
                    running = {
                        pool.submit(
                            self._solver(threads=threads), self._at(curve, budget), seconds
                        ): (
                            curve,
                            budget,
                            seconds,
                        )
                        for curve, budget, seconds in tasks
                    }
                    left -= self._await(running, stop, threads=threads)
                    self._tell(progress)
        finally:
            if pool is not executor:
                pool.shutdown(cancel_futures=True)
        return self._searched()

    def _tasks(self, grant: float) -> list[tuple[Curve, int, float]]:
        """Return what to search in this round: one budget a part."""
        wanted = [(curve, curve.next_budget()) for curve in self._curves]
        found = [(curve, budget, grant) for curve, budget in wanted if budget is not None]
        if found:
            return found
        again = [(curve, curve.unproven()) for curve in self._curves]
        return [
            (curve, budget, grant * 2 ** curve.tries(budget))
            for curve, budget in again
            if budget is not None
        ]

    def _at(self, curve: Curve, budget: int) -> Arrays:
        return replace(curve.arrays, budget=budget, start=curve.best(budget).assignment)

    def _solver(self, *, threads: bool) -> Callable[[Arrays, float], Result]:
        return _Solver(self._seed, self._ended.is_set if threads else None)

    def _await(
        self,
        running: dict[Future[Result], tuple[Curve, int, float]],
        stop: Callable[[], bool] | None,
        *,
        threads: bool,
    ) -> float:
        """Take the results of a round in its order; return the seconds it is charged."""
        pending = set(running)
        while pending:
            _, pending = wait(pending, timeout=_LOOK_SECONDS, return_when=FIRST_COMPLETED)
            if self._over(stop):
                self._ended.set()
                for future in pending:
                    future.cancel()
                if not threads:
                    break
        charged = 0.0
        for future, (curve, budget, seconds) in running.items():
            if future.done() and not future.cancelled():
                result = future.result()
                curve.take(budget, result)
                proven = result.stop_reason == "proven"
                charged += seconds * (_CHARGE_WHEN_PROVEN if proven else 1.0)
        return charged

    def _over(self, stop: Callable[[], bool] | None) -> bool:
        if stop is not None and stop():
            self._asked.set()
        return self._asked.is_set() or time.monotonic() - self._began > self._seconds

    def _tell(self, progress: ProgressCallback | None) -> None:
        if progress is not None:
            last = [curve.best(curve.most).value for curve in self._curves]
            bounds = [curve.bound(curve.most) for curve in self._curves]
            searched = sum(curve.searched for curve in self._curves)
            progress(
                Progress(
                    phase=f"{searched} numbers of moves tried",
                    values=_total(last),
                    bounds=_total(bounds),
                    seconds=time.monotonic() - self._began,
                )
            )

    def _searched(self) -> Searched:
        beyond = self._smaller.left.constant[: self._judged]
        most = sum(curve.most for curve in self._curves)
        most = most if self._most is None else min(most, self._most)
        bounds = joined_bounds(self._curves, (0,) * self._judged, most)
        joined = joined_values(self._curves, (0,) * self._arrays.tiers, most)
        kept = worthwhile([(one[0], one[1][: self._judged]) for one in joined], self._step)
        points = []
        for position in kept:
            budget, reached, taken = joined[position]
            inner = self._smaller.left.part.start
            for part, one in zip(self._parts, taken, strict=True):
                inner = part.lift(one.assignment, inner)
            value = _total([reached[: self._judged], beyond])
            bound = _total([bounds[max(start for start in bounds if start <= budget)], beyond])
            points.append(
                Found(
                    assignment=self._smaller.lift(inner),
                    value=value,
                    bound=bound,
                    bounds=self._tier_bounds(value, bound, taken),
                )
            )
        complete = all(curve.next_budget() is None for curve in self._curves)
        return Searched(tuple(points), complete, self._asked.is_set())

    def _tier_bounds(self, value: Value, bound: Value, taken: Sequence[Reached]) -> Value:
        """Return what is proven of each tier, given that those before are no worse than here."""
        bounds = [least_of_options(self._arrays, tier) for tier in range(self._arrays.tiers)]
        for tier in range(self._judged):
            bounds[tier] = bound[tier]
            if bound[tier] < value[tier]:
                return tuple(bounds)
        if len(taken) == 1:
            constant = self._smaller.left.constant
            rest = range(self._judged, self._arrays.tiers)
            bounds[self._judged :] = [taken[0].bounds[tier] + constant[tier] for tier in rest]
        return tuple(bounds)


@dataclass(frozen=True)
class _Solver:
    """One search; can be sent to another process when it asks nobody whether to stop."""

    seed: int
    stop: Callable[[], bool] | None = None

    def __call__(self, arrays: Arrays, seconds: float) -> Result:
        return solve(arrays, time_limit=seconds, seed=self.seed, stop=self.stop, workers=1)


def _total(rows: Sequence[Value]) -> Value:
    return tuple(map(sum, zip(*rows, strict=True)))
