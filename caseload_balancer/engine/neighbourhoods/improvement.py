"""A tier improved by roundings and neighbourhoods, while its bound is tightened beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.neighbourhoods.completion import Completion, SearchExactly
from caseload_balancer.engine.neighbourhoods.search import NeighbourhoodSearch
from caseload_balancer.engine.neighbourhoods.solution_merging import SolutionMerging
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.relaxation.tightening import Tightening

OnBetter = Callable[[Ints], None]


@dataclass(frozen=True, eq=False)
class ImprovedTier:
    """What came of a search.

    Parameters
    ----------
    assignment
        Shape (units,).
    bound
        No assignment under the ceilings has a lower value.
    """

    assignment: Ints
    bound: int


def improve_tier(
    arrays: Arrays,
    incumbent: Ints,
    tier: int,
    ceilings: Sequence[int],
    relaxation: Relaxation,
    relaxer: Relaxer,
    *,
    deadline: Deadline,
    seed: int,
    rounded: bool = False,
    on_better: OnBetter | None = None,
    good_enough: Callable[[Ints], bool] = lambda _assignment: False,
    search_exactly: SearchExactly | None = None,
    parameters: Parameters = DEFAULTS,
) -> ImprovedTier:
    """Improve one tier until it meets its bound, the deadline passes, or nothing gains any more.

    Parameters
    ----------
    incumbent
        Shape (units,): a feasible assignment within the ceilings.
    relaxation
        Of the same tier and ceilings, or tighter ones.
    relaxer
        That computed it, and tightens it meanwhile.
    rounded
        Whether the relaxation was rounded already.
    good_enough
        Whether an assignment is good enough to end the search.
    search_exactly
        Called when few options are left, if at all.
    parameters
        Of the search.

    Returns
    -------
    ImprovedTier
        An assignment within the ceilings that is no worse in the tier, and the bound as it was
        raised meanwhile.
    """
    search = NeighbourhoodSearch(
        arrays, incumbent, tier, tuple(ceilings), relaxation, relaxer, seed, parameters
    )
    report = on_better or (lambda _assignment: None)
    if good_enough(incumbent):
        return ImprovedTier(incumbent, relaxation.bound)
    completion = Completion(arrays, search, search_exactly, parameters.reduction)
    with ThreadPoolExecutor(parameters.neighbourhoods.at_once + 1) as pool:
        bound = Tightening(arrays, relaxation, relaxer, pool, deadline, parameters.tightening)
        if relaxation.is_large:
            merging = SolutionMerging(arrays, search, parameters)
            _merge(
                search, merging, completion, bound, deadline, report, good_enough, rounded=rounded
            )
        else:
            beside = bound.prepare_dive(deadline)
            _begin(search, bound, beside, report, rounded=rounded)
            if search.proven or good_enough(search.best):
                bound.break_off()
                return ImprovedTier(search.best, search.bound)
            if _learn(search, bound, deadline):
                report(search.best)
        while not (good_enough(search.best) or deadline.passed()):
            if search.proven or (search.exhausted and bound.exhausted):
                break
            bound.add_assignments(search.take_roundings())
            bound.start(deadline, search.last_work, search.value)
            better = search.steps(deadline, pool, bound)
            better |= _learn(search, bound, deadline)
            if completion.attempt(bound.relaxation, deadline) or better:
                report(search.best)
    return ImprovedTier(search.best, search.bound)


def _merge(
    search: NeighbourhoodSearch,
    merging: SolutionMerging,
    completion: Completion,
    bound: Tightening,
    deadline: Deadline,
    report: OnBetter,
    good_enough: Callable[[Ints], bool],
    *,
    rounded: bool,
) -> None:
    """Exchange, round, and merge roundings, while the decomposition converges.

    What is left is searched exactly as soon as that is little.
    """

    def ended() -> bool:
        return search.proven or good_enough(search.best)

    converging = bound.converge_alongside(deadline)
    mine = converging.caller
    last = bound.relaxation
    if not ended() and search.exchange(last, mine, greedily=not rounded):
        report(search.best)
    if not ended() and merging.begin(last, mine):
        report(search.best)
    while not ended():
        found = None if mine.passed() else converging.next_to_round(last)
        if found is None:
            bound.join()
            search.guide_by(bound.relaxation)
            return
        last = found
        search.guide_by(last)
        if not ended() and merging.round_and_merge(last, mine):
            report(search.best)
        if not ended() and completion.attempt(last, mine, stuck=merging.stuck):
            report(search.best)
    bound.settle_for(last)


def _begin(
    search: NeighbourhoodSearch,
    bound: Tightening,
    deadline: Deadline,
    report: OnBetter,
    *,
    rounded: bool,
) -> None:
    """Exchange and round beside the first work on the bound."""
    relaxation = bound.relaxation
    if search.exchange(relaxation, deadline, greedily=False):
        report(search.best)
    if not rounded and search.round(relaxation, deadline, dive=bound.dived):
        report(search.best)


def _learn(search: NeighbourhoodSearch, bound: Tightening, deadline: Deadline) -> bool:
    """Be guided by what work on the bound came to, perhaps rounded; return whether that gained.

    A rounding is often worth more than the work it takes too much, but for a large one, which may
    take as long as all before: less must have been spent than is left.
    """
    if not bound.join():
        return False
    search.guide_by(bound.relaxation)
    if bound.relaxation.is_large and deadline.work_left() < deadline.spent():
        return False
    return bound.to_round(deadline) and search.round(bound.relaxation, deadline, dive=bound.dived)


def round_tier(
    arrays: Arrays,
    incumbent: Ints,
    tier: int,
    ceilings: Sequence[int],
    relaxation: Relaxation,
    relaxer: Relaxer,
    *,
    deadline: Deadline,
    seed: int,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return the relaxation rounded once, or the incumbent where that is no better.

    Parameters
    ----------
    parameters
        Of the search.
    """
    search = NeighbourhoodSearch(
        arrays, incumbent, tier, tuple(ceilings), relaxation, relaxer, seed, parameters
    )
    search.round(relaxation, deadline)
    for one in search.take_roundings():
        relaxer.add_assignment(one)
    return search.best
