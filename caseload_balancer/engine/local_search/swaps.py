"""Swaps: two units exchange their workers."""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
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

    def make_best(self, promising: Ints) -> int:
        """Make the best swaps along the `promising` arcs, one a worker; return their number."""
        arrays = self._state.arrays
        worker = self._state.assignment
        arc = promising[self._state.single[arrays.arc_unit[promising]]]
        arc = arc[
            (worker[arrays.arc_unit[arc]] != WAITING)
            & (self._state.chosen[arrays.arc_unit[arc]] != arc)
        ]
        first, second, back = self._pairs(arc, worker)
        if len(first) == 0:
            return 0
        u, v = arrays.arc_unit[first], second
        gain = self._swap_gain(u, v, first, back)
        good = np.flatnonzero(gain > 0)
        good = good[np.argsort(-gain[good], kind="stable")]
        touched = np.zeros(arrays.workers, np.bool_)
        made = 0
        for k in good.tolist():
            ends = [worker[u[k]], worker[v[k]]]
            moves = [(int(u[k]), int(first[k])), (int(v[k]), int(back[k]))]
            if touched[ends].any() or not self._state.affordable(moves):
                continue
            touched[ends] = True
            for unit, to in moves:
                self._state.move(unit, to)
            made += 1
        return made

    def _pairs(self, arc: Ints, worker: Ints) -> tuple[Ints, Ints, Ints]:
        """Return arcs ``u -> w``, the units at ``w``, and their arcs to the worker of ``u``."""
        arrays = self._state.arrays
        held = np.flatnonzero((worker != WAITING) & self._state.single)
        held = held[np.argsort(worker[held], kind="stable")]
        begin = np.searchsorted(worker[held], np.arange(arrays.workers + 1))
        to = arrays.arc_worker[arc]
        sizes = begin[to + 1] - begin[to]
        most = int(np.searchsorted(np.cumsum(sizes), self._at_once))
        arc, to, sizes = arc[:most], to[:most], sizes[:most]
        first = np.repeat(arc, sizes)
        offset = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        second = held[begin[np.repeat(to, sizes)] + offset]
        back = self._arcs_between(second, worker[arrays.arc_unit[first]])
        found = np.flatnonzero(back >= 0)
        return first[found], second[found], back[found]

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
        arrays = self._state.arrays
        out, home = self._state.chosen[u], self._state.chosen[v]
        gain = (
            self._state.arc_cost[out]
            + self._state.arc_cost[home]
            - self._state.arc_cost[to]
            - self._state.arc_cost[back]
        )
        allowed = np.ones(len(u), np.bool_)
        for resource in self._state.resources:
            uses = arrays.arc_use[resource]
            for leaves, joins in ((out, back), (home, to)):
                cell = resource * arrays.workers + arrays.arc_worker[joins]
                use = self._state.use[cell]
                after = use - uses[leaves] + uses[joins]
                allowed &= after <= self._state.limit[cell]
                after = np.minimum(after, self._state.costs.reach[cell])
                gain += self._state.costs.cost(cell, use) - self._state.costs.cost(cell, after)
        return np.where(allowed, gain, -1)
