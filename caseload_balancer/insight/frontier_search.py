"""Search the trade-off: parts that share no worker apart, budget after budget, in rounds.

A round searches one thing of each part. First the most even loads whatever it takes, and the tiers
before the balance for every number of moves at which they change: both take a fraction of a second
and say how much can be hidden where. Then the balance, where most can be. Last, of the points that
are told, the goals that choose among equals.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from caseload_balancer.engine.bounds import least_of_options
from caseload_balancer.engine.components import split
from caseload_balancer.engine.presolve import Presolved, presolve
from caseload_balancer.engine.restriction import Restriction
from caseload_balancer.engine.results import Progress, ProgressCallback, Result
from caseload_balancer.insight.frontier_curves import Curve
from caseload_balancer.insight.frontier_joining import joined_bounds, joined_values
from caseload_balancer.insight.frontier_runner import Runner, running
from caseload_balancer.insight.frontier_values import Reached, Value, worthwhile
from caseload_balancer.problem.arrays import Arrays, Ints

_GRANT: Final = 0.5
"""Seconds a first search of the balance may take: it leaves little open, and later ones less."""
_SHARE_AT_MOST: Final = 0.25
"""Of the time limit, what one search may take where that is less."""
_CHARGE_EARLY: Final = 0.04
"""Of what a search before the balance was granted, what it is taken to have used."""
_CHARGE_PROVEN: Final = 0.25
"""The same of a search of the balance that ended with a proof."""
_CHARGE_UNPROVEN: Final = 0.5
"""The same of any other.

Fixed figures, so that the same searches are made on any machine.
"""
_AT_ONCE: Final = 2
"""Searches of a round, at least, so that two cores have work where all is one part."""
_CLOCK_SHARE: Final = 0.9
"""Of the time limit, when the clock ends the search: putting the points together takes the rest."""
_LAST_SHARE: Final = 0.2
"""Of the time limit, what is left for the goals that choose among equals."""


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
        self._limit = time_limit
        self._began = time.monotonic()
        self._smaller: Presolved = presolve(arrays)
        self._parts: list[Restriction] = split(self._smaller.left.part)
        slack = arrays.slack_abs.copy()
        slack[judged - 1] = tolerance(step) // max(1, len(self._parts))
        self._curves = [
            Curve(replace(part.part, slack_abs=slack), judged=judged, step=step, most=most)
            for part in self._parts
        ]

    def run(
        self,
        *,
        executor: Executor | None,
        progress: ProgressCallback | None,
        stop: Callable[[], bool] | None,
        handle_signals: bool,
    ) -> Searched:
        """Search in rounds, until all is known, the time is up or somebody asks to stop."""
        with running(
            executor,
            seconds=_CLOCK_SHARE * self._limit - (time.monotonic() - self._began),
            seed=self._seed,
            stop=stop,
            handle_signals=handle_signals,
        ) as runner:
            left = (1 - _LAST_SHARE) * self._limit
            while left > 0 and not runner.over:
                tasks = self._tasks()
                if not tasks:
                    break
                results = runner.solve([(task.arrays, task.seconds) for task in tasks])
                for task, result in zip(tasks, results, strict=True):
                    if result is not None:
                        task.take(result)
                        left -= task.charge(result)
                self._tell(runner, progress)
            return self._searched(runner)

    def _tasks(self) -> list[_Task]:
        """Return what to search in this round: one thing a part."""
        for wanted in (self._floor, self._before_balance, self._balance, self._again):
            found = [task for curve in self._curves for task in wanted(curve)]
            if found:
                return found
        return []

    def _granted(self, seconds: float) -> float:
        return min(seconds, _SHARE_AT_MOST * self._limit)

    def _floor(self, curve: Curve) -> Iterator[_Task]:
        if not curve.has_floor:
            arrays = replace(curve.balance, start=curve.best(curve.most).assignment)
            yield _Task(arrays, self._granted(_GRANT), curve.take_balance, early=True)

    def _before_balance(self, curve: Curve) -> Iterator[_Task]:
        budget = curve.next_early()
        if budget is not None:
            arrays = _within(curve.early, curve, budget)
            take = partial(curve.take_early, budget)
            yield _Task(arrays, self._granted(_GRANT), take, early=True)

    def _balance(self, curve: Curve) -> Iterator[_Task]:
        chord = curve.next_chord()
        if chord is not None:
            take = partial(curve.take_tangent, chord)
            yield _Task(curve.priced(chord), self._granted(_GRANT), take)
            return
        for budget in curve.next_budgets(max(1, _AT_ONCE // len(self._curves))):
            yield self._to_balance(curve, budget, self._granted(_GRANT))

    def _again(self, curve: Curve) -> Iterator[_Task]:
        budget = curve.unproven()
        if budget is not None:
            grant = self._granted(_GRANT) * 2 ** curve.tries(budget)
            yield self._to_balance(curve, budget, grant)

    @staticmethod
    def _to_balance(curve: Curve, budget: int, seconds: float) -> _Task:
        return _Task(_within(curve.to_balance, curve, budget), seconds, partial(curve.take, budget))

    def _tell(self, runner: Runner, progress: ProgressCallback | None) -> None:
        if progress is not None:
            last = [curve.best(curve.most).value for curve in self._curves]
            bounds = [curve.bound(curve.most) for curve in self._curves]
            searched = sum(curve.searched for curve in self._curves)
            progress(
                Progress(
                    phase=f"{searched} numbers of moves tried",
                    values=_total(last),
                    bounds=_total(bounds),
                    seconds=runner.seconds,
                )
            )

    def _searched(self, runner: Runner) -> Searched:
        beyond = self._smaller.left.constant[: self._judged]
        most = sum(curve.most for curve in self._curves)
        most = most if self._most is None else min(most, self._most)
        bounds = joined_bounds(self._curves, (0,) * self._judged, most)
        joined = joined_values(self._curves, (0,) * self._arrays.tiers, most)
        kept = worthwhile([(one[0], one[1][: self._judged]) for one in joined], self._step)
        told = [joined[position] for position in kept]
        polished = self._polished(runner, [taken for _, _, taken in told])
        points = []
        for (budget, reached, _), taken in zip(told, polished, strict=True):
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
        complete = not any(curve.next_budgets(1) for curve in self._curves)
        return Searched(tuple(points), complete, runner.interrupted)

    def _polished(self, runner: Runner, told: Sequence[list[Reached]]) -> list[list[Reached]]:
        """Let the goals after the balance choose among equals, for all that is told."""
        levels = {
            id(one): (curve, one)
            for taken in told
            for curve, one in zip(self._curves, taken, strict=True)
        }
        grant = min(_GRANT, _LAST_SHARE * self._limit / max(1, len(levels)))
        better = {}
        for (name, (curve, one)), result in zip(
            levels.items(),
            []
            if runner.over
            else runner.solve(
                [
                    (replace(curve.arrays, budget=one.budget, start=one.assignment), grant)
                    for curve, one in levels.values()
                ]
            ),
            strict=False,
        ):
            better[name] = one if result is None else curve.polished(one, result)
        return [[better.get(id(one), one) for one in taken] for taken in told]

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


@dataclass(frozen=True, eq=False)
class _Task:
    """One search: what of, for how long, and who is told."""

    arrays: Arrays
    seconds: float
    take: Callable[[Result], None]
    early: bool = False

    def charge(self, result: Result) -> float:
        """Return the seconds it is taken to have used."""
        if self.early:
            return self.seconds * _CHARGE_EARLY
        proven = result.stop_reason == "proven"
        return self.seconds * (_CHARGE_PROVEN if proven else _CHARGE_UNPROVEN)


def _within(arrays: Arrays, curve: Curve, budget: int) -> Arrays:
    """Return a problem within a budget, to be searched from the best that is known there."""
    return replace(arrays, budget=budget, start=curve.best(budget).assignment)


def _total(rows: Sequence[Value]) -> Value:
    return tuple(map(sum, zip(*rows, strict=True)))
