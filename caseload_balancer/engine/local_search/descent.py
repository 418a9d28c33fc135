"""Descent by shifts, swaps and longer exchanges, all candidates of a round priced at once.

A *shift* gives one unit another worker (or lets it wait); a *swap* exchanges the workers of two
units. Each round prices every candidate in a few array operations and makes the best ones that
touch different workers, so that their gains add up exactly. The moves are those of Yagiura,
Ibaraki and Glover, "An ejection chain approach for the generalized assignment problem" (2004).
Where no swap gains, several units may move one after the other (`multi_exchange`).

Units of a group are moved one by one, with the whole effect on their group priced.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.apart import apart
from caseload_balancer.engine.local_search.ejections import Ejections
from caseload_balancer.engine.local_search.grouped_shifts import GroupedShifts
from caseload_balancer.engine.local_search.multi_exchange import MultiExchanges
from caseload_balancer.engine.local_search.state import FORBIDDEN, AssignmentState
from caseload_balancer.engine.local_search.swaps import Swaps
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters

_WORK_A_PRICED: Final = 3.6e-8
"""Of swaps and multi-exchanges, for each pair that is priced; shifts take little."""
_WORK_AN_ARC: Final = 8e-8
"""Of the tables at the beginning, and of shifts: 0.07 s were measured for 130,000 arcs."""


class Descent:
    """Shifts and swaps from one assignment to a better one.

    Parameters
    ----------
    arrays
        The problem.
    assignment
        Shape (units,): where to begin; feasible.
    parameters
        Of descents.
    weights
        Shape (tiers,): see `AssignmentState`.
    """

    def __init__(
        self,
        arrays: Arrays,
        assignment: Ints,
        parameters: DescentParameters = DEFAULTS.descent,
        *,
        weights: Ints | None = None,
    ) -> None:
        self._state = AssignmentState(arrays, assignment, weights)
        self._swaps = Swaps(self._state, parameters.swaps_at_once)
        self._ejections = Ejections(self._state, self._shift_costs, parameters.swaps_at_once)
        self._exchanges = MultiExchanges(
            self._state, self._shift_costs, parameters.exchanges_at_once
        )
        self._exchange_length = parameters.exchange_length
        self._grouped = GroupedShifts(self._state)
        self._shift = np.zeros(arrays.arcs, np.int64)
        self._priced_at = np.full(arrays.arcs, -1, np.int64)
        self._least, self._cheapest, self._second = _two_cheapest(arrays, self._state.arc_cost)

    @property
    def assignment(self) -> Ints:
        """Shape (units,): the assignment now."""
        return self._state.assignment

    @property
    def use(self) -> Ints:
        """Shape (resources * workers,): what each worker uses of each resource."""
        return self._state.use

    def take_priced(self) -> int:
        """Return how many arcs and pairs were priced since this was asked last: the work done."""
        priced, self._state.priced = self._state.priced, 0
        return priced

    def shift_costs(self) -> Ints:
        """Return what each arc's unit would cost if it joined the worker now, shape (arcs,).

        Arcs that the limits forbid cost more than anything else. Groups are not considered.
        """
        return self._shift_costs(np.arange(self._state.arrays.arcs))

    def _shift_costs(self, arcs: Ints) -> Ints:
        """Return the same of some arcs; those to workers whose use has not changed are known."""
        arrays = self._state.arrays
        changed_at = self._state.changed_at[arrays.arc_worker[arcs]]
        stale = arcs[self._priced_at[arcs] < changed_at]
        self._shift[stale] = self._state.join_costs(stale, arrays.arc_use[:, stale])
        self._priced_at[stale] = self._state.moves
        self._state.priced += len(stale)
        return self._shift[arcs]

    def place(self, arcs: Ints) -> Ints:
        """Have units take these arcs one after the other; return the arcs that limits forbid now.

        Units of groups, and those that take them already, stay where they are.
        """
        state, arrays = self._state, self._state.arrays
        unit = arrays.arc_unit[arcs]
        forbidden = []
        for arc in arcs[state.single[unit] & (state.chosen[unit] != arcs)]:
            cost = state.join_costs(arc[None], arrays.arc_use[:, arc, None])
            if cost[0] < FORBIDDEN:
                state.move(arrays.arc_unit[arc], arc)
            else:
                forbidden.append(arc)
        return np.array(forbidden, np.int64)

    def shift_round(self) -> int:
        """Make the best shifts of single units, one a worker, and return their number."""
        state = self._state
        stay = state.stay_costs()
        movable = np.flatnonzero(state.single & (stay > self._least_elsewhere()))
        best, arc = self._cheapest_shifts(movable)
        gain = stay[movable] - best
        order = np.argsort(-gain, kind="stable")
        order = order[gain[order] > 0]
        made = 0
        for moves in apart(state, movable[order, None], arc[order, None]):
            for unit, to in moves:
                state.move(unit, to)
            made += 1
        return made

    def _least_elsewhere(self) -> Ints:
        """Return what each unit would cost at least anywhere but where it is: loads cost nothing.

        Shape (units,). Most units are where nothing else can be cheaper, and need not be priced.
        """
        least = np.where(self._state.chosen == self._cheapest, self._second, self._least)
        waits = self._state.chosen < 0
        return np.where(waits, least, np.minimum(least, self._state.wait_cost))

    def _cheapest_shifts(self, units: Ints) -> tuple[Ints, Ints]:
        """Return the least cost of each unit elsewhere, and its arc there (-1 is to wait)."""
        state, arrays = self._state, self._state.arrays
        arcs, owner = arrays.arcs_of_each(units)
        cost = self._shift_costs(arcs)
        cost[arcs == state.chosen[units][owner]] = FORBIDDEN
        best = np.full(len(units), FORBIDDEN)
        if len(arcs):
            begin = np.flatnonzero(np.diff(owner, prepend=-1))
            best[owner[begin]] = np.minimum.reduceat(cost, begin)
        arc = np.full(len(units), -1, np.int64)
        hit = np.flatnonzero(cost == best[owner])[::-1]
        arc[owner[hit]] = arcs[hit]
        waits = (state.wait_cost[units] < best) & (state.chosen[units] >= 0)
        return np.where(waits, state.wait_cost[units], best), np.where(waits, -1, arc)

    def swap_round(self, promising: Ints) -> int:
        """Make the best swaps along the `promising` arcs, one a worker; return their number."""
        return self._swaps.make_best(promising)

    def ejection_round(self, promising: Ints) -> int:
        """Make the best ejections along the `promising` arcs, one a worker; return their number."""
        return self._ejections.make_best(promising)

    def exchange_round(self, promising: Ints) -> int:
        """Make the best multi-exchanges along the `promising` arcs; return their number."""
        return self._exchanges.make_best(promising, self._exchange_length)

    def group_round(self) -> int:
        """Make the best shifts of units of groups, one a worker and group; return their number."""
        return self._grouped.make_best()


def descend(
    arrays: Arrays,
    assignment: Ints,
    *,
    deadline: Deadline,
    promising: Ints | None = None,
    exchange: bool = False,
    parameters: DescentParameters = DEFAULTS.descent,
) -> Ints:
    """Return an assignment no worse than a feasible one, improved until no move of a kind gains.

    Parameters
    ----------
    promising
        Arcs that swaps may use; no swaps are tried without.
    exchange
        Whether multi-exchanges may use them as well.
    parameters
        Of descents.
    """
    search = Descent(arrays, assignment, parameters)
    deadline.spend(_WORK_AN_ARC * arrays.arcs)
    for _ in range(parameters.rounds):
        if deadline.passed():
            break
        made = search.shift_round() + search.group_round()
        if made == 0 and promising is not None:
            made = search.swap_round(promising)
            if made == 0 and exchange:
                made = search.exchange_round(promising)
            deadline.spend(_WORK_A_PRICED * search.take_priced())
        if made == 0:
            break
    found = search.assignment
    return found if values(arrays, found) < values(arrays, assignment) else assignment


def _two_cheapest(arrays: Arrays, cost: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the least cost over each unit's arcs, the arc that has it, and the next least."""
    least = np.full(arrays.units, FORBIDDEN)
    second = least.copy()
    cheapest = np.full(arrays.units, -1, np.int64)
    has = np.flatnonzero(np.diff(arrays.arc_start) > 0)
    if len(has):
        begin = arrays.arc_start[has]
        least[has] = np.minimum.reduceat(cost, begin)
        hit = np.flatnonzero(cost == least[arrays.arc_unit])[::-1]
        cheapest[arrays.arc_unit[hit]] = hit
        others = cost.copy()
        others[cheapest[has]] = FORBIDDEN
        second[has] = np.minimum.reduceat(others, begin)
    return least, cheapest, second
