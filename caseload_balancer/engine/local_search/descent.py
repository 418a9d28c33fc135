"""Descent by shifts and swaps, all candidates of a round priced at once.

A *shift* gives one unit another worker (or lets it wait); a *swap* exchanges the workers of two
units. Each round prices every candidate in a few array operations and makes the best ones that
touch different workers, so that their gains add up exactly. The moves are those of Yagiura,
Ibaraki and Glover, "An ejection chain approach for the generalized assignment problem" (2004).

Units of a group are moved one by one, with the whole effect on their group priced.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.grouped_shifts import GroupedShifts
from caseload_balancer.engine.local_search.state import FORBIDDEN, AssignmentState
from caseload_balancer.engine.local_search.swaps import Swaps
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters


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
    """

    def __init__(
        self,
        arrays: Arrays,
        assignment: Ints,
        parameters: DescentParameters = DEFAULTS.descent,
    ) -> None:
        self._state = AssignmentState(arrays, assignment)
        self._swaps = Swaps(self._state, parameters.swaps_at_once)
        self._grouped = GroupedShifts(self._state)
        self._shift = np.zeros(arrays.arcs, np.int64)

    @property
    def assignment(self) -> Ints:
        """Shape (units,): the assignment now."""
        return self._state.assignment

    @property
    def use(self) -> Ints:
        """Shape (resources * workers,): what each worker uses of each resource."""
        return self._state.use

    def shift_costs(self) -> Ints:
        """Return what each arc's unit would cost if it joined the worker now, shape (arcs,).

        Arcs that the limits forbid cost more than anything else. Groups are not considered.
        Only the arcs to workers whose use changed since the last call are priced again.
        """
        stale = np.flatnonzero(self._state.changed[self._state.arrays.arc_worker])
        self._shift[stale] = self._state.join_costs(stale, self._state.arrays.arc_use[:, stale])
        self._state.changed[:] = False
        return self._shift.copy()

    def shift_round(self) -> int:
        """Make the best shifts of single units, one a worker, and return their number."""
        arrays = self._state.arrays
        stay = self._state.stay_costs()
        shift = self.shift_costs()
        taken = self._state.chosen[self._state.chosen >= 0]
        shift[taken] = FORBIDDEN
        best, arc = _least(arrays, shift)
        waits = self._state.wait_cost < best
        best = np.where(waits & (self._state.chosen >= 0), self._state.wait_cost, best)
        arc = np.where(waits, -1, arc)
        gain = stay - best
        wanted = np.flatnonzero((gain > 0) & self._state.single)
        wanted = wanted[np.argsort(-gain[wanted], kind="stable")]
        touched = np.zeros(arrays.workers + 1, np.bool_)
        source = self._state.assignment
        made = 0
        for unit, to in zip(wanted.tolist(), arc[wanted].tolist(), strict=True):
            ends = [source[unit], WAITING if to < 0 else arrays.arc_worker[to]]
            held = [end for end in ends if end != WAITING]
            if touched[held].any() or not self._state.affordable([(unit, to)]):
                continue
            touched[held] = True
            self._state.move(unit, to)
            made += 1
        return made

    def swap_round(self, promising: Ints) -> int:
        """Make the best swaps along the `promising` arcs, one a worker; return their number."""
        return self._swaps.make_best(promising)

    def group_round(self) -> int:
        """Make the best shifts of units of groups, one a worker and group; return their number."""
        return self._grouped.make_best()


def descend(
    arrays: Arrays,
    assignment: Ints,
    *,
    deadline: Deadline,
    promising: Ints | None = None,
    parameters: DescentParameters = DEFAULTS.descent,
) -> Ints:
    """Return an assignment no worse than a feasible one, improved until no move of a kind gains.

    Parameters
    ----------
    promising
        Arcs that swaps may use; no swaps are tried without.
    parameters
        Of descents.
    """
    search = Descent(arrays, assignment, parameters)
    for _ in range(parameters.rounds):
        if deadline.passed():
            break
        made = search.shift_round() + search.group_round()
        if made == 0 and promising is not None:
            made = search.swap_round(promising)
        if made == 0:
            break
    found = search.assignment
    return found if values(arrays, found) < values(arrays, assignment) else assignment


def _least(arrays: Arrays, cost: Ints) -> tuple[Ints, Ints]:
    """Return the least cost over each unit's arcs and the arc that has it (-1 without arcs)."""
    least = np.full(arrays.units, FORBIDDEN)
    arc = np.full(arrays.units, -1, np.int64)
    has = np.flatnonzero(np.diff(arrays.arc_start) > 0)
    least[has] = np.minimum.reduceat(cost, arrays.arc_start[has])
    hit = np.flatnonzero(cost == least[arrays.arc_unit])[::-1]
    arc[arrays.arc_unit[hit]] = hit
    return least, arc
