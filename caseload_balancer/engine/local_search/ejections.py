"""Ejections: a unit joins a worker, and another leaves there to make room.

Where workers are full, what waits or is badly placed can go nowhere, and a swap helps only if both
units may change places. Here the second unit goes wherever it costs least, or it waits: a chain of
two moves of Yagiura, Ibaraki and Glover, "An ejection chain approach for the generalized assignment
problem" (2004).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.engine.local_search.apart import apart
from caseload_balancer.engine.local_search.pairs import gain_of_replacing, pairs_at
from caseload_balancer.engine.local_search.state import FORBIDDEN, AssignmentState


class Ejections:
    """Prices ejections of a state, and makes the best.

    Parameters
    ----------
    state
        That ejections change.
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

    def make_best(self, promising: Ints) -> int:
        """Make the best ejections along the `promising` arcs, one a worker; return their number."""
        state, arrays = self._state, self._state.arrays
        stay = state.stay_costs()
        unit = arrays.arc_unit[promising]
        hopeful = state.single[unit] & (state.chosen[unit] != promising)
        hopeful &= stay[unit] > state.arc_cost[promising]
        first, v, _ = pairs_at(state, promising[hopeful], self._at_once)
        u = arrays.arc_unit[first]
        source = state.assignment
        onward, cost = self._onward(v, source[u])
        gain, allowed = gain_of_replacing(state, state.chosen[v], first)
        gain += stay[u] + state.arc_cost[state.chosen[v]] - state.arc_cost[first]
        gain = np.where(allowed & (cost < FORBIDDEN), gain - cost, -1)
        good = np.flatnonzero(gain > 0)
        good = good[np.argsort(-gain[good], kind="stable")]
        made = 0
        units, to = np.column_stack([u, v])[good], np.column_stack([first, onward])[good]
        for moves in apart(state, units, to):
            for moved, taken in moves:
                state.move(moved, taken)
            made += 1
        return made

    def _onward(self, units: Ints, away_from: Ints) -> tuple[Ints, Ints]:
        """Return the best arc of each unit, -1 to wait, and what it costs.

        Not the one it takes, nor one to the worker that it is to stay away from.
        """
        state, arrays = self._state, self._state.arrays
        those, place = np.unique(units, return_inverse=True)
        arcs, owner = arrays.arcs_of_each(those)
        cost = self._shift_costs(arcs)
        cost[arcs == state.chosen[those][owner]] = FORBIDDEN
        order = np.lexsort((cost, owner))
        begin = np.searchsorted(owner, np.arange(len(those)))
        best = order[begin]
        next_best = order[np.minimum(begin + 1, len(order) - 1)]
        next_best = np.where(owner[next_best] == np.arange(len(those)), next_best, best)
        taken = np.where(
            arrays.arc_worker[arcs[best]][place] == away_from, next_best[place], best[place]
        )
        onward, least = arcs[taken], cost[taken]
        least = np.where(arrays.arc_worker[onward] == away_from, FORBIDDEN, least)
        waits = state.wait_cost[units] < least
        return np.where(waits, WAITING, onward), np.where(waits, state.wait_cost[units], least)
