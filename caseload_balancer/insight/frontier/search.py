"""Search the trade-off: parts that share no worker apart, budget after budget, in rounds.

A round makes one search for each part. First come the tiers before the balance, for every number of
moves at which they change: they take a fraction of a second and show where points may still be
hidden. Then comes the balance, first with any number of moves, which is a bound for every number,
and then where the largest gain may be hidden. Last come, for the points to be told, the goals that
choose among equals.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.components import split
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.arrays.restriction import Restriction
from caseload_balancer.engine import Presolved, Progress, ProgressCallback, presolve
from caseload_balancer.insight.frontier.asking import AT_ONCE, LAST_SHARE, Asking
from caseload_balancer.insight.frontier.curves import Curve
from caseload_balancer.insight.frontier.joining import joined_bounds, joined_values
from caseload_balancer.insight.frontier.looking_ahead import guesses
from caseload_balancer.insight.frontier.polishing import polishing
from caseload_balancer.insight.frontier.runner import Runner, running
from caseload_balancer.insight.frontier.tasks import Task
from caseload_balancer.insight.frontier.values import CurvePoint, Value, may_hide_one, worthwhile
from caseload_balancer.plan.outcomes import StopReason

_CLOCK_SHARE: Final = 0.9
"""The share of the time limit after which the clock ends the search; joining takes the rest."""


def tolerance(step: int) -> int:
    """Return how much of the balance a point may give up to be better in the other goals.

    It is small beside the step, so a point stays nearly as good as the search found it.
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
        Whether no point worth telling can be missing.
    stop_reason
        Why what is not proven is not.
    """

    points: tuple[Found, ...]
    complete: bool
    stop_reason: StopReason


class Search:
    """The search of one problem's trade-off.

    Parameters
    ----------
    arrays
        The problem without a budget and without slack; its start would use none of a budget.
    judged
        How many tiers a value has: those before the balance of loads, and the balance.
    step
        The least improvement of the balance that counts.
    most
        The largest budget; None for all that can be spent.
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
        self._asking = Asking(judged, time_limit)
        self._began = time.monotonic()
        self._smaller: Presolved = presolve(arrays)
        self._parts: list[Restriction] = split(self._smaller.left.problem)
        each = tolerance(step) // max(1, len(self._parts))
        self._curves = [
            Curve(part.problem, judged=judged, step=step, tolerance=each, most=most)
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
        """Search in rounds, until everything is known, the time is up or somebody asks to stop."""
        with running(
            executor,
            seconds=_CLOCK_SHARE * self._limit - (time.monotonic() - self._began),
            seed=self._seed,
            stop=stop,
            handle_signals=handle_signals,
        ) as runner:
            left = (1 - LAST_SHARE) * self._limit
            while left > 0 and not runner.over:
                tasks = self._tasks()
                if not tasks:
                    break
                ahead = guesses(tasks, self._curves, self._asking, runner.peek)
                results = runner.solve([task.question for task in tasks], ahead)
                for task, result in zip(tasks, results, strict=True):
                    if result is not None:
                        task.take(result)
                        left -= task.charge(result)
                self._tell(runner, progress)
            return self._searched(runner)

    def _tasks(self) -> list[Task]:
        """Return the searches of this round: one or a few for each part."""
        for wanted in (self._before_balance, self._balance, self._again):
            found = [task for curve in self._curves for task in wanted(curve)]
            if found:
                return found
        return []

    def _before_balance(self, curve: Curve) -> Iterator[Task]:
        budget = curve.early_budgets.next()
        if budget is not None:
            question = self._asking.early(curve, budget)
            yield Task(question, curve, partial(curve.take_early, budget), early=True)

    def _balance(self, curve: Curve) -> Iterator[Task]:
        chord = curve.next_chord()
        if chord is not None:
            question = self._asking.below(curve, chord)
            yield Task(question, curve, partial(curve.take_tangent, chord))
            return
        for budget in curve.next_budgets(max(1, AT_ONCE // len(self._curves))):
            yield Task(self._asking.first(curve, budget), curve, partial(curve.take, budget))

    def _again(self, curve: Curve) -> Iterator[Task]:
        budget = curve.unproven()
        if budget is not None:
            yield Task(self._asking.again(curve, budget), curve, partial(curve.take, budget))

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
        for (budget, _, _), taken in zip(told, polished, strict=True):
            inner = self._smaller.left.problem.start
            for part, one in zip(self._parts, taken, strict=True):
                inner = part.lift(one.assignment, inner)
            value = _total([*(one.value for one in taken), beyond])
            bound = _total([bounds[max(start for start in bounds if start <= budget)], beyond])
            points.append(
                Found(
                    assignment=self._smaller.lift(inner),
                    value=value,
                    bound=bound,
                    bounds=self._tier_bounds(value, bound, taken),
                )
            )
        listed = [(used, value[: self._judged]) for used, value, _ in told]
        complete = not may_hide_one(listed, bounds, self._step)
        return Searched(tuple(points), complete, self._reason(runner))

    def _reason(self, runner: Runner) -> StopReason:
        if runner.interrupted:
            return "interrupted"
        if runner.failed:
            return "failed"
        return "time limit" if runner.by_clock or runner.over else "work limit"

    def _polished(self, runner: Runner, told: Sequence[list[CurvePoint]]) -> list[list[CurvePoint]]:
        """Let the goals after the balance choose among equals, for all points told."""
        levels = {
            id(one): (curve, one)
            for taken in told
            for curve, one in zip(self._curves, taken, strict=True)
        }
        seconds = self._asking.seconds_of_last(len(levels))
        better = (
            [one for _, one in levels.values()]
            if runner.over
            else runner.follow(
                [polishing(curve, one, self._judged, seconds) for curve, one in levels.values()]
            )
        )
        by_name = dict(zip(levels, better, strict=True))
        return [[by_name[id(one)] for one in taken] for taken in told]

    def _tier_bounds(self, value: Value, bound: Value, taken: Sequence[CurvePoint]) -> Value:
        """Return what is proven of each tier, given that those before are no worse than here."""
        bounds = [*least_of_tiers(self._arrays)]
        for tier in range(self._judged):
            bounds[tier] = bound[tier]
            if bound[tier] < value[tier]:
                return tuple(bounds)
        if len(taken) == 1:
            constant = self._smaller.left.constant
            rest = range(self._judged, self._arrays.tiers)
            bounds[self._judged :] = [taken[0].bounds[tier] + constant[tier] for tier in rest]
        return tuple(bounds)


def _total(rows: Sequence[Value]) -> Value:
    return tuple(map(sum, zip(*rows, strict=True)))
