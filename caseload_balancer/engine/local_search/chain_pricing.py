"""What ejection chains cost: many of them priced together, step by step, in array operations.

Most of what it costs that a candidate fills a room is the same for all chains of a round: it is
worked out once for each place and candidate. In a chain only the use of the room is added, and a
noise that was drawn beforehand: it is chance where in the noise a step begins. Who fills a room is
chosen in single precision, for that is a choice among guesses; what a chain costs is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_tables import ChainTables
from caseload_balancer.engine.parameters import EjectionChainParameters

_NOISE: Final = 2**18
"""Noises drawn beforehand, beside those of one step."""
_FEW_PLACES: Final = 3
"""Up to so many places a step, units of places that a chain was at are kept out of the choice.

With more it is cheaper to give up the few chains that come back."""


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


class Placement:
    """Where units are, within limits or not, and what that costs at the prices of uses beyond them.

    Attributes
    ----------
    place, cost, use
        Shapes (units,), (units,) and (resources, units): where each unit is, and what it costs and
        uses there.
    over
        Shape (resources, places): use beyond the limit, negative where there is room.
    price
        Shape (resources, places): of each use beyond the limit.
    """

    def __init__(self, tables: ChainTables, place: Ints, price: Floats) -> None:
        self._tables = tables
        everything = np.arange(tables.units)
        self.place = place.copy()
        self.cost = tables.cost[everything, place]
        self.use = tables.use[:, everything, place]
        self.over = -tables.limit
        for resource, use in enumerate(self.use):
            self.over[resource] += np.bincount(place, use, minlength=tables.places)
        self.price = price

    def beyond(self) -> Floats:
        """Return what uses beyond the limits cost at each place, shape (places,)."""
        return np.asarray((self.price * np.maximum(self.over, 0.0)).sum(axis=0))

    def beyond_at(self, place: Ints, more: Floats) -> Floats:
        """Return what uses cost beyond limits, with `more` use at each of the places.

        Parameters
        ----------
        place, more
            Shapes (chains,) and (resources, chains).
        """
        found = np.zeros(len(place))
        for price, over, extra in zip(self.price, self.over, more, strict=True):
            found += price[place] * np.maximum(over[place] + extra, 0.0)
        return found

    def move(self, unit: int, place: int) -> None:
        """Move a unit, whatever the limits say."""
        tables = self._tables
        self.over[:, self.place[unit]] -= self.use[:, unit]
        self.place[unit] = place
        self.cost[unit], self.use[:, unit] = tables.cost[unit, place], tables.use[:, unit, place]
        self.over[:, place] += self.use[:, unit]


class ChainPricing:
    """Prices chains of some units.

    Parameters
    ----------
    tables
        Costs and uses.
    random
        Draws the first units, and the noise.
    parameters
        Of the search.
    """

    def __init__(
        self, tables: ChainTables, random: np.random.Generator, parameters: EjectionChainParameters
    ) -> None:
        self._tables, self._random, self._parameters = tables, random, parameters
        self._chains = min(parameters.chains, tables.units)
        self._priced = self._chains * tables.candidates.shape[1]
        places = np.arange(tables.places)[:, None]
        self._places = places
        self._few = tables.places <= _FEW_PLACES * parameters.steps
        self._cost = tables.cost[tables.candidates, places]
        self._use = tables.use[:, tables.candidates, places]
        self._rough_use = self._use.astype(np.float32)
        noise = random.standard_exponential(_NOISE + self._priced)
        self._noise = (parameters.noise * tables.spacing * noise).astype(np.float32)

    @property
    def priced(self) -> int:
        """Candidates and places that are priced in a round."""
        steps = self._parameters.steps + 1
        return int(steps * (self._priced + self._chains * self._tables.places))

    def chains(self, now: Placement) -> Chains:
        """Return chains of some units, drawn at random."""
        tables = self._tables
        first = self._random.permutation(tables.units)[: self._chains]
        row = np.arange(len(first))
        beyond = now.beyond()
        own_use, own_cost = tables.use[:, first], tables.cost[first]
        joined = own_cost - beyond
        for price, over, use in zip(now.price, now.over, own_use, strict=True):
            joined += price * np.maximum(over + use, 0.0)
        filled, score = self._filled(now, beyond)
        noise = self._random.integers(_NOISE, size=self._parameters.steps)
        barred: Bools | None = None

        room = now.place[first]
        left = -now.use[:, first]
        spent = -now.cost[first] - beyond[room]
        visited = np.zeros(joined.shape, np.bool_)
        visited[row, room] = True
        joined[row, room] = np.inf
        elsewhere = joined.argmin(axis=1)
        rooms, fillers, ends = [room], [], [elsewhere]
        costs = [spent + now.beyond_at(room, left) + joined[row, elsewhere]]
        for begin in noise.tolist():
            if self._few:
                source = now.place[tables.candidates[room]]
                barred = visited[row[:, None], source]
            best = self._best(now, room, left, score, begin, barred)
            more = left + self._use[:, room, best]
            spent = spent + filled[room, best] + now.beyond_at(room, more)
            filler = tables.candidates[room, best]
            room, left = now.place[filler], -now.use[:, filler]
            spent[visited[row, room]] = np.inf
            visited[row, room] = True
            joined[row, room] = np.inf
            elsewhere = joined.argmin(axis=1)
            last = own_cost[row, room] + now.beyond_at(room, left + own_use[:, row, room])
            costs += [spent + last, spent + now.beyond_at(room, left) + joined[row, elsewhere]]
            ends += [room, elsewhere]
            rooms.append(room)
            fillers.append(filler)
        filled_by = np.array(fillers, np.int64).reshape(len(fillers), len(first))
        return Chains(first, np.array(rooms), filled_by, np.array(costs), np.array(ends))

    def _filled(self, now: Placement, beyond: Floats) -> tuple[Floats, NDArray[np.float32]]:
        """Return what it costs that a candidate comes to a place, without the uses there.

        Returns
        -------
        cost, score
            Shape (places, candidates): what it costs, infinite for units that are there; and the
            same less what the room that the unit leaves is worth.
        """
        candidates = self._tables.candidates
        saved = (self._tables.worth[:, now.place] * now.use).sum(axis=0)
        cost = self._cost - (now.cost + beyond[now.place])[candidates]
        cost[now.place[candidates] == self._places] = np.inf
        return cost, (cost - saved[candidates]).astype(np.float32)

    def _best(
        self,
        now: Placement,
        room: Ints,
        left: Floats,
        score: NDArray[np.float32],
        begin: int,
        barred: Bools | None,
    ) -> Ints:
        """Return which candidate fills the room of each chain best, about.

        Parameters
        ----------
        room, left
            Shapes (chains,) and (resources, chains): places, and by what the use there has changed.
        score
            See `_filled`.
        begin
            Where in the noise to begin.
        barred
            Shape (chains, candidates): who may not be chosen.
        """
        found = score[room]
        for price, over, use, change in zip(
            now.price, now.over, self._rough_use, left, strict=True
        ):
            used = use[room]
            used += (over[room] + change).astype(np.float32)[:, None]
            np.maximum(used, 0.0, out=used)
            used *= price[room].astype(np.float32)[:, None]
            found += used
        found += self._noise[begin : begin + found.size].reshape(found.shape)
        if barred is not None:
            found[barred] = np.inf
        return np.asarray(found.argmin(axis=1))
