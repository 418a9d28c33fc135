"""Large problems: neighbourhoods of a few workers, guided and bounded by the relaxation.

When no neighbourhood gains any more, the options that the bound leaves are searched exactly, as
those of small problems are, if they are few enough.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.results import Result
from caseload_balancer.engine.strategies.contexts import Context
from caseload_balancer.engine.strategies.cores import settle_by_cores
from caseload_balancer.engine.strategies.cut_and_search import settle_by_cuts
from caseload_balancer.engine.strategies.improvement import improve, round_off
from caseload_balancer.engine.strategies.reduced_tier import settle_reduced
from caseload_balancer.engine.strategies.restricted_tier import bounded_by_restriction
from caseload_balancer.engine.strategies.rising_cutoffs import settle_up_to
from caseload_balancer.engine.strategies.settling import settle_tiers
from caseload_balancer.engine.strategies.tiers import Known, Tier


def solve_by_neighbourhoods(arrays: Arrays, context: Context) -> Result:
    """Settle every tier by neighbourhoods."""
    return settle_tiers(arrays, context, settle_by_neighbourhoods, rough=True)


def settle_by_neighbourhoods(tier: Tier, known: Known, relaxer: Relaxer | None) -> Known:
    """Round the relaxation, improve that by neighbourhoods, then try to prove it."""
    if relaxer is None:
        return known
    if only_limits_bind(tier.arrays):
        share = tier.parameters.cores.neighbourhood_share
        return settle_by_cores(tier, known, relaxer, share=share)
    relaxation = relaxer.current()
    rounded = _is_rounded_at_once(tier, relaxation)
    if rounded:
        known = _rounded(tier, known, relaxation, relaxer)
    if rounded and not (known.proven or tier.deadline.passed()):
        known, relaxation = settle_by_cuts(tier, known, relaxation, relaxer)
    if known.proven or tier.deadline.passed():
        return known
    share = tier.parameters.large.neighbourhood_share
    known = improve(
        tier,
        known,
        relaxation,
        relaxer,
        share,
        rounded=rounded,
        search_exactly=partial(_search_exactly, tier, known, relaxer),
    )
    exactly = known.bound > relaxer.current().bound
    by = "an exact search of what it leaves" if exactly else "it"
    note = f"improved by neighbourhoods, guided by the relaxation, bounded by {by}"
    known = replace(known, note=note)
    return settle_up_to(tier, known, relaxer.current().prices, relaxer.candidates)


def _search_exactly(
    tier: Tier,
    known: Known,
    relaxer: Relaxer,
    best: Ints,
    cutoff: int,
    relaxation: Relaxation,
    deadline: Deadline,
    work: float,
) -> tuple[Ints, int]:
    """Return the best assignment and a bound after a search of all up to a cutoff."""
    known = known.improved(best, tier.value(best)).raised(relaxation.bound)
    lane = replace(tier, deadline=deadline)
    found = settle_reduced(lane, known, cutoff, relaxation, relaxer, work)
    if found.refuted:
        tier.note_refuted()
        return found.assignment, known.bound
    return found.assignment, found.bound


def _is_rounded_at_once(tier: Tier, relaxation: Relaxation) -> bool:
    """Return whether to round the relaxation before anything else is done to it.

    That of a large program of the last tier is rounded later, once it is decomposed, unless it
    splits few units, so that it may be near enough to the best, or little work is left.
    """
    if tier.number < tier.arrays.tiers - 1 or not relaxation.is_large:
        return True
    few = relaxation.split <= tier.parameters.large.split_units
    return not relaxation.is_rough and (few or tier.in_haste)


def _rounded(tier: Tier, known: Known, relaxation: Relaxation, relaxer: Relaxer) -> Known:
    """Round the relaxation; bound an earlier tier by the few units that it concerns."""
    last = tier.number == tier.arrays.tiers - 1
    known = round_off(tier, known, relaxation, relaxer)
    return known if last or known.proven else bounded_by_restriction(tier, known)
