"""Options left by a bound, searched exactly by CP-SAT up to rising cutoffs.

If the best of what is left up to a cutoff is at or below that, it is the best of all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.cpsat.search import Answer
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import KnapsackRow
from caseload_balancer.engine.strategies.complete_search import rows_of, search_completely
from caseload_balancer.engine.strategies.tiers import Known, Tier

_PACE: Final = 4.0
"""By how much less the work of CP-SAT is charged here than it counts itself: in a second of a core
it counts nearly six times what is granted for one."""


def settle_up_to(
    tier: Tier,
    known: Known,
    prices: Prices,
    candidates_up_to: Callable[[int], Candidates] | None = None,
    decomposition: DantzigWolfe | None = None,
) -> Known:
    """Search the options left by a rising cutoff, until the best value is at or below it.

    Parameters
    ----------
    candidates_up_to
        What assignments of a value or less are made of; by default what the prices leave.
    decomposition
        Whose knapsacks make the model of CP-SAT tighter.
    """
    arcs = max(
        tier.parameters.exact.least_arcs, int(tier.parameters.exact.arcs_a_unit * tier.arrays.units)
    )
    first = prices.cutoff_for(arcs)
    cutoff = known.value if first is None else first
    while not (known.proven or known.refuted or tier.deadline.passed()):
        cutoff = min(max(cutoff, known.bound), known.value)
        candidates = (candidates_up_to or prices.candidates)(cutoff)
        if candidates.arc.sum() > tier.parameters.exact.arcs:
            worth = int(candidates.arc.sum())
            return replace(known, note=f"{known.note}; {worth} arcs are too many to prove more")
        rows = rows_of(decomposition, candidates)
        finished, known = _search_up_to(tier, known, cutoff, candidates, rows)
        if not finished:
            break
        cutoff = max(2 * cutoff - prices.bound, known.bound)
    return known


def settle_for(
    tier: Tier,
    known: Known,
    prices: Prices,
    work: float,
    candidates_up_to: Callable[[int], Candidates] | None = None,
    decomposition: DantzigWolfe | None = None,
) -> Known:
    """Do as `settle_up_to` for so much work of CP-SAT at most, or what it may be granted.

    A second of it is charged as about one and a half.
    """
    lane = tier.deadline.lane(min(work, _PACE * tier.deadline.work_left()))
    known = settle_up_to(
        replace(tier, deadline=lane), known, prices, candidates_up_to, decomposition
    )
    tier.deadline.spend(lane.spent() / _PACE)
    return known


def search_support(tier: Tier, known: Known, prices: Prices) -> Known:
    """Search the few arcs that the relaxation or the best known assignment takes."""
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
    tier: Tier, known: Known, cutoff: int, candidates: Candidates, rows: Sequence[KnapsackRow]
) -> tuple[bool, Known]:
    """Return whether the search was finished, and what is known after it."""
    answer = search_completely(tier, known, candidates, tier.deadline, rows=rows)
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
