"""A tier improved by neighbourhoods, one rounding or ejection chains, for a share of its work."""

from __future__ import annotations

import math
from dataclasses import replace

from caseload_balancer.arrays import Ints
from caseload_balancer.arrays.evaluation import broken_limits, values, within
from caseload_balancer.engine.local_search.ejection_chains import improve_by_chains
from caseload_balancer.engine.local_search.filled_starts import improve_by_filled_starts
from caseload_balancer.engine.local_search.limit_multipliers import price_limits
from caseload_balancer.engine.neighbourhoods.completion import SearchExactly
from caseload_balancer.engine.neighbourhoods.improvement import (
    improve_tier,
    round_tier,
)
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.tiers import Known, Tier
from caseload_balancer.engine.strategies.warm_start import blend


def improve(
    tier: Tier,
    known: Known,
    relaxation: Relaxation,
    relaxer: Relaxer,
    share: float,
    *,
    rounded: bool = False,
    search_exactly: SearchExactly | None = None,
) -> Known:
    """Return what is known after a search of neighbourhoods, which tightens the relaxation too.

    Parameters
    ----------
    share
        Of the time and work left of the tier.
    rounded
        Whether the relaxation was rounded already.
    search_exactly
        Called when few options are left.
    """
    deadline = tier.deadline.slice(share)
    known = known.raised(relaxation.bound)
    if known.proven or deadline.passed():
        return known
    improved = improve_tier(
        tier.arrays,
        known.assignment,
        tier.number,
        tier.ceilings,
        relaxation,
        relaxer,
        deadline=deadline,
        seed=tier.seed,
        rounded=rounded,
        on_better=tier.report,
        good_enough=lambda found: tier.value(found) <= known.bound + known.gap,
        search_exactly=search_exactly,
        parameters=tier.parameters,
    )
    value = tier.value(improved.assignment)
    found = Known(
        assignment=improved.assignment, value=value, bound=improved.bound, note=known.note
    )
    return known.joined(found)


def round_off(tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer) -> Known:
    """Return what is known after the relaxation was rounded, once."""
    known = known.raised(relaxation.bound)
    if known.proven or tier.deadline.passed():
        return known
    rounded = round_tier(
        tier.arrays,
        known.assignment,
        tier.number,
        tier.ceilings,
        relaxation,
        relaxer,
        deadline=tier.deadline,
        seed=tier.seed,
        parameters=tier.parameters,
    )
    return _with(tier, known, rounded)


def _with(tier: Tier, known: Known, feasible: Ints) -> Known:
    """Return what is known with an assignment within the ceilings, which is reported if better."""
    value = tier.value(feasible)
    if value < known.value:
        tier.report(feasible)
    return known.improved(feasible, value)


def accept(tier: Tier, known: Known, assignment: Ints) -> Known:
    """Return what is known with an assignment of any origin: if feasible, within the ceilings."""
    tier_values = values(tier.arrays, assignment)
    if not within(tier_values, tier.ceilings) or broken_limits(tier.arrays, assignment):
        return known
    better = known.improved(assignment, tier_values[tier.number])
    if better is not known:
        tier.report(better.assignment)
    return better


def follow_chains(tier: Tier, known: Known, share: float, *, again: bool = False) -> Known:
    """Return what is known after ejection chains; for tiers where nothing but limits is shared.

    Workers that are filled one after the other are starts of some of them.

    All tiers count, in one sum, so that the later ones are not spoilt.

    Parameters
    ----------
    share
        Of the time and work left of the tier, what they may take.
    again
        Whether there were chains before, so that others are drawn, with more patience.
    """
    arrays, parameters = tier.arrays, tier.parameters
    together = blend(arrays, known.assignment, parameters.warm_start.units_outweighed)
    if known.proven or together is None or tier.deadline.passed():
        return known
    deadline = tier.deadline.slice(share)
    chains = parameters.chains
    if again:
        factor = parameters.cores.patience_again
        chains = replace(
            chains,
            patience=factor * chains.patience,
            patience_an_arc=factor * chains.patience_an_arc,
        )
    price = price_limits(together, deadline=deadline, parameters=parameters.multipliers)
    begun = improve_by_filled_starts(
        together,
        known.assignment,
        price,
        deadline=deadline.slice(parameters.fillings.starts_share),
        seed=(tier.seed, int(again)),
        starts=math.inf if again else parameters.fillings.starts,
        parameters=parameters,
    )
    found = improve_by_chains(
        together,
        begun,
        price,
        deadline=deadline,
        seed=(tier.seed, int(again)),
        parameters=chains,
    )
    tier_values = values(arrays, found)
    if not within(tier_values, tier.ceilings) or tier_values[tier.number] >= known.value:
        return known
    tier.report(found)
    return known.improved(found, tier_values[tier.number])
