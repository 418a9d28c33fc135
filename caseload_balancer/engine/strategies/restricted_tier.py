"""A tier bounded by a restricted problem: that of the few units whose options differ.

In a tier that counts what must not wait, or families that are split, few units matter; the others
cost the same wherever they are. The restricted problem leaves these out, with what they use, and
counts their cheapest options. As the costs of loads and groups never fall when units are added, the
optimum of the restricted problem bounds the whole: an exact search over a few hundred units often
proves what no relaxation of the whole does.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.arrays.least_costs import least_options
from caseload_balancer.arrays.units import only_units
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.exact import settle_exactly
from caseload_balancer.engine.strategies.tiers import Known, Tier


def bounded_by_restriction(tier: Tier, known: Known) -> Known:
    """Return what is known, with the bound raised to that of the restricted problem."""
    arrays = tier.arrays
    units = relevant_units(
        arrays,
        tier.number,
        min(tier.parameters.exact.arcs, int(tier.parameters.tiers.restricted_arcs * arrays.arcs)),
    )
    if not units.any() or tier.deadline.passed():
        return known
    beside = [int(least_options(arrays, number)[~units].sum()) for number in range(arrays.tiers)]
    alone = replace(
        tier,
        arrays=only_units(arrays, known.assignment, units),
        ceilings=tuple(c - b for c, b in zip(tier.ceilings, beside, strict=False)),
        deadline=tier.deadline.slice(tier.parameters.tiers.restricted_share),
        report=lambda _assignment: None,
    )
    value = alone.value(alone.arrays.start)
    least = known.bound - beside[tier.number]
    begin = Known(
        assignment=alone.arrays.start, value=value, bound=min(value, least), note=known.note
    )
    relaxer = relax(
        alone.arrays,
        tier.number,
        alone.ceilings,
        deadline=alone.deadline,
        parameters=tier.parameters,
    )
    found = settle_exactly(alone, begin, relaxer)
    raised = known.raised(found.bound + beside[tier.number])
    note = f"bounded by the {int(units.sum())} units that it concerns"
    if found.refuted:
        return known  # it begins at a bound of the whole, which may be above its own optimum
    return replace(raised, note=note) if raised.bound > known.bound else known


def relevant_units(arrays: Arrays, tier: int, arcs_at_most: int) -> Bools:
    """Return the units whose options differ in a tier, if they have few arcs.

    Shape (units,). They are the units whose options, groups or uses of priced resources cost
    something; where these are too many, uses do not count, and then only groups do.
    """
    dearest = least_options(arrays, tier)
    least = dearest.copy()
    np.maximum.at(dearest, arrays.arc_unit, arrays.arc_cost[tier])
    dearest = np.where(arrays.may_wait, np.maximum(dearest, arrays.wait_cost[tier]), dearest)
    grouped = arrays.group_of_unit >= 0
    grouped[grouped] = arrays.groups.cost[tier, arrays.group_of_unit[grouped]] > 0
    own = grouped | (dearest > least)
    priced = np.zeros(arrays.limit.shape, np.bool_)
    mine = arrays.breakpoints.tier == tier
    priced[arrays.breakpoints.resource[mine], arrays.breakpoints.worker[mine]] = True
    costly = (priced[:, arrays.arc_worker] & (arrays.arc_use > 0)).any(axis=0)
    using = own.copy()
    using[arrays.arc_unit[costly]] = True
    for units in (using, own, grouped):
        if units[arrays.arc_unit].sum() <= arcs_at_most:
            return units
    return np.zeros(arrays.units, np.bool_)
