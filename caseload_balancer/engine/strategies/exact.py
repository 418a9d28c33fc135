"""Proven optimality by relaxation, reduced-cost fixing and CP-SAT.

The relaxation of a tier, tightened by a decomposition, prices every option. CP-SAT then gets only
the options of assignments up to some cutoff; if the best of these is at or below the cutoff, it is
the best of all.
"""

from __future__ import annotations

import math
from dataclasses import replace

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.results import Result
from caseload_balancer.engine.strategies.branch_and_round import settle_by_branching
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.cores import settle_by_cores
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.reduced_beside import (
    settle_by_reduction_beside_decomposition,
)
from caseload_balancer.engine.strategies.rising_cutoffs import (
    search_support,
    settle_for,
    settle_up_to,
)
from caseload_balancer.engine.strategies.settling import settle_tiers
from caseload_balancer.engine.strategies.tiers import Known, Tier


def solve_exactly(arrays: Arrays, context: Context) -> Result:
    """Settle every tier by `settle_exactly`."""
    return settle_tiers(arrays, context, settle_exactly)


def settle_exactly(tier: Tier, known: Known, relaxer: Relaxer | None) -> Known:
    """Search the options that the relaxation takes, then those left by rising cutoffs."""
    if relaxer is None:
        prices = Prices.none(tier.arrays, known.bound)
        return settle_up_to(tier, search_support(tier, known, prices), prices)
    relaxation = relaxer.current()
    if _has_many_segments(tier, relaxation) and not only_limits_bind(tier.arrays):
        known, prices = _tightened(tier, known, relaxation, relaxer)
        return _searched_and_branched(tier, known, prices, relaxer)
    prices = relaxation.prices
    if only_limits_bind(tier.arrays):
        known = settle_by_cores(tier, known, relaxer, share=0.0)
        prices = relaxer.current().prices
    return settle_up_to(tier, search_support(tier, known, prices), prices)


def _has_many_segments(tier: Tier, relaxation: Relaxation) -> bool:
    """Return whether convex costs have some segments each: there a decomposition gains most."""
    segments = len(relaxation.linear.segment_cell)
    return segments > tier.parameters.exact.segments_a_worker * tier.arrays.workers


def _tightened(
    tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer
) -> tuple[Known, Prices]:
    """Return what roundings and the decomposition say, and its prices, which leave fewer arcs."""
    known = round_off(tier, known, relaxation, relaxer)
    if known.proven:
        proven = "found by rounding the relaxation, and proven by it"
        return replace(known, note=proven), relaxation.prices
    converging = tier.deadline.slice(tier.parameters.exact.tightening_share)
    known, found = settle_by_reduction_beside_decomposition(
        tier, known, relaxation, relaxer, converging
    )
    if known.proven:
        return known, found.prices
    known = round_off(tier, known, found, relaxer)
    proven = "found by rounding the decomposition, and proven by it"
    note = proven if known.proven else "bounded by the decomposition"
    return replace(known, note=note), found.prices


def _searched_and_branched(tier: Tier, known: Known, prices: Prices, relaxer: Relaxer) -> Known:
    """Search what the decomposition leaves for a little work, then branch and price.

    Most teams are proven by then. Where neither ends, CP-SAT goes on with the work left.
    """

    def searched(known: Known, work: float) -> Known:
        known = known.raised(relaxer.current().bound)  # to round it may have tightened it
        candidates, decomposition = relaxer.candidates, relaxer.decomposition
        return settle_for(tier, known, prices, work, candidates, decomposition)

    if known.proven:
        return known
    known = searched(known, tier.parameters.exact.first_work)
    if known.proven or tier.deadline.passed():
        return known
    return searched(settle_by_branching(tier, known, relaxer), math.inf)
