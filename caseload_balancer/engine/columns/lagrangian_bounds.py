"""From any duals of the linear program to a bound over all its columns, active or not."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.pricing import Pricing
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.linear_programs.tolerances import EPSILON


def total_bound(arrays: Arrays, linear: Linearisation, pricing: Pricing) -> int:
    """Return the bound times its scale, with each unit's dual set to its cheapest option."""
    options = arrays.arcs + len(linear.waits)
    upper = linear.program.upper[:options]
    reduced = pricing.reduced_cost[:options]
    unit = np.concatenate([arrays.arc_unit, linear.waits])
    cheapest = np.full(arrays.units, np.iinfo(np.int64).max)
    np.minimum.at(cheapest, unit[upper > 0], reduced[upper > 0])
    total = pricing.bound + int(cheapest.sum()) - int(np.minimum(reduced, 0) @ upper)
    return total + linear.constant * pricing.scale


def charge_indicators(
    linear: Linearisation, program: LinearProgram, active: Bools, duals: Floats
) -> Floats:
    """Return duals that charge inactive indicators to arcs, which would look too cheap without.

    Parameters
    ----------
    program
        The linear program, perhaps with cuts.
    active
        Shape (columns,): the columns for which the duals were found.
    duals
        Shape (rows of `program`,).
    """
    if len(linear.indicator_of) == 0:
        return duals
    reduced = program.cost - np.bincount(
        program.column, duals[program.row] * program.value, minlength=program.columns
    )
    idle = ~active[linear.indicator_of] & (reduced[linear.indicator_of] > 0)
    needed = np.where(idle, np.maximum(0.0, -reduced[linear.arc_of]), 0.0)
    asked = np.bincount(linear.indicator_of, needed, minlength=program.columns)[linear.indicator_of]
    share = np.minimum(1.0, reduced[linear.indicator_of] / np.maximum(asked, EPSILON))
    charged = duals.copy()
    charged[linear.member_row] -= needed * np.where(idle, share, 0.0)
    return charged
