"""A tier made better by neighbourhoods, for a share of what it has left."""

from __future__ import annotations

from caseload_balancer.engine.neighbourhoods import improve_tier
from caseload_balancer.engine.relaxation import Relaxation
from caseload_balancer.engine.tiers import Known, Tier


def improve(tier: Tier, known: Known, relaxation: Relaxation, share: float) -> Known:
    """Return what is known after a search of neighbourhoods, which tightens the relaxation too.

    Parameters
    ----------
    share
        Of the time and work left of the tier.
    """
    known = known.raised(relaxation.bound)
    if known.proven or tier.deadline.passed():
        return known
    improved = improve_tier(
        tier.arrays,
        known.assignment,
        tier.number,
        tier.ceilings,
        relaxation,
        deadline=tier.deadline.part(share),
        seed=tier.seed,
        on_better=tier.report,
    )
    known = known.improved(improved.assignment, tier.value(improved.assignment))
    return known.raised(improved.relaxation.bound)
