"""Large neighbourhood search: the units of a few workers at a time are allocated anew.

A neighbourhood is a set of workers between whom the relaxation would move units, and the arcs
between them of small reduced cost; HiGHS finds its best allocation. Sizes follow from how much
work the last ones took. Two neighbourhoods that share no worker are searched side by side, on any
number of cores, so the outcome does not depend on it. (Shaw, "Using constraint programming and
local search methods", 1998; Danna, Rothberg and Le Pape, "Exploring relaxation induced
neighborhoods", Mathematical Programming 102, 2005, for the guidance by the relaxation.)
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values, within
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.integer import IntegerAnswer
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.greedy_rounding import round_greedily
from caseload_balancer.engine.neighbourhoods.neighbourhood import (
    Guide,
    Neighbourhood,
    build_neighbourhood,
)
from caseload_balancer.engine.neighbourhoods.rounding import (
    round_relaxation,
    taken_arcs,
)
from caseload_balancer.engine.neighbourhoods.worker_selection import WorkerSelection
from caseload_balancer.engine.parameters import Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation
from caseload_balancer.engine.relaxation.relaxer import Relaxer
from caseload_balancer.engine.relaxation.tightening import Tightening


class NeighbourhoodSearch:
    """Searches for better assignments of one tier, from the best one so far.

    Parameters
    ----------
    arrays, incumbent, tier, ceilings, relaxation, relaxer, seed, parameters
        As for `improve_tier`.
    """

    def __init__(
        self,
        arrays: Arrays,
        incumbent: Ints,
        tier: int,
        ceilings: tuple[int, ...],
        relaxation: Relaxation,
        relaxer: Relaxer,
        seed: int,
        parameters: Parameters,
    ) -> None:
        self._all_parameters, self._parameters = parameters, parameters.neighbourhoods
        self.best = incumbent
        self._arrays = arrays
        self._tier = tier
        self._ceilings = ceilings
        self._relaxer = relaxer
        self.bound = relaxation.bound
        self.guide_by(relaxation)
        self._values = values(arrays, incumbent)
        self._selection = WorkerSelection(arrays.workers, [seed, tier], self._parameters)
        self._without_gain = 0
        self._rounded: Floats | None = None
        self._repaired: list[Ints] = []
        self._converged = False
        self.last_work = 0.0

    def guide_by(self, relaxation: Relaxation) -> None:
        """Be guided by a relaxation from now on."""
        self.raise_bound(relaxation.bound)
        self._guide = Guide.of(self._arrays, relaxation, self._parameters.nearness)

    def raise_bound(self, bound: int) -> None:
        """Take note that no assignment under the ceilings has a lower value."""
        self.bound = max(self.bound, bound)

    @property
    def _effort(self) -> float:
        """By what the work and arcs of a neighbourhood grow, the longer nothing was gained."""
        return 1.0 + self._without_gain / self._parameters.patience

    def round(self, relaxation: Relaxation, deadline: Deadline, *, dive: bool = True) -> bool:
        """Round a relaxation, perhaps after a dive, and return whether that is better.

        Rounding fixes most units, so that some of the rest are badly placed; exchanges often
        repair that.
        """
        mine, rough = self._parameters, relaxation.is_rough and not relaxation.decomposed
        if relaxation.values is self._rounded or (rough and self._rounded is not None):
            return False  # it is nearly the same solution as before
        self._rounded = relaxation.values
        share = mine.rounding_gap_of_large if rough else mine.rounding_gap
        found = round_relaxation(
            self._arrays,
            relaxation,
            self._relaxer,
            deadline=deadline,
            gap=share * (self.value - relaxation.bound),
            dive=dive,
            parameters=self._all_parameters.rounding,
        )
        if found is None:
            return False
        repaired = self.exchanged(found, relaxation, deadline)
        self._repaired.append(repaired)
        return self.accept_if_better(repaired)

    def take_roundings(self) -> list[Ints]:
        """Return what was rounded and repaired since this was asked last."""
        found, self._repaired = self._repaired, []
        return found

    def exchange(self, relaxation: Relaxation, deadline: Deadline, *, greedily: bool) -> bool:
        """Exchange units of the best along arcs near a relaxation; return whether that gained.

        Parameters
        ----------
        greedily
            Whether the relaxation is rounded greedily, and units of that are exchanged as well: it
            was too large to be rounded exactly in a moment.
        """
        if self._tier < self._arrays.tiers - 1:
            return False
        better = self.accept_if_better(self.exchanged(self.best, relaxation, deadline))
        if greedily:
            better |= self.accept_if_better(self.rounded_greedily(relaxation, deadline))
        return better

    def rounded_greedily(self, relaxation: Relaxation, deadline: Deadline) -> Ints:
        """Return a relaxation rounded greedily, with units of that exchanged."""
        rounded = round_greedily(self._arrays, relaxation, self.best, self._all_parameters.descent)
        return self.exchanged(rounded, relaxation, deadline)

    def exchanged(self, assignment: Ints, relaxation: Relaxation, deadline: Deadline) -> Ints:
        """Return what shifts, swaps and multi-exchanges make of an assignment."""
        near = _cheapest(
            relaxation.reduced_cost,
            self._arrays.arc_cost[-1],
            self._parameters.arcs_to_swap * self._arrays.units,
        )
        lane = deadline.lane(math.inf)  # it takes little, and roundings are poor without
        found = descend(
            self._arrays,
            assignment,
            deadline=lane,
            promising=near,
            exchange=self._tier == self._arrays.tiers - 1,  # the last is what people see most of
            parameters=self._all_parameters.descent,
        )
        deadline.spend(lane.spent())
        return found

    @property
    def value(self) -> int:
        """The value of the tier."""
        return self._values[self._tier]

    @property
    def proven(self) -> bool:
        """Whether the tier is at its bound."""
        return self.value <= self.bound

    def options_left(self, relaxation: Relaxation) -> int:
        """Return how many arcs assignments as good as the best can be made of."""
        candidates = relaxation.prices.candidates(self.value)
        return int(self._relaxer.narrowed(candidates, self.value).arc.sum())

    @property
    def exhausted(self) -> bool:
        """Whether as many neighbourhoods in a row as may be had no gain."""
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
            Whether the decomposition has converged. Before, fruitless searches do not count.
        alone
            Whether to search one only, beside work on the bound.
        """
        self._converged = converged
        count = 1 if alone else self._parameters.at_once
        attraction = self._guide.attraction(
            self._arrays, self.best, self._parameters.least_attraction
        )
        there = [self._around(workers) for workers in self._selection.choose(attraction, count)]
        nodes = round(self._parameters.nodes * self._effort)
        answers = list(
            pool.map(lambda one: one.search(deadline, nodes, self._parameters.margin), there)
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
        better = tier_values[self._tier :] < self._values[self._tier :]
        if not better or not within(tier_values, self._ceilings):
            return False
        if broken_limits(self._arrays, found):
            return False
        self.best, self._values = found, tier_values
        return True

    def _around(self, workers: Ints) -> Neighbourhood:
        arcs_a_unit = self._parameters.arcs_a_unit * np.sqrt(self._effort)
        return build_neighbourhood(
            self._arrays,
            self.best,
            self._tier,
            self._ceilings,
            workers=workers,
            guide=self._guide,
            arcs_a_unit=arcs_a_unit,
        )

    def _adapt(self, one: Neighbourhood, answer: IntegerAnswer, *, gained: bool) -> None:
        """Look elsewhere next, and in larger or smaller neighbourhoods."""
        self._without_gain = 0 if gained or not self._converged else self._without_gain + 1
        if self._converged and len(one.workers) == self._arrays.workers and not gained:
            self._without_gain = self._parameters.fruitless
        wanted = self._parameters.work * self._effort
        quick = answer.finished and answer.work < wanted
        self._selection.learn(one.workers, gained=gained, quick=quick)


def _cheapest(reduced: Floats, cost: Ints, count: int) -> Ints:
    """Return so many arcs of least reduced cost; of the same, those that cost least.

    In an early tier most arcs have no reduced cost.
    """
    return np.sort(np.lexsort((cost, reduced))[:count])
