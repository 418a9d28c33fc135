"""Moves of one round: the best first, and none that touches what an earlier one has changed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.engine.local_search.state import AssignmentState


def apart(state: AssignmentState, units: Ints, to: Ints) -> Iterator[list[tuple[int, int]]]:
    """Yield moves that share no worker, unit or group, and that the budget still allows.

    What a move gains was worked out before the round: it holds as long as none of its ends has
    changed. The caller makes each before it asks for the next.

    Parameters
    ----------
    state
        What the moves change.
    units, to
        Shape (moves, k): the units that move together, and the arc each takes; -1 to wait. In the
        order in which moves are made.

    Yields
    ------
    list of (int, int)
        Unit and arc of each of the k.
    """
    arrays, groups = state.arrays, len(state.arrays.groups)
    source = state.assignment[units]
    target = np.append(arrays.arc_worker, WAITING)[to]
    group = arrays.group_of_unit[units]
    own = arrays.workers + np.where(group < 0, groups + units, group)
    ends = np.hstack([np.where(source < 0, own, source), np.where(target < 0, own, target), own])
    price = np.append(arrays.arc_budget, 0)
    more = (price[to] - price[state.chosen[units]]).sum(axis=1)
    touched = np.zeros(arrays.workers + groups + arrays.units, np.bool_)
    rows = np.arange(len(units))
    while len(rows):
        if arrays.budget is not None:
            affordable = (more[rows] <= 0) | (state.spent + more[rows] <= arrays.budget)
            rows = rows[np.argmax(affordable) :] if affordable.any() else rows[:0]
            if not len(rows):
                return
        row, rows = rows[0], rows[1:]
        yield list(zip(units[row].tolist(), to[row].tolist(), strict=True))
        touched[ends[row]] = True
        rows = rows[~touched[ends[rows]].any(axis=1)]
