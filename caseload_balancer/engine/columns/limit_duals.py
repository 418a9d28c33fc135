"""Duals of a large linear program where units share nothing but limits.

The Lagrangian multipliers of the limits (`limit_multipliers.py`) are its duals, but for rows of
earlier tiers and of the budget, which are left out. They come in a fraction of a second, and their
bound is within some hundredths of a per cent of the linear program's, which the simplex method
takes ten times as long for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.arrays.tiers import blend_tiers
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind, price_limits
from caseload_balancer.engine.parameters import DEFAULTS, Parameters


@dataclass(frozen=True, eq=False)
class StartFromLimits:
    """Where the linear program begins.

    Parameters
    ----------
    duals
        Shape (rows,); those of the units are 0.
    values
        Shape (columns,): what the incumbent takes.
    """

    duals: Floats
    values: Floats


def start_from_limits(
    arrays: Arrays,
    tier: int,
    linear: Linearisation,
    incumbent: Ints,
    *,
    deadline: Deadline,
    parameters: Parameters = DEFAULTS,
) -> StartFromLimits | None:
    """Return where to begin; None where the problem is small, or other things bind.

    Parameters
    ----------
    tier, linear
        To bound, and its linear program: a unit does not wait where that has no room for it.
    incumbent
        Shape (units,): an assignment within the ceilings of the earlier tiers.
    """
    small = arrays.arcs <= parameters.columns.all_arcs_up_to
    if small or not only_limits_bind(arrays) or deadline.passed():
        return None
    may_wait = np.zeros(arrays.units, np.bool_)
    room = linear.program.upper[arrays.arcs : arrays.arcs + len(linear.waits)]
    may_wait[linear.waits[room > 0]] = True
    weights = (np.arange(arrays.tiers) == tier).astype(np.int64)
    alone = replace(blend_tiers(arrays, weights), start=incumbent, may_wait=may_wait)
    worth = price_limits(alone, deadline=deadline, parameters=parameters.multipliers).ravel()
    duals = np.zeros(linear.program.rows)
    priced = np.flatnonzero(linear.cell_row >= 0)
    duals[linear.cell_row[priced]] = -worth[priced]
    chosen = chosen_arcs(arrays, incumbent)
    values = np.zeros(linear.program.columns)
    values[chosen[chosen >= 0]] = 1.0
    values[arrays.arcs + np.searchsorted(linear.waits, np.flatnonzero(chosen < 0))] = 1.0
    return StartFromLimits(duals, values)
