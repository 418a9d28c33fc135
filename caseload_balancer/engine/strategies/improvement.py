"""A tier improved by neighbourhoods or by one rounding, for a share of its time and work."""

from __future__ import annotations

from caseload_balancer.engine.neighbourhoods.improvement import improve_tier, round_tier
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.tiers import Known, Tier


def improve(
    tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer, share: float
) -> Known:
    """Return what is known after a search of neighbourhoods, which tightens the relaxation too.

    Parameters
    ----------
    share
        Of the time and work left of the tier.
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
        on_better=tier.report,
        good_enough=lambda found: tier.value(found) <= known.bound,
        parameters=tier.parameters,
    )
    known = known.improved(improved.assignment, tier.value(improved.assignment))
    return known.raised(improved.relaxation.bound)


def round_off(
    tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer, *, near: bool = False
) -> Known:
    """Return what is known after the relaxation was rounded, once.

    Parameters
    ----------
    near
        See `round_tier`.
    """
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
        near=near,
        parameters=tier.parameters,
    )
    if tier.value(rounded) < known.value:
        tier.report(rounded)
    return known.improved(rounded, tier.value(rounded))
