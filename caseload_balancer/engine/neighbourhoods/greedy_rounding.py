"""From the relaxation to an assignment, one unit after the other, in a fraction of a second.

Every unit takes the arc of which the relaxation takes most, as far as limits allow: those taken
whole first, then those that are split, the least split ones first. What does not fit stays where an
incumbent has it. Exchanges then repair what is badly placed.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.local_search.descent import Descent
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation


def round_greedily(
    arrays: Arrays,
    relaxation: Relaxation,
    incumbent: Ints,
    parameters: DescentParameters = DEFAULTS.descent,
) -> Ints:
    """Return an assignment near a relaxation; it keeps every limit, and no ceiling need hold.

    Parameters
    ----------
    incumbent
        Shape (units,): feasible.
    parameters
        Of descents.
    """
    if arrays.budget is not None:
        return incumbent
    value = relaxation.rough_values[: arrays.arcs]
    taken = np.flatnonzero(value > INTEGRALITY)
    most_first = taken[np.lexsort((-value[taken], arrays.arc_unit[taken]))]
    first = np.flatnonzero(np.diff(arrays.arc_unit[most_first], prepend=-1))
    wanted = most_first[first]
    wanted = wanted[np.argsort(-value[wanted], kind="stable")]
    whole = value[wanted] > 1 - INTEGRALITY
    search = Descent(arrays, incumbent, parameters)
    for arcs in (wanted[whole], wanted):
        left = arcs
        while len(left) > len(still := search.place(left)):
            left = still
    return search.assignment
