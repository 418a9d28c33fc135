"""What is known of the trade-off of one part: the best points found, and proven lower bounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import inf, isqrt
from operator import sub
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import budget_used, values
from caseload_balancer.arrays.least_costs import least_of_options, least_of_tiers
from caseload_balancer.arrays.tiers import add_to_tier, keep_tiers
from caseload_balancer.engine import Deadline, Result, descend
from caseload_balancer.insight.frontier.early_budgets import EarlyBudgets
from caseload_balancer.insight.frontier.values import (
    Chord,
    CurvePoint,
    Tangent,
    Value,
    differs,
    worthwhile,
)

_CLOSER: Final = (1, 4)
"""By what each look at a budget goes closer than the tolerance; looks after them go to the end."""
_SMALL: Final = 200
"""Arcs of a part up to which every search goes on to the end: that takes it no longer."""


class Curve:
    """The trade-off of one part of a problem, as far as it is known.

    Parameters
    ----------
    arrays
        The part; its start uses none of the budget.
    judged
        How many tiers a value has.
    step
        The least improvement of the balance that counts.
    tolerance
        How far above its bound the balance of a point may stay.
    most
        The largest budget of interest; None for all that can be spent.
    """

    def __init__(
        self, arrays: Arrays, *, judged: int, step: int, tolerance: int, most: int | None
    ) -> None:
        self.arrays = arrays
        self._judged = judged
        self._step = step
        self.tolerance = tolerance
        self.exactly = arrays.arcs <= _SMALL
        """Whether every search goes on to the end."""
        self.near_chord = 0 if self.exactly else step
        """How far above its bound a search may stay where the bound is what is asked for."""
        dearest = [
            int(arrays.arc_budget[arrays.arcs_of(unit)].max(initial=0))
            for unit in range(arrays.units)
        ]
        self.most = sum(dearest) if most is None else min(most, sum(dearest))
        self.early = keep_tiers(arrays, 0, judged - 1)
        self.to_balance = keep_tiers(arrays, 0, judged)
        least = least_of_tiers(arrays)
        start = values(arrays, arrays.start)
        self._reached = [
            CurvePoint(0, start[:judged], start[judged:], arrays.start, least),
        ]
        self._bounds = {self.most: least[:judged]}
        self.early_budgets = EarlyBudgets(self.most, are_none=judged == 1)
        self._least_balance = least[judged - 1]
        self._tries: dict[int, int] = {}
        self._tangents: list[Tangent] = []
        self._chords: set[tuple[int, int]] = set()

    def take_early(self, budget: int, result: Result) -> None:
        """Record a search, within `budget`, of the tiers before the balance."""
        whole = replace(self.to_balance, budget=budget)
        evened = descend(whole, result.assignment, deadline=Deadline(inf))  # it ends by itself
        self._reach(budget, evened, ())
        self.early_budgets.take(budget, result.values)
        self._bind(budget, result.bounds)

    def take(self, budget: int, result: Result) -> None:
        """Record a search, within `budget`, of the tiers up to the balance."""
        self._reach(budget, result.assignment, result.bounds)
        self._bind(budget, result.bounds)
        self._tries[budget] = self._tries.get(budget, 0) + 1

    def take_tangent(self, chord: Chord, result: Result) -> None:
        """Record a search in which each unit of budget had a price."""
        self._chords.add((chord.low, chord.high))
        self._reach(chord.high, result.assignment, ())
        self._tangents.append(Tangent(chord.high, tuple(result.bounds), chord.price))

    def _reach(self, budget: int, assignment: Ints, proven: Value) -> None:
        found = values(self.arrays, assignment)
        rest = range(len(proven), self.arrays.tiers)
        self._reached.append(
            CurvePoint(
                budget=min(budget, budget_used(self.arrays, assignment)),
                value=found[: self._judged],
                rest=found[self._judged :],
                assignment=assignment,
                bounds=(*proven, *(least_of_options(self.arrays, tier) for tier in rest)),
            )
        )

    def _bind(self, budget: int, proven: Value) -> None:
        rest = (self._least_balance,) * (self._judged - len(proven))
        self._bounds[budget] = max((*proven, *rest), self._bounds.get(budget, ()))

    def best(self, budget: int) -> CurvePoint:
        """Return the best that is known within a budget."""
        within = (one for one in self._reached if one.budget <= budget)
        return min(within, key=lambda one: (one.value, one.budget, one.rest))

    def bound(self, budget: int) -> Value:
        """Return a proven lower bound on the value of every assignment within a budget."""
        known = [bound for within, bound in self._bounds.items() if within >= budget]
        known += [line.at(budget) for line in self._tangents if line.within >= budget]
        *early, balance = max(known)
        return (*early, max(balance, self._least_balance))

    def ceiling(self, reached: CurvePoint) -> int:
        """Return the most the balance of a point may come to for the sake of the other goals."""
        *early, balance = self.bound(reached.budget)
        if tuple(early) != reached.value[:-1]:
            return reached.value[-1]
        return max(reached.value[-1], balance + self.tolerance)

    def polished(
        self, reached: CurvePoint, assignment: Ints, proven: Value = ()
    ) -> CurvePoint | None:
        """Return a point with an assignment no worse in the other goals; None where it is worse.

        Parameters
        ----------
        proven
            Bounds of the other goals, for balances up to that of the point.
        """
        found = values(self.arrays, assignment)
        value, rest = found[: self._judged], found[self._judged :]
        most = (*reached.value[:-1], self.ceiling(reached))
        used = budget_used(self.arrays, assignment)
        if value > most or used != reached.budget:
            return None
        if (rest, value) > (reached.rest, reached.value):
            return None
        return replace(
            reached,
            assignment=assignment,
            value=min(value, reached.value),
            rest=rest,
            bounds=(*reached.bounds[: self._judged], *(proven or reached.bounds[self._judged :])),
        )

    @property
    def searched(self) -> int:
        """How many budgets were searched."""
        return len(self._tries)

    def near(self, budget: int) -> int:
        """Return how far above its bound the next search of a budget may leave the balance.

        A first look shows for most whether a point is there; others go closer, the last to the end.
        """
        looks = self.tries(budget)
        if self.exactly or looks >= len(_CLOSER):
            return 0
        return self.tolerance // _CLOSER[looks]

    def tries(self, budget: int) -> int:
        """Return how often a budget was searched."""
        return self._tries.get(budget, 0)

    def levels(self) -> list[CurvePoint]:
        """Return the best within each budget at which it changes."""
        budgets = sorted({one.budget for one in self._reached})
        found = [self.best(budget) for budget in budgets]
        return [one for position, one in enumerate(found) if one not in found[:position]]

    def next_budgets(self, most: int) -> list[int]:
        """Return the budgets to search next; none where no point worth telling can be missing."""
        ends = [end for end in dict.fromkeys((0, self.most)) if not self.tries(end)]
        return ends[:most] or [_middle(run) for run in self._widest_runs()[:most]]

    def next_chord(self) -> Chord | None:
        """Return the chord to search below next; None where searching a budget tells more.

        It joins two points that differ in the balance alone, with budgets between them. Below it
        lies a point of the trade-off's convex hull, or none (Y. P. Aneja and K. P. K. Nair,
        "Bicriteria transportation problem", Management Science 25, 1979); either way there is a
        bound for all budgets at once.
        """
        runs = self._widest_runs()
        if not (runs and self.tries(0) and self.tries(self.most)):
            return None
        run = runs[0]
        kept = self._worthwhile()
        low = max((one for one in kept if one.budget <= run[0]), key=lambda one: one.budget)
        above = [one for one in kept if one.budget > run[-1]]
        high = min(above, key=lambda one: one.budget, default=None)
        if high is None or high.budget - low.budget < 3 or high.value[:-1] != low.value[:-1]:
            return None
        if (low.budget, high.budget) in self._chords:
            return None
        price = (low.value[-1] - high.value[-1]) // (high.budget - low.budget)
        return Chord(low.budget, high.budget, price)

    def priced(self, chord: Chord) -> Arrays:
        """Return the problem in which each unit of budget costs the price of a chord."""
        arrays = self.to_balance
        nothing = np.zeros(arrays.units, np.int64)
        priced = add_to_tier(arrays, self._judged - 1, chord.price * arrays.arc_budget, nothing)
        start = self.best(chord.high).assignment
        return replace(priced, budget=chord.high, start=start)

    def _widest_runs(self) -> list[list[int]]:
        """Return runs of budgets that may hide a point worth telling, the largest gain first."""
        runs = [(gap, -run[0], run) for gap, run in self._open_runs()]
        return [run for _, _, run in sorted(runs, reverse=True)]

    def unproven(self) -> int | None:
        """Return the least often searched budget of an unproven point worth telling, if any."""
        open_still = [one.budget for one in self._worthwhile() if self._is_open(one)]
        return min(open_still, key=lambda budget: (self.tries(budget), budget), default=None)

    def settled(self) -> list[CurvePoint]:
        """Return the points worth telling that are proven."""
        return [one for one in self._worthwhile() if not self._is_open(one)]

    def _is_open(self, one: CurvePoint) -> bool:
        return differs(one.value, self.bound(one.budget), self._step)

    def _worthwhile(self) -> list[CurvePoint]:
        levels = self.levels()
        kept = worthwhile([(one.budget, one.value) for one in levels], self._step)
        return [levels[position] for position in kept]

    def _open_runs(self) -> Iterator[tuple[Value, list[int]]]:
        """Yield runs of budgets that may hide a point and were not looked at to the end."""
        nodes = {one.budget for one in self._worthwhile()}
        looks = 1 if self.exactly else len(_CLOSER) + 1
        labels: list[tuple[int, int]] = []
        run = 0
        below: dict[int, Value] = {}
        for budget, gain in self._gains():
            hidden = gain if self.tries(budget) < looks else ()
            if not hidden or budget in nodes:
                run += 1
            if hidden:
                labels.append((run, budget))
                below[run] = hidden
        for number, members in groupby(labels, key=lambda pair: pair[0]):
            yield below[number], [budget for _, budget in members]

    def _gains(self) -> Iterator[tuple[int, Value]]:
        """Yield each budget with what a hidden point might gain; nothing where it hides none."""
        kept = {one.budget: one.value for one in self._worthwhile()}
        latest = kept[0]
        for budget in range(self.most + 1):
            latest = kept.get(budget, latest)
            bound = self.bound(budget)
            hidden = differs(latest, bound, self._step)
            yield budget, tuple(map(sub, latest, bound)) if hidden else ()


def _middle(run: list[int]) -> int:
    # The first moves bring the most, so the lower part of a run is searched more closely.
    middle = isqrt(max(1, run[0]) * run[-1])
    return min(run, key=lambda budget: abs(budget - middle))
