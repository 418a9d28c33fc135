"""Of all best assignments one, the same whichever way the search came to one of them.

Which of several best assignments a search finds depends on its path. So once every tier is proven,
each option gets a rank, and the assignment of least total rank is the one to return. To stay has
rank 0, so that nothing moves for nothing. The others are drawn from a fixed seed: with so many, two
totals are as good as never equal (Mulmuley, Vazirani and Vazirani, "Matching is as easy as matrix
inversion", Combinatorica 7, 1987: the isolation lemma). Reduced costs leave few units more than one
option that a best assignment can have, so this takes some milliseconds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.restriction import restrict
from caseload_balancer.arrays.tiers import insert_tier
from caseload_balancer.arrays.units import with_their_groups
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.linear_programs.candidate_columns import candidate_program
from caseload_balancer.engine.linear_programs.integer import WHOLE_GAP, solve_integer
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.neighbourhoods.rounding import taken_arcs
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.strategies.complete_search import search_completely
from caseload_balancer.engine.strategies.tiers import Known, Tier

_PACE: Final = 6.0
"""How much more work CP-SAT does in a second on so few options than is granted for one."""
_MOVE: Final = 2**20
_RANKS: Final = 2**17
"""Of an option that is a move: `_MOVE` and one of `_RANKS`, so that one move less counts more than
any ranks of several."""


def break_ties(tier: Tier, known: Known, relaxer: Relaxer | None, given: Ints) -> Ints | None:
    """Return the one assignment, of all best ones, that every search ends with.

    Parameters
    ----------
    tier
        The last.
    known
        Proven, as all tiers before.
    relaxer
        Of the tier, None where it was proven without.
    given
        Shape (units,): the assignment that was given at first.

    Returns
    -------
    Ints or None
        Shape (units,); None where it would take too long to find, or where tiers have slack, so
        that a best assignment need not be best in them. Where nothing but limits binds, to choose
        took up to six times as long as the search: so it is done among a few options only.
    """
    arrays, best = tier.arrays, known.assignment
    if arrays.slack_abs[:-1].any() or arrays.slack_rel[:-1].any():
        return None
    if relaxer is None:
        candidates = Prices.of_options(arrays, tier.number).candidates(known.value)
    else:
        candidates = relaxer.candidates(known.value)
    free = _free_units(arrays, candidates)
    if not free.any():
        return best
    options = int((candidates.arc & free[arrays.arc_unit]).sum())
    mine = tier.parameters.ties
    most = mine.arcs_of_limits if only_limits_bind(arrays) else mine.arcs
    if options > most or tier.deadline.passed():
        return None
    ranked = insert_tier(replace(arrays, start=best), arrays.tiers, *_ranks(arrays, given))
    cut = restrict(ranked, best, units=free, arcs=candidates.arc)
    left = candidates.within(cut, ranked)
    found = _of_least_rank(replace(tier, arrays=cut.problem, number=arrays.tiers), left, options)
    chosen = None if found is None else cut.lift(found, best)
    if chosen is None or broken_limits(arrays, chosen):
        return None
    return chosen if values(arrays, chosen) == values(arrays, best) else None


def _of_least_rank(tier: Tier, candidates: Candidates, options: int) -> Ints | None:
    """Return the assignment of least rank, which is the last tier; None where none was proven.

    HiGHS is loaded already, and quick where little is left; where more is, CP-SAT is far quicker.
    """
    best = tier.arrays.start
    *ceilings, rank = values(tier.arrays, best)
    tier = replace(tier, ceilings=tuple(ceilings))
    if options > tier.parameters.ties.arcs_of_highs:
        known = Known(assignment=best, value=rank, bound=0, note="")
        least = tier.parameters.ties.least_work
        lane = tier.deadline.lane(max(least, _PACE * tier.deadline.work_left()))
        searched = search_completely(tier, known, candidates, lane)
        tier.deadline.spend(lane.spent() / _PACE)
        if searched.outcome != "too large":
            return searched.assignment if searched.outcome == "optimal" else None
    linear = linearise(tier.arrays, tier.number, tier.ceilings)
    program, active = candidate_program(linear, linear.program, candidates)
    integer = np.zeros(program.columns, np.bool_)
    integer[: linear.first_segment] = True
    answer = solve_integer(
        program,
        active,
        integer,
        deadline=tier.deadline,
        nodes=tier.parameters.ties.nodes,
        gap=WHOLE_GAP,
    )
    tier.deadline.spend(answer.work)
    if answer.values is None or not answer.finished:
        return None
    return taken_arcs(tier.arrays, answer.values)


def _ranks(arrays: Arrays, given: Ints) -> tuple[Ints, Ints]:
    """Return the ranks of all arcs and of waiting, shapes (arcs,) and (units,)."""
    random = np.random.default_rng(arrays.arcs)
    arc = _MOVE + random.integers(_RANKS, size=arrays.arcs)
    wait = _MOVE + random.integers(_RANKS, size=arrays.units)
    return (
        np.where(arrays.arc_worker == given[arrays.arc_unit], 0, arc),
        np.where(given == WAITING, 0, wait),
    )


def _free_units(arrays: Arrays, candidates: Candidates) -> Bools:
    """Return the units that some best assignments may place otherwise, and their groups.

    Shape (units,). A group is taken as a whole: what a unit costs depends on where the others are.
    """
    options = np.bincount(arrays.arc_unit[candidates.arc], minlength=arrays.units)
    free = options + candidates.wait > 1
    return with_their_groups(arrays, free)
