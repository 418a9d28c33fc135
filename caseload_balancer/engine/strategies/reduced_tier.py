"""A tier reduced to what its bound leaves, and solved as the smaller problem that this is.

Options that no assignment up to the best known value is made of go, and so do units with one option
left. What stays of a service is often no larger than a team; a relaxation of that, with cuts of its
own, is solved in a moment. (Reduced-cost fixing: Dantzig, Fulkerson and Johnson, "Solution of a
large-scale traveling-salesman problem", Journal of the Operations Research Society of America 2,
1954.)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.arrays.restriction import Restriction, restrict
from caseload_balancer.arrays.units import with_their_groups
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer, relax
from caseload_balancer.engine.strategies.improvement import round_off
from caseload_balancer.engine.strategies.rising_cutoffs import settle_for
from caseload_balancer.engine.strategies.tiers import Known, Tier

_Search = Callable[[Tier, Known, Prices, Relaxer], Known]


def settle_by_reduction(
    tier: Tier,
    known: Known,
    relaxation: Relaxation,
    relaxer: Relaxer,
    *,
    nearest: bool = True,
    before_search: Callable[[], None] = lambda: None,
) -> tuple[Known, bool]:
    """Return what is known after the tier was reduced, and whether to all that its bound leaves.

    Where that is too much, what is nearest to the bound is searched first, and all that is left if
    this ends and leaves little.

    Parameters
    ----------
    nearest
        Whether to do so; else what is too much is left as it is.
    before_search
        Called whenever CP-SAT is about to be asked.
    """
    mine, units = tier.parameters.reduction, tier.arrays.units

    def is_little() -> bool:
        candidates = relaxer.narrowed(relaxation.prices.candidates(known.value), known.value)
        return bool(candidates.arc.sum() <= mine.arcs_a_unit * units)

    def settled_up_to(cutoff: int) -> Known:
        lane = replace(tier, deadline=tier.deadline.slice(mine.work_share))
        return settle_reduced(
            lane, known, cutoff, relaxation, relaxer, mine.work, before_search=before_search
        )

    if known.proven or tier.deadline.passed():
        return known, False
    if not is_little():
        arcs = int(mine.near_arcs_a_unit * units) if nearest else 0
        near = relaxation.prices.cutoff_for(arcs) if arcs else None
        if near is None:
            return known, False
        cutoff = min(near, known.value)
        known = settled_up_to(cutoff)
        if known.proven or known.bound <= cutoff or not is_little():
            return known, False
    return settled_up_to(known.value), True


def settle_reduced(
    tier: Tier,
    known: Known,
    cutoff: int,
    relaxation: Relaxation,
    relaxer: Relaxer,
    work: float,
    *,
    before_search: Callable[[], None] = lambda: None,
) -> Known:
    """Return what is known after the reduced tier was settled; where that fails, what was before.

    Parameters
    ----------
    cutoff
        The tier is reduced to what assignments of that value or less are made of.
    relaxation
        By whose prices it is reduced.
    relaxer
        Told what best assignments are made of, once that is known better.
    work
        That CP-SAT may take, see `settle_for`.
    before_search
        Called before it is asked.
    """

    def search(reduced: Tier, begin: Known, prices: Prices, inner: Relaxer) -> Known:
        before_search()
        return settle_for(reduced, begin, prices, work, inner.candidates)

    return contained(
        lambda: _settled(tier, known, cutoff, relaxation, relaxer, search),
        known,
        what="a reduced tier",
        deadline=tier.deadline,
    )


def _settled(
    tier: Tier,
    known: Known,
    cutoff: int,
    relaxation: Relaxation,
    relaxer: Relaxer,
    search: _Search,
) -> Known:
    arrays, best = tier.arrays, known.assignment
    candidates = relaxer.narrowed(relaxation.prices.candidates(cutoff), cutoff)
    cut = restrict(arrays, best, units=_free(arrays, known, candidates), arcs=candidates.arc)
    begin = replace(
        known,
        assignment=cut.problem.start,
        value=known.value - cut.constant[tier.number],
        bound=known.bound - cut.constant[tier.number],
    )
    reduced = replace(
        tier,
        arrays=cut.problem,
        ceilings=tuple(c - b for c, b in zip(tier.ceilings, cut.constant, strict=False)),
        report=lambda assignment: tier.report(cut.lift(assignment, best)),
        report_bound=lambda _assignment, _bound: None,
    )
    inner = relax(
        reduced.arrays,
        reduced.number,
        reduced.ceilings,
        deadline=reduced.deadline,
        parameters=tier.parameters,
    )
    if inner is None:
        return known
    found = _search_after_cuts(reduced, begin, inner, search)
    value, bound = (one + cut.constant[tier.number] for one in (found.value, found.bound))
    most = min(value, cutoff)
    if bound <= most:
        left = inner.candidates(most - cut.constant[tier.number])
        relaxer.narrow(most, _lifted(candidates, cut, left))
    note = (
        f"reduced to {cut.problem.arcs} arcs of {cut.problem.units} units, which hold every "
        f"assignment up to {cutoff}"
    )
    return known.joined(
        replace(
            found,
            assignment=cut.lift(found.assignment, best),
            value=value,
            bound=min(bound, cutoff + 1),
            note=note,
        )
    )


def _search_after_cuts(tier: Tier, known: Known, relaxer: Relaxer, search: _Search) -> Known:
    """Round the relaxation with cuts, and search what it leaves if that is little."""
    relaxer.add_gomory_cuts(tier.deadline.slice(tier.parameters.large.gomory_share))
    cuts = relaxer.current()
    if cuts.bound > known.bound:
        known = round_off(tier, known, cuts, relaxer)
    candidates = relaxer.candidates(known.value)
    choices = int(candidates.arc.sum()) - tier.arrays.units
    if known.proven or choices > tier.parameters.reduction.choices:
        return known
    return search(tier, known, cuts.prices, relaxer)


def _free(arrays: Arrays, known: Known, candidates: Candidates) -> Bools:
    """Return the units that may be elsewhere than in the best assignment, and their groups.

    Shape (units,). A group stays whole: what a unit costs depends on where the others are.
    """
    chosen = chosen_arcs(arrays, known.assignment)
    others = candidates.arc.copy()
    others[chosen[chosen >= 0]] = False
    free = np.bincount(arrays.arc_unit[others], minlength=arrays.units) > 0
    free |= (chosen >= 0) & candidates.wait
    return with_their_groups(arrays, free)


def _lifted(whole: Candidates, cut: Restriction, inner: Candidates) -> Candidates:
    """Return candidates of the whole problem, as those of a reduced one leave them."""
    arc, wait = whole.arc.copy(), whole.wait.copy()
    arc[cut.arcs] &= inner.arc
    wait[cut.units] &= inner.wait
    return replace(whole, arc=arc, wait=wait)
