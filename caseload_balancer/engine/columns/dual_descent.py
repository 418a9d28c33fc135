"""A descent by reduced costs, then by true costs, to an assignment near the bound.

A descent by true costs stops where no single move gains. With the costs of loads replaced by their
duals, each unit goes where the relaxation would have it, as far as limits and earlier tiers
allow, in a few rounds. A descent by true costs then repairs what linear prices do not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.tiers import insert_tier, keep_tiers
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters

_DEAREST: Final = 2**30
"""Of an option that no assignment has, or none worth having."""
_WORK_AN_ARC: Final = 5e-8
"""Of both descents, for each arc."""


def descend_by_duals(
    arrays: Arrays,
    tier: int,
    ceilings: Sequence[int],
    prices: Prices,
    assignment: Ints,
    *,
    deadline: Deadline,
    parameters: DescentParameters = DEFAULTS.descent,
) -> Ints:
    """Return an assignment within the ceilings that is no worse in the tier than a feasible one.

    Parameters
    ----------
    prices
        Of the tier.
    assignment
        Shape (units,): where to begin; within the ceilings.
    parameters
        Of descents.
    """
    deadline.spend(_WORK_AN_ARC * arrays.arcs)
    priced = _priced(arrays, tier, prices, assignment)
    guided = descend(priced, assignment, deadline=deadline, parameters=parameters)
    found = descend(arrays, guided, deadline=deadline, parameters=parameters)
    tier_values = values(arrays, found)
    within = all(value <= most for value, most in zip(tier_values, ceilings, strict=False))
    return found if within and tier_values[tier] < values(arrays, assignment)[tier] else assignment


def _priced(arrays: Arrays, tier: int, prices: Prices, assignment: Ints) -> Arrays:
    """Return arrays whose last tier is the reduced cost of each option, and nothing else."""
    earlier = keep_tiers(arrays, 0, tier)
    arc_cost = np.minimum(prices.arc // prices.scale, _DEAREST)
    wait_cost = np.minimum(prices.wait // prices.scale, _DEAREST)
    return replace(insert_tier(earlier, tier, arc_cost, wait_cost), start=assignment)
