"""Ejection chains: a unit leaves, another fills the room it left, a third that one's, and so on.

Where limits are tight and use much of what they allow, no shift or swap leads from one good
assignment to the next: rooms have to be filled to the last. A chain of some moves does. It begins
with any unit; each room is filled by the candidate that fits it best, and after every step the
first unit may come into the last room, or anywhere else. Uses beyond a limit are priced, as in
`strategic_oscillation.py` (Yagiura, Ibaraki and Glover, "An ejection chain approach for the
generalized assignment problem", INFORMS Journal on Computing 16, 2004). Candidates are those of
small reduced cost under the multipliers of the limits.

Chains of some units are priced together, step by step, in array operations. What fits best is
chosen with some noise, so that the same unit has another chain in every round. Where no chain
gains, one is made all the same, a little dearer ones by chance, with a temperature that falls and
rises (Kirkpatrick, Gelatt and Vecchi, "Optimization by simulated annealing", Science 220, 1983).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_pricing import ChainPricing, Chains, Placement
from caseload_balancer.engine.local_search.chain_tables import ChainTables, chain_tables
from caseload_balancer.engine.parameters import DEFAULTS, EjectionChainParameters

_WORK_A_ROUND: Final = 5e-5
_WORK_A_PRICED: Final = 8.5e-10
"""Of a round, and of it for each candidate and place that is priced."""
_LEAST_GAIN: Final = 1e-6
"""A gain of less is an error of floating-point numbers: costs are whole."""
_TINY: Final = 1e-300


def chains_are_possible(arrays: Arrays, parameters: EjectionChainParameters) -> bool:
    """Return whether chains can be priced: there is no budget, and the tables are not too large."""
    cells = arrays.units * (arrays.workers + 1)
    return arrays.budget is None and arrays.arcs > 0 and 0 < cells <= parameters.cells


def improve_by_chains(
    arrays: Arrays,
    assignment: Ints,
    price: Floats,
    *,
    deadline: Deadline,
    seed: Sequence[int],
    parameters: EjectionChainParameters = DEFAULTS.chains,
) -> Ints:
    """Return an assignment no worse than a feasible one.

    Parameters
    ----------
    arrays
        Of one tier, where only limits bind. Nothing is tried where no chains are possible.
    assignment
        Shape (units,).
    price
        Shape (resources, workers): about what the last use within each limit is worth; see
        `price_limits`.
    seed
        Numbers that any random choice follows from.
    parameters
        Of the search.
    """
    if not chains_are_possible(arrays, parameters):
        return assignment
    tables = chain_tables(arrays, price, parameters)
    search = ChainSearch(tables, assignment % tables.places, seed, parameters)
    patience = parameters.patience + int(parameters.patience_an_arc * arrays.arcs)
    bound = _bound(tables)
    while not deadline.passed() and search.fruitless < patience and search.least >= bound + 1:
        search.round()
        deadline.spend(search.work_a_round)
    found = np.where(search.best == arrays.workers, WAITING, search.best)
    better = not broken_limits(arrays, found) and values(arrays, found) < values(arrays, assignment)
    return found if better else assignment


def _bound(tables: ChainTables) -> float:
    """Return the Lagrangian bound of the worth of uses."""
    priced = tables.cost + (tables.worth[:, None, :] * tables.use).sum(axis=0)
    limit = np.where(np.isfinite(tables.limit), tables.limit, 0.0)
    return float(priced.min(axis=1).sum() - (tables.worth * limit).sum())


class ChainSearch:
    """Ejection chains under prices that rise and fall.

    Attributes
    ----------
    best, least
        The best assignment within all limits, as places, and its cost.
    fruitless
        Rounds since the last better one.
    """

    def __init__(
        self,
        tables: ChainTables,
        place: Ints,
        seed: Sequence[int],
        parameters: EjectionChainParameters,
    ) -> None:
        self._tables, self._parameters = tables, parameters
        self._random = np.random.default_rng([*seed, tables.units])
        self._pricing = ChainPricing(tables, self._random, parameters)
        self._rounds = 0
        price = np.maximum(parameters.markup * tables.worth, tables.least_price)
        self._now = Placement(tables, place, price)
        self.best, self.least, self.fruitless = place, float(self._now.cost.sum()), 0

    @property
    def work_a_round(self) -> float:
        """Work of a round, by the candidates and places that are priced in it."""
        return _WORK_A_ROUND + _WORK_A_PRICED * self._pricing.priced

    def round(self) -> None:
        """Price some chains, make the ones drawn, and let the prices follow."""
        mine, tables = self._parameters, self._tables
        if self._rounds % mine.cycle == 0 and self._rounds:
            self._now = Placement(tables, self.best, self._now.price)
        cooled = (self._rounds % mine.cycle) / mine.cycle
        heat = mine.hottest * (mine.coldest / mine.hottest) ** cooled
        self._rounds += 1
        self.fruitless += 1
        self._make_drawn(self.chains(), heat * tables.spacing)
        now = self._now
        over = now.over > 0
        if over.any():
            raised = np.minimum(mine.rise * now.price, tables.most_price)
            now.price = np.where(over, raised, now.price)
            return
        now.price = np.maximum(mine.fall * now.price, tables.least_price)
        cost = float(now.cost.sum())
        if cost < self.least - _LEAST_GAIN:
            self.best, self.least, self.fruitless = now.place.copy(), cost, 0

    def priced(self) -> float:
        """Return what the assignment costs now, with what is used beyond the limits."""
        return float(self._now.cost.sum() + self._now.beyond().sum())

    def chains(self) -> Chains:
        """Return chains of some units, drawn at random."""
        return self._pricing.chains(self._now)

    def move(self, unit: int, place: int) -> None:
        """Move a unit, whatever the limits say."""
        self._now.move(unit, place)

    def _make_drawn(self, chains: Chains, heat: float) -> None:
        """Make chains that gain at places of their own, or one drawn at random if none does."""
        drawn = np.log(self._random.standard_exponential(chains.cost.shape) + _TINY)
        key = chains.cost + heat * drawn
        end = key.argmin(axis=0)
        column = np.arange(len(end))
        cost = chains.cost[end, column]
        order = np.argsort(cost, kind="stable")
        order = order[cost[order] < -_LEAST_GAIN]
        if len(order) == 0:
            drawn_one = int(key[end, column].argmin())
            order = np.array([drawn_one])[: int(np.isfinite(cost[drawn_one]))]
        touched = np.zeros(self._tables.places, np.bool_)
        for chain in order.tolist():
            places = chains.touched(chain, int(end[chain]))
            if touched[places].any():
                continue
            touched[places] = True
            for unit, place in chains.moves(chain, int(end[chain])):
                self.move(unit, place)
