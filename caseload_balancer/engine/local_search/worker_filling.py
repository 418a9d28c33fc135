"""Workers filled one after the other by knapsacks, many partial assignments side by side.

Where rooms have to be filled to the last, moves between full workers rarely fit. A worker filled
while most units are still free has thousands of choices that fill it exactly and lose next to
nothing; only the last few workers have to take what is left. So workers are closed in random order.
Each takes the units that a knapsack gives it, where a unit is worth what it would cost elsewhere at
the multipliers of the limits. The multipliers follow what is left, and bound it from below, and of
the partial assignments those of least bound go on: a beam search (Ow and Morton, "Filtered beam
search in scheduling", International Journal of Production Research 26, 1988). To close workers
whole is what a dive over columns does (Sadykov and others, INFORMS Journal on Computing 31, 2019).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_tables import ChainTables
from caseload_balancer.engine.local_search.rest_prices import RestPrices
from caseload_balancer.engine.parameters import FillingParameters

_WORK_A_WORKER: Final = 1e-4
_WORK_AN_ITEM: Final = 3e-6
_WORK_A_CELL: Final = 4e-10
_WORK_A_PRICED: Final = 9e-10
"""Of a worker that is closed, for each item and each cell of its knapsacks, and for each unit and
open worker in each round of the multipliers."""


def fillings_are_possible(arrays: Arrays, parameters: FillingParameters) -> bool:
    """Return whether workers can be filled: one resource, no budget, and tables not too large."""
    if arrays.budget is not None or arrays.resources != 1 or arrays.arcs == 0:
        return False
    widest = int(np.minimum(arrays.limit, arrays.arc_use.sum()).max(initial=0))
    cells = (widest + 1) * arrays.units * parameters.partial * parameters.children
    return arrays.workers > 1 and cells <= parameters.cells


def fill(
    tables: ChainTables,
    random: np.random.Generator,
    deadline: Deadline,
    below: float,
    parameters: FillingParameters,
) -> Ints | None:
    """Return an assignment of less cost, as places, from workers filled in random order.

    None where nothing below `below` can come of it, or when out of time.
    """
    order = random.permutation(tables.places - 1)
    beam = Beam(tables, random, parameters)
    for closed, worker in enumerate(order.tolist()):
        if deadline.passed():
            return None
        deadline.spend(beam.close(worker, order[closed + 1 :]))
        if len(beam.total) == 0 or beam.total[0] >= below:
            return None
    return np.asarray(beam.place[0])


class Beam:
    """Partial assignments, in which the same workers are closed.

    Attributes
    ----------
    place
        Shape (partial, units): where each unit is; waiting until it has a worker.
    total
        Shape (partial,): what the closed workers cost, and a bound of the rest. Ascending.
    """

    def __init__(
        self, tables: ChainTables, random: np.random.Generator, parameters: FillingParameters
    ) -> None:
        self._tables, self._random, self._parameters = tables, random, parameters
        self._use = tables.use[0].astype(np.int64)
        self._limit = np.minimum(tables.limit[0, :-1], self._use[:, :-1].sum(axis=0))
        self._prices = RestPrices(tables, self._limit, parameters)
        self._dearest = 2 * float(np.abs(tables.cost[np.isfinite(tables.cost)]).max()) + 1
        self.place = np.full((1, tables.units), tables.places - 1)
        self._spent = np.zeros(1)
        self.total = np.zeros(1)

    def close(self, worker: int, rest: Ints) -> float:
        """Fill a worker in each, keep the best, and return the work that took.

        Parameters
        ----------
        worker
            That is open.
        rest
            The workers that are open after it.
        """
        mine, tables = self._parameters, self._tables
        place = np.repeat(self.place, mine.children, axis=0)
        spent = np.repeat(self._spent, mine.children)
        free = place == tables.places - 1
        cost, use = tables.cost[:, worker], self._use[:, worker]
        gain = cost - np.minimum(self._prices.elsewhere(rest), self._dearest)
        near = gain + self._prices.price[worker] * use < mine.losses * tables.spacing
        items = np.flatnonzero(near & (use <= self._limit[worker]) & free.any(axis=0))
        items = items[self._random.permutation(len(items))]
        noise = self._random.standard_exponential((len(place), len(items)), dtype=np.float32)
        noise[:: mine.children] = 0
        value = gain[items] + mine.noise * tables.spacing * noise
        value[~free[:, items]] = np.inf
        taken = best_knapsacks(value, use[items], int(self._limit[worker]))
        row, item = np.nonzero(taken)
        place[row, items[item]] = worker
        free[row, items[item]] = False
        spent += np.where(taken, cost[items], 0.0).sum(axis=1)
        total = spent + self._prices.bounds(free, rest)
        kept = self._best(place, total)
        self.place, self._spent, self.total = place[kept], spent[kept], total[kept]
        cells = len(items) * len(place) * (self._limit[worker] + 1)
        priced = mine.rounds * tables.units * len(rest)
        work = _WORK_A_WORKER + _WORK_AN_ITEM * len(items) + _WORK_A_CELL * cells
        return float(work + _WORK_A_PRICED * priced)

    def _best(self, place: Ints, total: Floats) -> Ints:
        """Return the partial assignments of least bound, no two of them equal."""
        _, first = np.unique(place, axis=0, return_index=True)
        first = first[np.isfinite(total[first])]
        return np.asarray(
            first[np.argsort(total[first], kind="stable")[: self._parameters.partial]]
        )


def best_knapsacks(value: Floats, use: Ints, limit: int) -> Bools:
    """Return which items the best knapsack of each row takes, shape (rows, items).

    By dynamic programming over what the items taken use, in all rows at once.

    Parameters
    ----------
    value
        Shape (rows, items): what each adds, to be minimised; infinite for what may not be taken.
    use
        Shape (items,).
    limit
        Of what the items taken use.
    """
    rows = np.arange(len(value))
    least = np.zeros((len(value), limit + 1), np.float32)
    taken = np.zeros((len(use), len(value), limit + 1), np.bool_)
    value = value.astype(np.float32)
    for item, weight in enumerate(use.tolist()):
        with_it = least[:, : limit + 1 - weight] + value[:, item, None]
        without = least[:, weight:]
        np.less(with_it, without, out=taken[item, :, weight:])
        np.minimum(without, with_it, out=without)
    found = np.zeros(value.shape, np.bool_)
    load = np.full(len(value), limit)
    for item in range(len(use) - 1, -1, -1):
        found[:, item] = taken[item, rows, load]
        load -= use[item] * found[:, item]
    return found
