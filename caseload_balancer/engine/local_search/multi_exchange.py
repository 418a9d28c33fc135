"""Multi-exchanges: several units move one after the other, each taking the place of the next.

The first unit leaves its worker and replaces a second one elsewhere, which replaces a third, and
so on; the last one joins any other worker, or waits. As no worker is touched twice, what the steps
gain adds up exactly, and the cheapest exchanges are shortest paths, found for all first units
together (Thompson and Psaraftis, "Cyclic transfer algorithms", Operations Research 41, 1993; Ahuja,
Orlin and Sharma, "Multi-exchange neighborhood structures for the capacitated minimum spanning tree
problem", Mathematical Programming 91, 2001). That a path must not come to a worker twice makes this
hard in general: only the cheapest path of each length to each unit is followed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Bools, Ints
from caseload_balancer.engine.local_search.apart import apart
from caseload_balancer.engine.local_search.pairs import gain_of_replacing, pairs_at
from caseload_balancer.engine.local_search.state import FORBIDDEN, AssignmentState


@dataclass(frozen=True, eq=False)
class _Steps:
    """What it costs that a unit takes the place of another, shape (steps,) each."""

    arc: Ints
    unit: Ints
    worker: Ints
    replaced: Ints
    cost: Ints


@dataclass(frozen=True, eq=False)
class _Paths:
    """The cheapest exchange of some length by which each unit loses its place.

    Parameters
    ----------
    cost
        Shape (units,): without a new place for the unit; `FORBIDDEN` where there is none.
    units, arcs
        Shape (units, length): the units that have moved, and the arcs they take.
    """

    cost: Ints
    units: Ints
    arcs: Ints


class MultiExchanges:
    """Prices multi-exchanges of a state, and makes the best.

    Parameters
    ----------
    state
        That exchanges change.
    shift_costs
        Returns what the units of some arcs would cost if they joined there now.
    at_once
        Pairs priced in one go, which bounds memory.
    """

    def __init__(
        self, state: AssignmentState, shift_costs: Callable[[Ints], Ints], at_once: int
    ) -> None:
        self._state = state
        self._shift_costs = shift_costs
        self._at_once = at_once

    def make_best(self, promising: Ints, length: int) -> int:
        """Make the best exchanges along the `promising` arcs that share no worker.

        Parameters
        ----------
        length
            Units that are replaced in one at most.

        Returns
        -------
        int
            Their number.
        """
        state, arrays = self._state, self._state.arrays
        if arrays.budget is not None:
            return 0
        steps = self._steps(promising)
        ends = self._ends(promising)
        stay = state.stay_costs()
        cost = np.where(state.single & (stay < FORBIDDEN), -stay, FORBIDDEN)
        none = np.zeros((arrays.units, 0), np.int64)
        paths = _Paths(cost, none, none)
        found: list[tuple[Ints, Ints, Ints]] = []
        for number in range(length + 1):
            found.append(self._ended(paths, *ends))
            if number == length or not (paths.cost[steps.unit] < FORBIDDEN).any():
                break
            paths = self._longer(paths, steps)
        return self._make(found)

    def _steps(self, promising: Ints) -> _Steps:
        state, arrays = self._state, self._state.arrays
        unit = arrays.arc_unit[promising]
        useful = state.single[unit] & (state.chosen[unit] != promising)
        arc, replaced, _ = pairs_at(state, promising[useful], self._at_once)
        leaving = state.chosen[replaced]
        gain, allowed = gain_of_replacing(state, leaving, arc)
        cost = state.arc_cost[arc] - state.arc_cost[leaving] - gain
        arc, replaced, cost = arc[allowed], replaced[allowed], cost[allowed]
        return _Steps(arc, arrays.arc_unit[arc], arrays.arc_worker[arc], replaced, cost)

    def _ends(self, promising: Ints) -> tuple[Ints, Ints, Ints]:
        """Return units, where they could go without replacing any, and what that costs.

        Shape (ends,) each; an arc of -1 is to wait.
        """
        state = self._state
        waiting = np.flatnonzero(state.wait_cost < FORBIDDEN)
        unit = np.concatenate([state.arrays.arc_unit[promising], waiting])
        arc = np.concatenate([promising, np.full(len(waiting), -1)])
        cost = np.concatenate([self._shift_costs(promising), state.wait_cost[waiting]])
        kept = state.single[unit] & (cost < FORBIDDEN)
        return unit[kept], arc[kept], cost[kept]

    def _longer(self, paths: _Paths, steps: _Steps) -> _Paths:
        """Return the cheapest paths with one unit more."""
        total = paths.cost[steps.unit] + steps.cost
        able = np.flatnonzero(paths.cost[steps.unit] < FORBIDDEN)
        able = able[~self._visited(paths, steps.unit[able], steps.worker[able])]
        best, step = _cheapest(self._state.arrays.units, steps.replaced[able], total[able])
        last = np.append(able, 0)[step]
        unit, arc = steps.unit[last], steps.arc[last]
        units = np.hstack([paths.units[unit], unit[:, None]])
        arcs = np.hstack([paths.arcs[unit], arc[:, None]])
        return _Paths(best, units, arcs)

    def _ended(self, paths: _Paths, unit: Ints, arc: Ints, cost: Ints) -> tuple[Ints, Ints, Ints]:
        """Return what the paths gain that end so, and which units take which arcs."""
        gain = -(paths.cost[unit] + cost)
        able = np.flatnonzero((paths.cost[unit] < FORBIDDEN) & (gain > 0))
        to = np.append(self._state.arrays.arc_worker, WAITING)[arc[able]]
        able = able[~self._visited(paths, unit[able], to)]
        units = np.hstack([paths.units[unit[able]], unit[able, None]])
        return gain[able], units, np.hstack([paths.arcs[unit[able]], arc[able, None]])

    def _visited(self, paths: _Paths, unit: Ints, worker: Ints) -> Bools:
        """Return whether the path to each unit has touched the worker; any number may wait."""
        source = self._state.assignment
        seen = source[unit] == worker
        for place in range(paths.units.shape[1]):
            seen |= source[paths.units[unit, place]] == worker
        return np.asarray(seen & (worker != WAITING))

    def _make(self, found: list[tuple[Ints, Ints, Ints]]) -> int:
        """Make the best of what was found, no two of which share a worker."""
        state = self._state
        longest = max(units.shape[1] for _, units, _ in found)
        gain = np.concatenate([each for each, _, _ in found])
        # The last one is repeated: a unit that moves to where it is already.
        units = np.vstack([_padded(each, longest) for _, each, _ in found])
        arcs = np.vstack([_padded(each, longest) for _, _, each in found])
        order = np.argsort(-gain, kind="stable")
        made = 0
        for moves in apart(state, units[order], arcs[order]):
            for unit, arc in moves:
                if state.chosen[unit] != arc:
                    state.move(unit, arc)
            made += 1
        return made


def _padded(rows: Ints, length: int) -> Ints:
    return np.hstack([rows, np.repeat(rows[:, -1:], length - rows.shape[1], axis=1)])


def _cheapest(count: int, key: Ints, cost: Ints) -> tuple[Ints, Ints]:
    """Return the least cost of each key, `FORBIDDEN` without any, and where it is (0 if none)."""
    least = np.full(count, FORBIDDEN)
    np.minimum.at(least, key, cost)
    place = np.zeros(count, np.int64)
    hit = np.flatnonzero(cost == least[key])[::-1]
    place[key[hit]] = hit
    return least, place
