"""The first active columns of a large linear program, given duals near the best."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.parameters import ColumnGenerationParameters


def initial_columns(
    arrays: Arrays,
    linear: Linearisation,
    reduced: Ints,
    values: Floats,
    incumbent: Ints,
    parameters: ColumnGenerationParameters,
) -> tuple[Bools, Bools]:
    """Return the active columns, and the columns that are fixed at their upper bounds.

    Parameters
    ----------
    reduced, values
        Shape (columns,): reduced costs, the units' duals left out, and a solution near the best.
    incumbent
        Shape (units,): a feasible assignment; its options and the segments of its loads are active.
    """
    first = linear.first_segment
    active = linear.program.upper > 0
    active[: arrays.arcs + len(linear.waits)] &= _cheap(
        arrays, linear, reduced, parameters.smoothed_options_a_unit
    )
    chosen = chosen_arcs(arrays, incumbent)
    active[chosen[chosen >= 0]] = True
    active[arrays.arcs + np.searchsorted(linear.waits, np.flatnonzero(chosen < 0))] = True
    at_upper = np.zeros(len(active), np.bool_)
    if len(linear.segment_cell) == 0:
        return active, at_upper
    cell = linear.segment_cell
    filled = 2 * values[first:] > linear.program.upper[first:]
    _, begin, place = np.unique(cell, return_index=True, return_inverse=True)
    number = np.bincount(place, filled).astype(np.int64)
    away = np.arange(len(cell)) - (begin + number)[place]
    present = linear.segment_start < resource_use(arrays, incumbent).ravel()[cell]
    active[first:] &= (np.abs(away) <= parameters.segments_near) | ((away > 0) & present)
    at_upper[first:] = away < -parameters.segments_near
    return active, at_upper


def _cheap(arrays: Arrays, linear: Linearisation, reduced: Ints, options_a_unit: int) -> Bools:
    """Return the options of least reduced cost beyond their unit's cheapest."""
    unit = np.concatenate([arrays.arc_unit, linear.waits])
    most = linear.program.upper[: len(unit)]
    cost = np.where(most > 0, reduced[: len(unit)], np.iinfo(np.int64).max)
    cheapest = np.full(arrays.units, np.iinfo(np.int64).max)
    np.minimum.at(cheapest, unit, cost)
    beyond = cost - cheapest[unit]
    count = min(options_a_unit * arrays.units, len(unit))
    return np.asarray(beyond <= np.partition(beyond, count - 1)[count - 1])
