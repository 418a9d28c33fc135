"""Swaps: two units exchange their workers."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.engine.local_search.apart import apart
from caseload_balancer.engine.local_search.pairs import gain_of_replacing, pairs_at
from caseload_balancer.engine.local_search.state import AssignmentState

_TABLE_AT_MOST: Final = 1 << 20
"""Pairs of unit and worker up to which arcs are looked up in a table."""


class Swaps:
    """Prices swaps of a state, and makes the best.

    Parameters
    ----------
    state
        That swaps change.
    at_once
        Pairs priced in one go, which bounds memory.
    """

    def __init__(self, state: AssignmentState, at_once: int) -> None:
        self._state = state
        self._at_once = at_once
        self._promising: Ints | None = None
        self._priced_at = -1

    def make_best(self, promising: Ints) -> int:
        """Make the best swaps along the `promising` arcs, one a worker; return their number."""
        arrays = self._state.arrays
        worker = self._state.assignment
        arc = promising[self._state.single[arrays.arc_unit[promising]]]
        arc = arc[
            (worker[arrays.arc_unit[arc]] != WAITING)
            & (self._state.chosen[arrays.arc_unit[arc]] != arc)
        ]
        stale = self._changed(arc, promising)
        first, second, complete = pairs_at(self._state, stale, self._at_once)
        self._priced_at = self._state.moves if complete else -1
        back = self._arcs_between(second, worker[arrays.arc_unit[first]])
        found = np.flatnonzero(back >= 0)
        first, v, back = first[found], second[found], back[found]
        u = arrays.arc_unit[first]
        gain = self._swap_gain(u, v, first, back)
        good = np.flatnonzero(gain > 0)
        good = good[np.argsort(-gain[good], kind="stable")]
        made = 0
        units, to = np.column_stack([u, v])[good], np.column_stack([first, back])[good]
        for moves in apart(self._state, units, to):
            for unit, arc_taken in moves:
                self._state.move(unit, arc_taken)
            made += 1
        return made

    def _changed(self, arc: Ints, promising: Ints) -> Ints:
        """Return the arcs at one of whose ends something has changed since they were priced."""
        state, arrays = self._state, self._state.arrays
        if promising is not self._promising or arrays.budget is not None:
            self._promising, self._priced_at = promising, -1
        source = state.assignment[arrays.arc_unit[arc]]
        last = np.maximum(state.changed_at[source], state.changed_at[arrays.arc_worker[arc]])
        return arc[last > self._priced_at]

    def _arcs_between(self, unit: Ints, worker: Ints) -> Ints:
        """Return the arc from each unit to each worker, -1 where there is none."""
        wanted = unit * self._state.arrays.workers + worker
        if self._arc_table is not None:
            return np.asarray(self._arc_table[wanted])
        place = np.minimum(np.searchsorted(self._arc_keys, wanted), self._state.arrays.arcs - 1)
        return np.where(self._arc_keys[place] == wanted, place, -1)

    @cached_property
    def _arc_keys(self) -> Ints:
        return (
            self._state.arrays.arc_unit * self._state.arrays.workers + self._state.arrays.arc_worker
        )

    @cached_property
    def _arc_table(self) -> Ints | None:
        """The arc of each unit and worker, where that is not too large a table."""
        size = self._state.arrays.units * self._state.arrays.workers
        if size > _TABLE_AT_MOST:
            return None
        table = np.full(size, -1)
        table[self._arc_keys] = np.arange(self._state.arrays.arcs)
        return table

    def _swap_gain(self, u: Ints, v: Ints, to: Ints, back: Ints) -> Ints:
        out, home = self._state.chosen[u], self._state.chosen[v]
        gain = (
            self._state.arc_cost[out]
            + self._state.arc_cost[home]
            - self._state.arc_cost[to]
            - self._state.arc_cost[back]
        )
        left, may_leave = gain_of_replacing(self._state, out, back)
        joined, may_join = gain_of_replacing(self._state, home, to)
        return np.where(may_leave & may_join, gain + left + joined, -1)
