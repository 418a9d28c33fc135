"""Proven optimality by relaxation, reduced-cost fixing and CP-SAT.

The relaxation of a tier, tightened by a decomposition, prices every option. CP-SAT then gets only
the options of assignments up to some cutoff; if the best of these is at or below the cutoff, it is
the best of all.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.cpsat.search import Answer
from caseload_balancer.engine.cpsat.sums import RowTooLargeError
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.results import Result
from caseload_balancer.engine.strategies.branch_and_round import settle_by_branching
from caseload_balancer.engine.strategies.complete_search import search_completely
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.cores import settle_by_cores
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.settling import settle_tiers
from caseload_balancer.engine.strategies.tiers import Known, Tier

_PACE: Final = 4.0
"""By how much less the work of CP-SAT is charged here than it counts itself: in a second of a core
it counts nearly six times what is granted for one."""


def solve_exactly(arrays: Arrays, context: Context) -> Result:
    """Settle every tier by `settle_exactly`."""
    return settle_tiers(arrays, context, settle_exactly)


def settle_exactly(tier: Tier, known: Known, relaxer: Relaxer | None) -> Known:
    """Search the options that the relaxation takes, then those left by rising cutoffs."""
    try:
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
    except RowTooLargeError as error:
        return replace(known, note=f"bounded by the relaxation only: {error}")


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
    found = relaxer.converge(tier.deadline.slice(tier.parameters.exact.tightening_share))
    known = round_off(tier, known, found, relaxer)
    proven = "found by rounding the decomposition, and proven by it"
    note = proven if known.proven else "bounded by the decomposition"
    return replace(known, note=note), found.prices


def _searched_and_branched(tier: Tier, known: Known, prices: Prices, relaxer: Relaxer) -> Known:
    """Search what the decomposition leaves for a little work, then branch and price.

    Most teams are proven by then. Where neither ends, CP-SAT goes on with the work left.
    """
    if known.proven:
        return known
    first = tier.parameters.exact.first_work
    known = _paced(tier, first, lambda own: settle_up_to(own, known, prices))
    if known.proven or tier.deadline.passed():
        return known
    known = settle_by_branching(tier, known, relaxer)
    return _paced(tier, math.inf, lambda own: settle_up_to(own, known, prices, relaxer.candidates))


def _paced(tier: Tier, work: float, settle: Callable[[Tier], Known]) -> Known:
    """Return what is known after CP-SAT has done so much work at most, or what it may be granted.

    A second of it is charged as about one and a half.
    """
    lane = tier.deadline.lane(min(work, _PACE * tier.deadline.work_left()))
    known = settle(replace(tier, deadline=lane))
    tier.deadline.spend(lane.spent() / _PACE)
    return known


def settle_up_to(
    tier: Tier,
    known: Known,
    prices: Prices,
    candidates_up_to: Callable[[int], Candidates] | None = None,
) -> Known:
    """Search the options left by a rising cutoff, until the best value is at or below it.

    Parameters
    ----------
    candidates_up_to
        What assignments of a value or less are made of; by default what the prices leave.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    arcs = max(
        tier.parameters.exact.least_arcs, int(tier.parameters.exact.arcs_a_unit * tier.arrays.units)
    )
    first = prices.cutoff_for(arcs)
    cutoff = known.value if first is None else first
    while not known.proven and not tier.deadline.passed():
        cutoff = min(max(cutoff, known.bound), known.value)
        candidates = (candidates_up_to or prices.candidates)(cutoff)
        if candidates.arc.sum() > tier.parameters.exact.arcs:
            worth = int(candidates.arc.sum())
            return replace(known, note=f"{known.note}; {worth} arcs are too many to prove more")
        finished, known = _search_up_to(tier, known, cutoff, candidates)
        if not finished:
            break
        cutoff = max(2 * cutoff - prices.bound, known.bound)
    return known


def search_support(tier: Tier, known: Known, prices: Prices) -> Known:
    """Search the few arcs that the relaxation or the best known assignment takes.

    Raises
    ------
    RowTooLargeError
        When the solver could not be trusted with it.
    """
    if known.proven:
        return known
    arcs = prices.support.copy()
    chosen = chosen_arcs(tier.arrays, known.assignment)
    arcs[chosen[chosen >= 0]] = True
    if arcs.sum() > tier.parameters.exact.arcs:
        return known
    candidates = replace(Candidates.all_of(tier.arrays), arc=arcs)
    deadline = tier.deadline.slice(tier.parameters.tiers.step_share)
    found = _better(tier, known, search_completely(tier, known, candidates, deadline))
    if not found.proven:
        return found
    note = f"found among the {int(arcs.sum())} arcs that the relaxation takes, and proven by it"
    return replace(found, note=note)


def _search_up_to(
    tier: Tier, known: Known, cutoff: int, candidates: Candidates
) -> tuple[bool, Known]:
    """Return whether the search was finished, and what is known after it."""
    answer = search_completely(tier, known, candidates, tier.deadline)
    known = _better(tier, known, answer)
    bound = answer.bound
    if answer.outcome == "optimal":
        bound = known.value
    elif answer.outcome == "none exists":
        bound = cutoff + 1
    note = (
        f"searched {int(candidates.arc.sum())} of {tier.arrays.arcs} arcs, which hold every "
        f"assignment up to {cutoff}: {answer.outcome}"
    )
    finished = answer.outcome in ("optimal", "none exists")
    return finished, replace(known.raised(min(bound, cutoff + 1)), note=note)


def _better(tier: Tier, known: Known, answer: Answer) -> Known:
    if answer.assignment is None:
        return known
    return known.improved(answer.assignment, tier.value(answer.assignment))
