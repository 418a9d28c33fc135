"""Large problems: neighbourhoods of a few workers, guided and bounded by the relaxation.

What is left when no neighbourhood gains any more is proven as small problems are, if the relaxation
leaves few enough arcs that could still matter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from caseload_balancer.engine.contexts import Context
from caseload_balancer.engine.cpsat.sums import RowTooLargeError
from caseload_balancer.engine.exact import settle_up_to
from caseload_balancer.engine.neighbourhoods import improve_tier
from caseload_balancer.engine.relaxation import Relaxation
from caseload_balancer.engine.results import Result
from caseload_balancer.engine.tiers import Known, Tier, settle_tiers
from caseload_balancer.problem.arrays import Arrays

_CUT_ROUNDS: Final = 2
"""Rounds of cuts before the first rounding; more follow beside the neighbourhoods."""
_SHARE: Final = 0.8
"""Of the time and work left of a tier, what rounding the relaxation and neighbourhoods may take."""


def solve_by_descent(arrays: Arrays, context: Context) -> Result:
    """Settle every tier by neighbourhoods."""
    return settle_tiers(arrays, context, settle_by_descent, cut_rounds=_CUT_ROUNDS)


def settle_by_descent(tier: Tier, known: Known, relaxation: Relaxation | None) -> Known:
    """Round the relaxation, improve that by neighbourhoods, then try to prove it."""
    if relaxation is None:
        return known
    improved = improve_tier(
        tier.arrays,
        known.assignment,
        tier.number,
        tier.ceilings,
        relaxation,
        deadline=tier.deadline.part(_SHARE),
        seed=tier.seed,
        on_better=tier.report,
    )
    known = known.improved(improved.assignment, tier.value(improved.assignment))
    known = known.raised(improved.relaxation.bound)
    known = replace(known, note="improved by neighbourhoods, bounded by the relaxation")
    try:
        return settle_up_to(tier, known, improved.relaxation.prices)
    except RowTooLargeError as error:
        return replace(known, note=f"{known.note}; {error}")
