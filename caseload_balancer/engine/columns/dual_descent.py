"""A descent by reduced costs, then by true costs, to an assignment near the bound.

A descent by true costs stops where no single move gains. With the costs of loads replaced by their
duals, each unit goes where the relaxation would have it, as far as limits and earlier tiers
allow, in a few rounds. A descent by true costs then repairs what linear prices do not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values, within
from caseload_balancer.arrays.tiers import insert_tier, keep_tiers
from caseload_balancer.engine.columns.reduced_costs import Prices, price_options
from caseload_balancer.engine.columns.smoothed_duals import smoothed_duals
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.pricing import Pricing, price
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters, Parameters

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
    better = tier_values[tier] < values(arrays, assignment)[tier]
    return found if better and within(tier_values, ceilings) else assignment


def _priced(arrays: Arrays, tier: int, prices: Prices, assignment: Ints) -> Arrays:
    """Return arrays whose last tier is the reduced cost of each option, and nothing else."""
    earlier = keep_tiers(arrays, 0, tier)
    arc_cost = np.minimum(prices.arc // prices.scale, _DEAREST)
    wait_cost = np.minimum(prices.wait // prices.scale, _DEAREST)
    return replace(insert_tier(earlier, tier, arc_cost, wait_cost), start=assignment)


@dataclass(frozen=True, eq=False)
class SmoothedStart:
    """Where a linear program begins by smoothed duals.

    Parameters
    ----------
    duals, values
        See `SmoothedDuals`.
    pricing
        Of the duals.
    incumbent
        Shape (units,): the assignment that a descent by the duals comes to, or that it began at.
    """

    duals: Floats
    values: Floats
    pricing: Pricing
    incumbent: Ints


def start_from_smoothed_duals(
    arrays: Arrays,
    tier: int,
    ceilings: Sequence[int],
    linear: Linearisation,
    begin: Ints,
    *,
    deadline: Deadline,
    parameters: Parameters = DEFAULTS,
) -> SmoothedStart | None:
    """Return smoothed duals and what a descent by them comes to; None where no option differs.

    Parameters
    ----------
    begin
        Shape (units,): feasible, and within the ceilings.
    parameters
        Of the search.
    """
    smoothed = smoothed_duals(
        arrays, linear, begin, deadline=deadline, parameters=parameters.smoothed_duals
    )
    if smoothed is None:
        return None
    pricing = price(linear.program, smoothed.duals)
    support = smoothed.values[: arrays.arcs] > INTEGRALITY
    prices = price_options(arrays, linear, pricing, support)
    mine = parameters.descent
    found = descend_by_duals(
        arrays, tier, ceilings, prices, begin, deadline=deadline, parameters=mine
    )
    return SmoothedStart(smoothed.duals, smoothed.values, pricing, found)
