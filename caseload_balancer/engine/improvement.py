"""A tier made better by neighbourhoods, for a share of what it has left."""

from __future__ import annotations

from collections.abc import Callable

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.neighbourhoods import improve_tier
from caseload_balancer.engine.relaxation import Relaxation
from caseload_balancer.engine.tiers import Known, Tier
from caseload_balancer.problem.arrays import Ints


def improve(tier: Tier, known: Known, relaxation: Relaxation, share: float) -> Known:
    """Return what is known after a search of neighbourhoods, which tightens the relaxation too.

    Parameters
    ----------
    share
        Of the time and work left of the tier.
    """
    deadline = tier.deadline.part(share)
    bound = max(known.bound, relaxation.bound)
    return _improve(
        tier, known, relaxation, deadline, enough=lambda found: tier.value(found) <= bound
    )


def round_off(tier: Tier, known: Known, relaxation: Relaxation) -> Known:
    """Return what is known after the relaxation was rounded, once."""
    return _improve(tier, known, relaxation, tier.deadline, enough=lambda _found: True)


def _improve(
    tier: Tier,
    known: Known,
    relaxation: Relaxation,
    deadline: Deadline,
    *,
    enough: Callable[[Ints], bool],
) -> Known:
    known = known.raised(relaxation.bound)
    if known.proven or deadline.passed():
        return known
    improved = improve_tier(
        tier.arrays,
        known.assignment,
        tier.number,
        tier.ceilings,
        relaxation,
        deadline=deadline,
        seed=tier.seed,
        on_better=tier.report,
        enough=enough,
    )
    known = known.improved(improved.assignment, tier.value(improved.assignment))
    return known.raised(improved.relaxation.bound)
