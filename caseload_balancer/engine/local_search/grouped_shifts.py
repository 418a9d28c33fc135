"""Shifts of units of groups, each priced with its whole effect on the group."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.engine.local_search.apart import apart
from caseload_balancer.engine.local_search.grouped_arcs import GroupedArcs
from caseload_balancer.engine.local_search.state import FORBIDDEN, AssignmentState


class GroupedShifts:
    """Prices shifts of units of groups, and makes the best.

    Parameters
    ----------
    state
        That shifts change.
    """

    def __init__(self, state: AssignmentState) -> None:
        self._state = state

    def make_best(self) -> int:
        """Make the best shifts of units of groups, one a worker and group; return their number."""
        arrays, held = self._state.arrays, self._held_by_groups
        if held is None:
            return 0
        cost = self._grouped_costs(held)
        now = self._state.wait_cost[held.unit]
        here = np.flatnonzero(self._state.chosen[held.arc_unit] == held.arc)
        now[held.arc_owner[here]] = cost[here]
        cost[here] = FORBIDDEN
        least = np.minimum.reduceat(cost, held.begin)
        best = held.arc[np.flatnonzero(cost == least[held.arc_owner])]
        to = np.full(len(held.unit), -1, np.int64)
        to[np.searchsorted(held.unit, arrays.arc_unit[best[::-1]])] = best[::-1]
        waits = self._state.wait_cost[held.unit] < least
        least, to = (
            np.where(waits, self._state.wait_cost[held.unit], least),
            np.where(waits, -1, to),
        )
        gain = now - least
        wanted = np.flatnonzero(gain > 0)
        order = wanted[np.argsort(-gain[wanted], kind="stable")]
        made = 0
        for moves in apart(self._state, held.unit[order, None], to[order, None]):
            for unit, arc in moves:
                self._state.move_in_group(unit, arc)
            made += 1
        return made

    @cached_property
    def _held_by_groups(self) -> GroupedArcs | None:
        return GroupedArcs.of(self._state.arrays)

    def _grouped_costs(self, held: GroupedArcs) -> Ints:
        """Return what each arc of a unit of a group costs with the other units where they are."""
        arrays = self._state.arrays
        where = self._state.assignment
        beside = np.flatnonzero(where[held.other] == arrays.arc_worker[held.arc[held.entry]])
        among = np.zeros(len(held.arc), np.bool_)
        among[held.entry[beside]] = True
        uses = arrays.arc_use[:, held.arc]
        taken = self._state.chosen[held.other[beside]]
        for resource in np.flatnonzero(arrays.shared):
            already = np.zeros(len(held.arc), np.int64)
            np.maximum.at(already, held.entry[beside], arrays.arc_use[resource, taken])
            uses[resource] = np.maximum(0, uses[resource] - already)
        here = self._state.chosen[held.arc_unit] == held.arc
        cost = self._state.join_costs(held.arc, uses, leaving=here)
        others = np.zeros(len(held.arc), np.bool_)
        others[held.entry[where[held.other] != WAITING]] = True
        group = arrays.group_of_unit[held.arc_unit]
        return np.asarray(cost + np.where(others & ~among, self._state.group_cost[group], 0))
