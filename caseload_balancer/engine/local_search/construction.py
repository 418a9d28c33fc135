"""A plan in hand at once: built by local search alone, before the clock counts.

Earlier tiers outweigh later ones by far. A descent that obeys this from the beginning mends each
earlier tier by whatever move comes first, however dear it is later on, and gets stuck there. So
the tiers between the first and the last are priced: at first by so little that only the cheapest
moves mend them, then by more and more, until they count as they should. Prices that rise are how
Lagrangian and penalty methods find what a constraint is worth (Fisher, "The Lagrangian relaxation
method for solving integer programming problems", Management Science 27, 1981). Swaps and ejections
then improve what single moves cannot. Where something is left to mend in an earlier tier, the same
is done without prices, and the better of the two is kept.

What this takes is counted, not timed, so that it ends at the same point in every run. No solver is
loaded for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.least_costs import least_of_tiers
from caseload_balancer.arrays.tier_weights import tier_weights
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import Descent
from caseload_balancer.engine.local_search.state import AssignmentState
from caseload_balancer.engine.parameters import DEFAULTS, Parameters

_WORK_A_PRICED: Final = 4e-8
"""For each arc or pair that is priced."""
_RATIO: Final = 4
"""Of the prices of two neighbouring tiers."""


def construct(
    arrays: Arrays,
    *,
    deadline: Deadline,
    exchange: bool = True,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return an assignment no worse than the start, and good in all tiers.

    Parameters
    ----------
    deadline
        Limits the work; at least a descent by single moves is made all the same.
    exchange
        Whether to make swaps and ejections as well.
    parameters
        Of the search.
    """
    return _Construction(arrays, deadline, exchange, parameters).run()


@dataclass(frozen=True, eq=False)
class _Construction:
    """One construction.

    Parameters
    ----------
    arrays, deadline, exchange, parameters
        As for `construct`.
    """

    arrays: Arrays
    deadline: Deadline
    exchange: bool
    parameters: Parameters

    def run(self) -> Ints:
        """Return the assignment: see `construct`."""
        arrays = self.arrays
        weights = tier_weights(arrays)
        priced = self._under_rising_prices(arrays.start, weights)
        found = self._improved(priced, weights)
        wanted = least_of_tiers(arrays)[:-1]
        if values(arrays, found)[:-1] > wanted and not self.deadline.passed():
            without = self._improved(arrays.start, weights)
            found = min(found, without, key=lambda one: values(arrays, one))
        return min(arrays.start, found, key=lambda one: values(arrays, one))

    def _improved(self, assignment: Ints, weights: Ints) -> Ints:
        """Return what moves of all kinds come to, with every tier counted as it should be."""
        search = Descent(self.arrays, assignment, self.parameters.descent, weights=weights)
        self._shift(search, always=True)
        if self.exchange:
            self._exchange(search)
        return search.assignment

    def _under_rising_prices(self, assignment: Ints, weights: Ints) -> Ints:
        """Return what descents come to as prices of the tiers in the middle rise to `weights`."""
        arrays, mine = self.arrays, self.parameters.construction
        last = arrays.tiers - 1
        wanted = [*least_of_tiers(arrays)[1:last]]
        price = mine.first_price * _usual_cost(arrays)
        for _ in range(mine.prices if wanted and price > 0 else 0):
            if self.deadline.passed():
                break
            priced = weights.copy()
            for tier in range(1, last):
                above = int(price * _RATIO ** (last - 1 - tier)) + 1
                priced[tier] = min(above, int(weights[tier]))
            search = Descent(arrays, assignment, self.parameters.descent, weights=priced)
            self._shift(search)
            assignment = search.assignment
            if list(values(arrays, assignment)[1:last]) == wanted:
                break
            price *= mine.rise
        return assignment

    def _shift(self, search: Descent, *, always: bool = False) -> None:
        """Make single moves until none gains."""
        for _ in range(self.parameters.descent.rounds):
            if self.deadline.passed() and not always:
                break
            made = search.shift_round() + search.group_round()
            self._charge(search)
            if made == 0:
                break

    def _exchange(self, search: Descent) -> None:
        """Make swaps, ejections and the single moves they make room for, until none gains."""
        mine = self.parameters.construction
        near = _places(self.arrays, search.assignment)
        to_swap = np.flatnonzero(near < mine.swaps_a_unit)
        to_join = np.flatnonzero(near < mine.ejections_a_unit)
        for _ in range(self.parameters.descent.rounds):
            if self.deadline.passed():
                break
            made = search.swap_round(to_swap) or search.ejection_round(to_join)
            self._charge(search)
            if made == 0:
                break
            self._shift(search)

    def _charge(self, search: Descent) -> None:
        self.deadline.spend(_WORK_A_PRICED * search.take_priced())


def _usual_cost(arrays: Arrays) -> float:
    """Return the median of what arcs cost in the last tier, those without a cost left out."""
    cost = np.abs(arrays.arc_cost[-1])
    return float(np.median(cost[cost > 0])) if cost.any() else 0.0


def _places(arrays: Arrays, assignment: Ints) -> Ints:
    """Return the place of each arc among those of its unit, the cheapest in the last tier first.

    Loads count as they are, and limits do not: who is full may be the best to exchange with.
    """
    only_last = np.zeros(arrays.tiers, np.int64)
    only_last[-1] = 1
    state = AssignmentState(arrays, assignment, only_last)
    everything = np.arange(arrays.arcs)
    cost = state.join_costs(everything, arrays.arc_use, limited=False)
    order = np.lexsort((cost, arrays.arc_unit))
    place = np.empty(arrays.arcs, np.int64)
    place[order] = everything - arrays.arc_start[arrays.arc_unit]
    return place
