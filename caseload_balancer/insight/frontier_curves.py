"""What is known of the trade-off: what was reached, and what no allocation goes below.

A *value* holds what a point is judged by, in order: the tiers before the balance of loads, and the
balance last. Values are compared like words in a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isqrt

from caseload_balancer.engine.bounds import least_of_options
from caseload_balancer.engine.results import Result
from caseload_balancer.problem.arrays import Arrays, Ints
from caseload_balancer.problem.evaluation import chosen_arcs, values

Value = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Reached:
    """What a search of a part came to.

    Parameters
    ----------
    budget
        What it takes of the budget, at most.
    value
        The value within that budget. The assignment may be worse by the slack of the balance.
    rest
        The tiers after the balance, which choose among equals.
    assignment
        Shape (units,).
    bounds
        Proven for each tier.
    """

    budget: int
    value: Value
    rest: Value
    assignment: Ints
    bounds: Value


def budget_used(arrays: Arrays, assignment: Ints) -> int:
    """Return what an assignment takes of the budget."""
    chosen = chosen_arcs(arrays, assignment)
    return int(arrays.arc_budget[chosen[chosen >= 0]].sum())


def differs(reached: Value, bound: Value, step: int) -> bool:
    """Say whether `bound` leaves room for something better by `step` or more in the balance."""
    if reached[:-1] != bound[:-1]:
        return bound < reached
    return reached[-1] - bound[-1] >= step


def worthwhile(points: Iterable[tuple[int, Value]], step: int) -> list[int]:
    """Return the positions of the points that improve on the one kept before.

    Parameters
    ----------
    points
        Budget and value, by rising budget.
    step
        Improvements of the balance below it are none.
    """
    kept: list[int] = []
    last: Value | None = None
    for position, (_, value) in enumerate(points):
        if last is None or (value < last and differs(last, value, step)):
            kept.append(position)
            last = value
    return kept


class Curve:
    """The trade-off of one part of a problem, as far as it is known.

    Parameters
    ----------
    arrays
        The part; its start takes nothing of the budget.
    judged
        How many tiers a value has.
    step
        Improvements of the balance below it are none.
    most
        The largest budget to look at; None for as much as there is to spend.
    """

    def __init__(self, arrays: Arrays, *, judged: int, step: int, most: int | None) -> None:
        self.arrays = arrays
        self._judged = judged
        self._step = step
        dearest = [
            int(arrays.arc_budget[a:b].max(initial=0))
            for a, b in zip(arrays.arc_start[:-1], arrays.arc_start[1:], strict=True)
        ]
        self.most = sum(dearest) if most is None else min(most, sum(dearest))
        least = tuple(least_of_options(arrays, tier) for tier in range(arrays.tiers))
        start = values(arrays, arrays.start)
        self._reached = [
            Reached(0, start[:judged], start[judged:], arrays.start, least),
        ]
        self._bounds = {self.most: least[:judged]}
        self._tries: dict[int, int] = {}

    def take(self, budget: int, result: Result) -> None:
        """Take note of what a search within `budget` found and proved."""
        settled = result.settled or result.values
        # What was given back of the balance may have saved moves: then there are two results.
        for within, value in (
            (budget, settled),
            (budget_used(self.arrays, result.assignment), result.values),
        ):
            self._reached.append(
                Reached(
                    budget=within,
                    value=tuple(value[: self._judged]),
                    rest=tuple(result.values[self._judged :]),
                    assignment=result.assignment,
                    bounds=tuple(result.bounds),
                )
            )
        bound = tuple(result.bounds[: self._judged])
        self._bounds[budget] = max(bound, self._bounds.get(budget, bound))
        self._tries[budget] = self._tries.get(budget, 0) + 1

    def best(self, budget: int) -> Reached:
        """Return the best that is known within a budget."""
        within = (one for one in self._reached if one.budget <= budget)
        return min(within, key=lambda one: (one.value, one.budget, one.rest))

    def bound(self, budget: int) -> Value:
        """Return a value that no assignment within a budget goes below."""
        return max(bound for within, bound in self._bounds.items() if within >= budget)

    @property
    def searched(self) -> int:
        """How many budgets were searched."""
        return len(self._tries)

    def tries(self, budget: int) -> int:
        """Return how often a budget was searched."""
        return self._tries.get(budget, 0)

    def levels(self) -> list[Reached]:
        """Return the best within each budget at which it changes."""
        budgets = sorted({one.budget for one in self._reached})
        found = [self.best(budget) for budget in budgets]
        return [one for position, one in enumerate(found) if one not in found[:position]]

    def bound_levels(self) -> list[tuple[int, Value]]:
        """Return the least budget of each bound, and the bound."""
        budgets = sorted(self._bounds)
        starts = [0, *(budget + 1 for budget in budgets[:-1])]
        return [(start, self.bound(start)) for start in starts]

    def next_budget(self) -> int | None:
        """Return the budget to search next, None where nothing worthwhile can be hidden."""
        for end in (0, self.most):
            if not self.tries(end):
                return end
        runs = [(gap, -run[0], run) for gap, run in self._open_runs()]
        if runs:
            _, _, run = max(runs)
            # The first moves bring most, so the lower part of a run is looked at more closely.
            middle = isqrt(max(1, run[0]) * run[-1])
            return min(run, key=lambda budget: abs(budget - middle))
        return None

    def unproven(self) -> int | None:
        """Return a worthwhile budget that was searched least often without proof, if any."""
        open_still = [
            one.budget
            for one in self._worthwhile()
            if differs(one.value, self.bound(one.budget), self._step)
        ]
        return min(open_still, key=lambda budget: (self.tries(budget), budget), default=None)

    def _worthwhile(self) -> list[Reached]:
        levels = self.levels()
        kept = worthwhile([(one.budget, one.value) for one in levels], self._step)
        return [levels[position] for position in kept]

    def _open_runs(self) -> Iterator[tuple[Value, list[int]]]:
        """Find neighbouring budgets that may hide a worthwhile point, and by how much."""
        kept = self._worthwhile()
        nodes = {one.budget for one in kept}
        latest = kept[0]
        labels: list[tuple[int, int]] = []
        run = 0
        below: dict[int, Value] = {}
        for budget in range(self.most + 1):
            latest = next((one for one in kept if one.budget == budget), latest)
            hidden = not self.tries(budget) and differs(
                latest.value, self.bound(budget), self._step
            )
            if not hidden or budget in nodes:
                run += 1
            if hidden:
                labels.append((run, budget))
                below[run] = tuple(
                    a - b for a, b in zip(latest.value, self.bound(budget), strict=True)
                )
        for number, members in groupby(labels, key=lambda pair: pair[0]):
            yield below[number], [budget for _, budget in members]


def joined_values(
    curves: Sequence[Curve], nothing: Value, most: int
) -> list[tuple[int, Value, list[Reached]]]:
    """Return the best of all parts together, within each budget at which it changes.

    Parts share nothing but the budget, so the best within a budget is the best way to share it
    out: what each part reaches, added up (an infimal convolution, which is exact).

    Parameters
    ----------
    nothing
        The value of no part at all: a zero for each tier.
    most
        The largest budget for all parts together.

    Returns
    -------
    list
        The budget, the value of all tiers, and what each part does.
    """
    table: dict[int, tuple[Value, list[Reached]]] = {0: (nothing, [])}
    for curve in curves:
        grown: dict[int, tuple[Value, list[Reached]]] = {}
        for used, (value, taken) in table.items():
            for one in curve.levels():
                total = used + one.budget
                candidate = _added(value, (*one.value, *one.rest))
                if total <= most and (total not in grown or candidate < grown[total][0]):
                    grown[total] = (candidate, [*taken, one])
        table = _only_improvements(grown)
    return [(budget, value, taken) for budget, (value, taken) in table.items()]


def joined_bounds(curves: Sequence[Curve], nothing: Value, most: int) -> dict[int, Value]:
    """Return a value no assignment goes below, for the budgets at which it changes.

    Parameters as for `joined_values`, a value being only what is judged.
    """
    table: dict[int, Value] = {0: nothing}
    for curve in curves:
        grown: dict[int, Value] = {}
        for used, value in table.items():
            for start, bound in curve.bound_levels():
                total = used + start
                candidate = _added(value, bound)
                if total <= most and (total not in grown or candidate < grown[total]):
                    grown[total] = candidate
        table = {}
        for budget in sorted(grown):
            if not table or grown[budget] < next(reversed(table.values())):
                table[budget] = grown[budget]
    return table


def _added(one: Value, other: Value) -> Value:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _only_improvements(
    table: dict[int, tuple[Value, list[Reached]]],
) -> dict[int, tuple[Value, list[Reached]]]:
    """Leave out what takes more of the budget and is no better."""
    kept: dict[int, tuple[Value, list[Reached]]] = {}
    least: Value | None = None
    for budget in sorted(table):
        value, taken = table[budget]
        if least is None or value < least:
            kept[budget] = (value, taken)
            least = value
    return kept
