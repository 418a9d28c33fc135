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

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_tables import ChainTables, chain_tables
from caseload_balancer.engine.parameters import DEFAULTS, EjectionChainParameters

_WORK_A_ROUND: Final = 1e-4
_WORK_A_PRICED: Final = 2.2e-9
"""Of a round, and of it for each candidate and place that is priced."""
_LEAST_GAIN: Final = 1e-6
"""A gain of less is an error of floating-point numbers: costs are whole."""
_TINY: Final = 1e-300


def improve_by_chains(
    arrays: Arrays,
    assignment: Ints,
    price: Floats,
    *,
    deadline: Deadline,
    seed: int,
    parameters: EjectionChainParameters = DEFAULTS.chains,
) -> Ints:
    """Return an assignment no worse than a feasible one.

    Parameters
    ----------
    arrays
        Of one tier, where only limits bind; with a budget nothing is tried.
    assignment
        Shape (units,).
    price
        Shape (resources, workers): about what the last use within each limit is worth; see
        `price_limits`.
    parameters
        Of the search.
    """
    tables = None if arrays.budget is not None else chain_tables(arrays, price, parameters)
    if tables is None:
        return assignment
    search = ChainSearch(tables, assignment % tables.places, seed, parameters)
    patience = parameters.patience + int(parameters.patience_an_arc * arrays.arcs)
    bound = _bound(tables)
    work = _WORK_A_ROUND + _WORK_A_PRICED * search.priced_a_round
    while not deadline.passed() and search.fruitless < patience and search.least >= bound + 1:
        search.round()
        deadline.spend(work)
    found = np.where(search.best == arrays.workers, WAITING, search.best)
    better = not broken_limits(arrays, found) and values(arrays, found) < values(arrays, assignment)
    return found if better else assignment


def _bound(tables: ChainTables) -> float:
    """Return the Lagrangian bound of the worth of uses."""
    priced = tables.cost + (tables.worth[:, None, :] * tables.use).sum(axis=0)
    limit = np.where(np.isfinite(tables.limit), tables.limit, 0.0)
    return float(priced.min(axis=1).sum() - (tables.worth * limit).sum())


@dataclass(frozen=True, eq=False)
class Chains:
    """Chains of some units, and what each comes to after every step.

    Parameters
    ----------
    first
        Shape (chains,): the unit that each begins with.
    room
        Shape (steps + 1, chains): the place whose room is filled in each step.
    filler
        Shape (steps, chains): the unit that fills it.
    cost
        Shape (ends, chains): what the chain costs, if it ends there.
    end
        Shape (ends, chains): where the first unit goes. Two ends a step, one before the first.
    """

    first: Ints
    room: Ints
    filler: Ints
    cost: Floats
    end: Ints

    def moves(self, chain: int, end: int) -> list[tuple[int, int]]:
        """Return the moves of a chain that ends there, each a unit and its new place."""
        steps = (end + 1) // 2
        filled = zip(self.filler[:steps, chain], self.room[:steps, chain], strict=True)
        moves = [(int(unit), int(place)) for unit, place in filled]
        return [*moves, (int(self.first[chain]), int(self.end[end, chain]))]

    def touched(self, chain: int, end: int) -> list[int]:
        """Return the places whose use it changes."""
        rooms = self.room[: (end + 1) // 2 + 1, chain].tolist()
        return [*rooms, int(self.end[end, chain])]


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
        self, tables: ChainTables, place: Ints, seed: int, parameters: EjectionChainParameters
    ) -> None:
        self._tables, self._parameters = tables, parameters
        self._random = np.random.default_rng([seed, tables.units])
        self._rounds = 0
        self._price = np.maximum(parameters.markup * tables.worth, tables.least_price)
        self._candidate_cost = tables.cost[tables.candidates, np.arange(tables.places)[:, None]]
        self._candidate_use = tables.use[:, tables.candidates, np.arange(tables.places)[:, None]]
        self._begin_at(place)
        self.best, self.least, self.fruitless = place, float(self._cost.sum()), 0

    def _begin_at(self, place: Ints) -> None:
        tables = self._tables
        everything = np.arange(tables.units)
        self._place = place.copy()
        self._cost = tables.cost[everything, place]
        self._use = tables.use[:, everything, place]
        self._over = -tables.limit
        for resource, use in enumerate(self._use):
            self._over[resource] += np.bincount(place, use, minlength=tables.places)

    @property
    def priced_a_round(self) -> int:
        """Candidates and places that are priced in a round."""
        tables, mine = self._tables, self._parameters
        chains = min(mine.chains, tables.units)
        return chains * (mine.steps + 1) * (int(tables.candidates.shape[1]) + tables.places)

    def round(self) -> None:
        """Price some chains, make the ones drawn, and let the prices follow."""
        mine, tables = self._parameters, self._tables
        if self._rounds % mine.cycle == 0 and self._rounds:
            self._begin_at(self.best)
        cooled = (self._rounds % mine.cycle) / mine.cycle
        heat = mine.hottest * (mine.coldest / mine.hottest) ** cooled
        self._rounds += 1
        self.fruitless += 1
        self._make_drawn(self.chains(), heat * tables.spacing)
        over = self._over > 0
        if over.any():
            raised = np.minimum(mine.rise * self._price, tables.most_price)
            self._price = np.where(over, raised, self._price)
            return
        self._price = np.maximum(mine.fall * self._price, tables.least_price)
        cost = float(self._cost.sum())
        if cost < self.least - _LEAST_GAIN:
            self.best, self.least, self.fruitless = self._place.copy(), cost, 0

    def priced(self) -> float:
        """Return what the assignment costs now, with what is used beyond the limits."""
        return float(self._cost.sum() + (self._price * np.maximum(self._over, 0.0)).sum())

    def _beyond(self, place: Ints, more: Floats) -> Floats:
        """Return what uses cost that are beyond limits, with more use at some places."""
        found = np.zeros(more.shape[1:])
        shape = place.shape + (1,) * (found.ndim - place.ndim)
        for price, over, extra in zip(self._price, self._over, more, strict=True):
            beyond = np.maximum(over[place].reshape(shape) + extra, 0.0)
            found += price[place].reshape(shape) * beyond
        return found

    def chains(self) -> Chains:
        """Return chains of some units, drawn at random."""
        tables, mine = self._tables, self._parameters
        first = self._random.permutation(tables.units)[: mine.chains]
        row = np.arange(len(first))
        now = (self._price * np.maximum(self._over, 0.0)).sum(axis=0)
        own_use, own_cost = tables.use[:, first], tables.cost[first]
        joined = own_cost - now
        for price, over, use in zip(self._price, self._over, own_use, strict=True):
            joined += price * np.maximum(over + use, 0.0)
        saved = (tables.worth[:, self._place] * self._use).sum(axis=0)

        room = self._place[first]
        left = -self._use[:, first]
        spent = -self._cost[first] - now[room]
        visited = np.zeros(joined.shape, np.bool_)
        visited[row, room] = True
        joined[row, room] = np.inf
        elsewhere = joined.argmin(axis=1)
        rooms, fillers, ends = [room], [], [elsewhere]
        costs = [spent + self._beyond(room, left) + joined[row, elsewhere]]
        for _ in range(mine.steps):
            filler, cost = self._fillers(room, left, now, saved, visited)
            spent = spent + cost
            room, left = self._place[filler], -self._use[:, filler]
            visited[row, room] = True
            joined[row, room] = np.inf
            elsewhere = joined.argmin(axis=1)
            last = own_cost[row, room] + self._beyond(room, left + own_use[:, row, room])
            costs += [spent + last, spent + self._beyond(room, left) + joined[row, elsewhere]]
            ends += [room, elsewhere]
            rooms.append(room)
            fillers.append(filler)
        filled_by = np.array(fillers, np.int64).reshape(len(fillers), len(first))
        return Chains(first, np.array(rooms), filled_by, np.array(costs), np.array(ends))

    def _fillers(
        self, room: Ints, left: Floats, now: Floats, saved: Floats, visited: Bools
    ) -> tuple[Ints, Floats]:
        """Return who fills the room of each chain best, and what that costs: infinity if nobody.

        Parameters
        ----------
        room
            Shape (chains,): places.
        left
            Shape (resources, chains): by what the use there has changed.
        now
            Shape (places,): what uses beyond limits cost now.
        saved
            Shape (units,): what the room is worth that a unit leaves.
        visited
            Shape (chains, places): whose units cannot be had.
        """
        tables, row = self._tables, np.arange(len(room))
        units = tables.candidates[room]
        source = self._place[units]
        filled = left[:, :, None] + self._candidate_use[:, room]
        cost = self._candidate_cost[room] + self._beyond(room, filled)
        cost -= self._cost[units] + now[source]
        cost[visited[row[:, None], source]] = np.inf
        noise = self._random.standard_exponential(cost.shape)
        score = cost - saved[units] + self._parameters.noise * tables.spacing * noise
        best = score.argmin(axis=1)
        return units[row, best], cost[row, best]

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

    def move(self, unit: int, place: int) -> None:
        """Move a unit, whatever the limits say."""
        tables = self._tables
        self._over[:, self._place[unit]] -= self._use[:, unit]
        self._place[unit] = place
        self._cost[unit], self._use[:, unit] = tables.cost[unit, place], tables.use[:, unit, place]
        self._over[:, place] += self._use[:, unit]
