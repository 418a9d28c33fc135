"""Large neighbourhood search: the units of a few workers at a time are allocated anew.

A neighbourhood is a set of workers between whom the relaxation would move units, and the arcs
between them of small reduced cost; HiGHS finds its best allocation. Sizes follow from how much
work the last ones took. Two neighbourhoods that share no worker are searched side by side, on any
number of cores, so the outcome does not depend on it. (Shaw, "Using constraint programming and
local search methods", 1998; Danna, Rothberg and Le Pape, "Exploring relaxation induced
neighborhoods", Mathematical Programming 102, 2005, for the guidance by the relaxation.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.arrays.restriction import Restriction, restrict
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import WHOLE_GAP, IntegerAnswer, solve_integer
from caseload_balancer.engine.linear_programs.linearisation import Linearisation, linearise
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import EPSILON, INTEGRALITY
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.rounding import (
    round_relaxation,
    search_near_bound,
    taken_arcs,
)
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.tightening import Tightening

OnBetter = Callable[[Ints], None]


def improve_tier(
    arrays: Arrays,
    incumbent: Ints,
    tier: int,
    ceilings: Sequence[int],
    relaxation: Relaxation,
    *,
    deadline: Deadline,
    seed: int,
    on_better: OnBetter | None = None,
    good_enough: Callable[[Ints], bool] = lambda _assignment: False,
    parameters: Parameters = DEFAULTS,
) -> ImprovedTier:
    """Improve one tier until it meets its bound, the deadline passes, or nothing gains any more.

    Parameters
    ----------
    incumbent
        Shape (units,): a feasible assignment within the ceilings.
    relaxation
        Of the same tier and ceilings, or tighter ones.
    good_enough
        Whether an assignment is good enough to end the search.
    parameters
        Of the search.

    Returns
    -------
    ImprovedTier
        An assignment within the ceilings that is no worse in the tier, and the relaxation as
        it was tightened meanwhile.
    """
    search = _NeighbourhoodSearch(
        arrays, incumbent, tier, tuple(ceilings), relaxation, seed, parameters
    )
    report = on_better or (lambda _assignment: None)
    if good_enough(incumbent):
        return ImprovedTier(incumbent, relaxation)
    with ThreadPoolExecutor(parameters.neighbourhoods.at_once + 1) as pool:
        bound = Tightening(arrays, relaxation, pool, deadline, parameters.tightening)
        if search.round(relaxation, deadline, dive=bound.dived):
            report(search.best)
        if not (search.proven or good_enough(search.best)):
            bound.prepare_dive(deadline)
            search.guide_by(bound.relaxation)
        if bound.to_round(deadline) and search.round(bound.relaxation, deadline, dive=bound.dived):
            report(search.best)
        while not (good_enough(search.best) or deadline.passed()):
            if search.proven or (search.exhausted and bound.exhausted):
                break
            bound.start(deadline, search.last_work, search.value)
            better = search.steps(deadline, pool, bound)
            if bound.join(deadline):
                search.guide_by(bound.relaxation)
                if bound.to_round(deadline):
                    better |= search.round(bound.relaxation, deadline, dive=bound.dived)
            if better:
                report(search.best)
    return ImprovedTier(search.best, bound.relaxation)


def round_tier(
    arrays: Arrays,
    incumbent: Ints,
    tier: int,
    ceilings: Sequence[int],
    relaxation: Relaxation,
    *,
    deadline: Deadline,
    seed: int,
    near: bool = False,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return the relaxation rounded once, or the incumbent where that is no better.

    Parameters
    ----------
    near
        Whether to search what is nearest to its bound instead, see `search_near_bound`.
    parameters
        Of the search.
    """
    search = _NeighbourhoodSearch(
        arrays, incumbent, tier, tuple(ceilings), relaxation, seed, parameters
    )
    if near:
        search.search_near_bound(relaxation, deadline)
    else:
        search.round(relaxation, deadline)
    return search.best


@dataclass(frozen=True, eq=False)
class ImprovedTier:
    """What came of a search.

    Parameters
    ----------
    assignment
        Shape (units,).
    relaxation
        With the best bound so far.
    """

    assignment: Ints
    relaxation: Relaxation


@dataclass(frozen=True, eq=False)
class _Neighbourhood:
    """Some workers, and the problem of allocating their units anew."""

    workers: Ints
    restriction: Restriction
    linear: Linearisation


class _NeighbourhoodSearch:
    def __init__(
        self,
        arrays: Arrays,
        incumbent: Ints,
        tier: int,
        ceilings: tuple[int, ...],
        relaxation: Relaxation,
        seed: int,
        parameters: Parameters,
    ) -> None:
        self._all_parameters, self._parameters = parameters, parameters.neighbourhoods
        self.best = incumbent
        self._arrays = arrays
        self._tier = tier
        self._ceilings = ceilings
        self.guide_by(relaxation)
        self._random = np.random.default_rng([seed, tier])
        self._values = values(arrays, incumbent)
        self._size = float(self._parameters.first_workers)
        self._without_gain = 0
        self._converged = False
        self._count = 1
        self.last_work = 0.0
        self._visits = np.zeros(arrays.workers)

    def guide_by(self, relaxation: Relaxation) -> None:
        """Be guided by a relaxation from now on."""
        self._bound = relaxation.bound
        self._taken = relaxation.arc_value
        self._reduced = relaxation.reduced_cost
        self._weight = self._taken + self._parameters.nearness * _nearness(
            self._arrays, self._reduced
        )

    @property
    def _patience(self) -> float:
        """How much more work and room a neighbourhood gets, the longer nothing was gained."""
        return 1.0 + self._without_gain / self._parameters.patience

    def round(self, relaxation: Relaxation, deadline: Deadline, *, dive: bool = True) -> bool:
        """Round a relaxation, after a dive where it is ripe, and return whether that is better.

        What few units are forced to, where the rest was fixed, shifts and swaps often mend.
        """
        gap = self._parameters.rounding_gap * (self.value - relaxation.bound)
        found = round_relaxation(
            self._arrays,
            relaxation,
            deadline=deadline,
            gap=gap,
            dive=dive,
            parameters=self._all_parameters.rounding,
        )
        if found is None:
            return False
        near = _cheapest(
            relaxation.reduced_cost, self._parameters.arcs_to_swap * self._arrays.units
        )
        mended = descend(
            self._arrays,
            found,
            deadline=deadline,
            promising=near,
            parameters=self._all_parameters.descent,
        )
        relaxation.search.add_assignment(mended)
        return self.accept_if_better(mended)

    def search_near_bound(self, relaxation: Relaxation, deadline: Deadline) -> bool:
        """Search what is nearest to the bound, and return whether that is better."""
        found = search_near_bound(
            self._arrays,
            relaxation,
            deadline=deadline,
            parameters=self._all_parameters.rounding,
        )
        return found is not None and self.accept_if_better(found)

    @property
    def value(self) -> int:
        """What the tier comes to."""
        return self._values[self._tier]

    @property
    def proven(self) -> bool:
        """Whether the tier is at its bound."""
        return self.value <= self._bound

    @property
    def exhausted(self) -> bool:
        """Whether everything was tried in vain."""
        return self._without_gain >= self._parameters.fruitless

    def steps(self, deadline: Deadline, pool: ThreadPoolExecutor, bound: Tightening) -> bool:
        """Search while the bound is worked on, and return whether something better was found."""
        better = False
        begun = deadline.spent()
        while not (deadline.passed() or self.exhausted):
            better |= self._step(
                deadline, pool, converged=bound.converged, alone=not bound.exhausted
            )
            if deadline.spent() - begun >= bound.work_beside:
                break
        return better

    def _step(
        self, deadline: Deadline, pool: ThreadPoolExecutor, *, converged: bool, alone: bool
    ) -> bool:
        """Search neighbourhoods side by side; return whether one held something better.

        Parameters
        ----------
        converged
            Whether the columns are settled. Before, large neighbourhoods are not worth it.
        alone
            Whether to search one only, beside work on the bound.
        """
        self._converged = converged
        self._count = 1 if alone else self._parameters.at_once
        attraction = self._attractions()
        there = [self._build(workers) for workers in self._choose_workers(attraction)]
        nodes = round(self._parameters.nodes * self._patience)
        answers = list(
            pool.map(lambda one: _search(one, deadline, nodes, self._parameters.margin), there)
        )
        better = False
        self.last_work = max(answer.work for answer in answers)
        for one, answer in zip(there, answers, strict=True):
            deadline.spend(answer.work)
            gained = answer.values is not None and self.accept_if_better(
                one.restriction.lift(taken_arcs(one.restriction.problem, answer.values), self.best)
            )
            better |= gained
            self._adapt(one, answer, gained=gained)
        return better

    def accept_if_better(self, found: Ints) -> bool:
        """Take an assignment if it is feasible and better, and return whether it is."""
        tier_values = values(self._arrays, found)
        within = all(v <= c for v, c in zip(tier_values, self._ceilings, strict=False))
        if not within or tier_values[self._tier :] >= self._values[self._tier :]:
            return False
        if broken_limits(self._arrays, found):
            return False
        self.best, self._values = found, tier_values
        return True

    def _adapt(self, one: _Neighbourhood, answer: IntegerAnswer, *, gained: bool) -> None:
        """Look elsewhere next, and in larger or smaller neighbourhoods."""
        self._visits[one.workers] = (
            self._parameters.forgetting * self._visits[one.workers]
            if gained
            else (self._visits[one.workers] + 1)
        )
        self._without_gain = 0 if gained or not self._converged else self._without_gain + 1
        if self._converged and len(one.workers) == self._arrays.workers and not gained:
            self._without_gain = self._parameters.fruitless
        wanted = self._parameters.work * self._patience
        quick = answer.finished and answer.work < wanted
        self._size *= self._parameters.growth if quick else self._parameters.shrinkage
        self._size = min(max(self._size, self._parameters.least_workers), self._arrays.workers)

    def _attractions(self) -> Floats:
        """Return how much would go from worker to worker, shape (workers + 1, workers).

        The last row is what waits.
        """
        arrays = self._arrays
        source = self.best[arrays.arc_unit]
        moves = np.flatnonzero(
            (source != arrays.arc_worker) & (self._weight > self._parameters.least_attraction)
        )
        attraction = np.zeros((arrays.workers + 1, arrays.workers))
        np.add.at(attraction, (source[moves], arrays.arc_worker[moves]), self._weight[moves])
        return attraction

    def _choose_workers(self, attraction: Floats) -> list[Ints]:
        """Return sets of workers between whom the relaxation would move units, all disjoint."""
        workers = self._arrays.workers
        between = attraction[:-1] + attraction[:-1].T
        activity = between.sum(axis=0) + attraction[-1] + EPSILON
        free = np.ones(workers, np.bool_)
        size = min(round(self._size), workers)
        sets = []
        for _ in range(max(1, min(self._count, workers // size))):
            chance = np.where(free, activity, 0.0) / (1.0 + self._visits) ** 2
            first = int(self._random.choice(workers, p=chance / chance.sum()))
            inside = [first]
            free[first] = False
            near = between[first].copy()
            while len(inside) < size:
                score = (near + EPSILON) * self._random.random(workers) / (1.0 + self._visits)
                chosen = int(np.argmax(np.where(free, score, -1.0)))
                inside.append(chosen)
                free[chosen] = False
                near += between[chosen]
            sets.append(np.sort(np.array(inside)))
        return sets

    def _build(self, workers: Ints) -> _Neighbourhood:
        arrays = self._arrays
        chosen_workers = np.zeros(arrays.workers, np.bool_)
        chosen_workers[workers] = True
        units = (self.best != WAITING) & chosen_workers[self.best]
        waiting = (self.best == WAITING)[arrays.arc_unit] & chosen_workers[arrays.arc_worker]
        units[arrays.arc_unit[waiting]] = True
        inside = chosen_workers[arrays.arc_worker] & units[arrays.arc_unit]
        reduced = self._reduced[inside]
        count = int(self._parameters.arcs_a_unit * np.sqrt(self._patience) * units.sum())
        if len(reduced) > count:
            most = np.partition(reduced, count)[count]
            inside &= (self._reduced <= most) | (self._taken > INTEGRALITY)
        restriction = restrict(arrays, self.best, units=units, arcs=inside)
        ceilings = [c - restriction.constant[t] for t, c in enumerate(self._ceilings)]
        return _Neighbourhood(
            workers, restriction, linearise(restriction.problem, self._tier, ceilings)
        )


def _nearness(arrays: Arrays, reduced: Floats) -> Floats:
    """Return 1 for arcs of no reduced cost, and less the dearer they are."""
    if arrays.arcs == 0:
        return np.ones(0)
    share = min(1.0, 3.0 * arrays.units / arrays.arcs)
    return np.asarray(np.exp(-reduced / max(EPSILON, float(np.quantile(reduced, share)))))


def _cheapest(reduced: Floats, count: int) -> Ints:
    """Return about so many arcs of least reduced cost."""
    if len(reduced) <= count:
        return np.arange(len(reduced))
    return np.flatnonzero(reduced <= np.partition(reduced, count)[count])


def _search(one: _Neighbourhood, deadline: Deadline, nodes: int, margin: float) -> IntegerAnswer:
    program = one.linear.program
    active, at_upper = _near_segments(one.restriction.problem, one.linear, margin)
    integer = np.zeros(program.columns, np.bool_)
    integer[: one.linear.first_segment] = True
    return solve_integer(
        program.fixed_at_upper(at_upper),
        active,
        integer,
        deadline=deadline,
        nodes=nodes,
        gap=WHOLE_GAP,
    )


def _near_segments(problem: Arrays, linear: Linearisation, margin: float) -> tuple[Bools, Bools]:
    """Return the columns that take part, and the segments far below the loads, which are held."""
    most, first = linear.program.upper, linear.first_segment
    largest = np.repeat(problem.arc_use.max(axis=1, initial=0), problem.workers)
    room = margin * largest[linear.segment_cell]
    use = resource_use(problem, problem.start).ravel()[linear.segment_cell]
    active = most > 0
    at_upper = np.zeros(len(most), np.bool_)
    at_upper[first:] = linear.segment_start + most[first:] <= use - room
    active[first:] &= ~at_upper[first:] & (linear.segment_start < use + room)
    return active, at_upper
