"""Multipliers of the limits of workers that are open, while others are closed one by one.

One set of multipliers serves all partial assignments of a beam, which differ little: they follow
the mean demand, by the resilient steps of `limit_multipliers.py`, and bound each from below.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_tables import ChainTables
from caseload_balancer.engine.parameters import FillingParameters


class RestPrices:
    """Multipliers under way.

    Attributes
    ----------
    price
        Shape (workers,): of a use of each.
    """

    def __init__(self, tables: ChainTables, limit: Floats, parameters: FillingParameters) -> None:
        self._tables, self._limit, self._parameters = tables, limit, parameters
        self._use = tables.use[0]
        self.price = tables.worth[0, :-1].copy()
        self._first_step = parameters.first_step * np.maximum(
            self.price, tables.least_price[0, :-1]
        )

    def elsewhere(self, rest: Ints) -> Floats:
        """Return what each unit costs at least with the rest of the workers, or waiting."""
        return np.asarray(self._priced(rest, self.price[rest]).min(axis=1))

    def bounds(self, free: Bools, rest: Ints) -> Floats:
        """Return what each partial assignment costs at least with the rest of the workers.

        Parameters
        ----------
        free
            Shape (partial, units).
        rest
            The workers that are open.
        """
        wanted = free.mean(axis=0)
        units = np.flatnonzero(wanted)
        wanted = wanted[units]
        price, limit = self.price[rest], self._limit[rest]
        use = self._use[np.ix_(units, rest)]
        mine = self._parameters
        step, before = self._first_step[rest].copy(), np.zeros(len(rest))
        most, best, row = -np.inf, price, np.arange(len(units))
        least = np.zeros(len(units))
        cost = self._tables.cost[np.ix_(units, np.append(rest, self._tables.places - 1))]
        for _ in range(mine.rounds if len(rest) else 1):
            priced = cost.copy()
            priced[:, :-1] += price * use
            choice = priced.argmin(axis=1)
            now = priced[row, choice]
            bound = float(now @ wanted - price @ limit)
            if bound > most or not np.isfinite(most):
                most, best, least = bound, price, now
            takes = np.flatnonzero(choice < len(rest))
            load = np.bincount(
                choice[takes], use[takes, choice[takes]] * wanted[takes], minlength=len(rest)
            )
            sign = np.sign(load - limit)
            turn = sign * before
            step = step * np.where(turn > 0, mine.growth, np.where(turn < 0, mine.shrinkage, 1.0))
            before = sign
            price = np.maximum(price + step * sign, 0.0)
        self.price[rest] = best
        costs = np.where(free[:, units], least, 0.0).sum(axis=1)
        return np.asarray(costs - float(best @ limit))

    def _priced(self, rest: Ints, price: Floats) -> Floats:
        """Return what each unit costs with each worker, and waiting, shape (units, rest + 1)."""
        tables = self._tables
        cost = tables.cost[:, np.append(rest, tables.places - 1)]
        cost[:, :-1] += price * self._use[:, rest]
        return np.asarray(cost)
