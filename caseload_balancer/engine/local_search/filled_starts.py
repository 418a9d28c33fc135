"""Ejection chains from many starts, in each of which workers were filled one after the other.

A filling loses little in all workers but the last few; a short search by chains spreads what these
lose, and ends near the best that can be had from that start. The next start is another filling
(Feo and Resende, "Greedy randomized adaptive search procedures", Journal of Global Optimization 6,
1995).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.chain_tables import ChainTables, chain_tables
from caseload_balancer.engine.local_search.ejection_chains import ChainSearch, chains_are_possible
from caseload_balancer.engine.local_search.worker_filling import fill, fillings_are_possible
from caseload_balancer.engine.parameters import DEFAULTS, Parameters


def improve_by_filled_starts(
    arrays: Arrays,
    assignment: Ints,
    price: Floats,
    *,
    deadline: Deadline,
    seed: Sequence[int],
    starts: float = math.inf,
    parameters: Parameters = DEFAULTS,
) -> Ints:
    """Return an assignment no worse than a feasible one.

    Parameters
    ----------
    arrays
        Of one tier, where only limits bind. Nothing is tried where no fillings are possible.
    assignment
        Shape (units,).
    price
        Shape (resources, workers): about what the last use within each limit is worth; see
        `price_limits`.
    seed
        Numbers that any random choice follows from.
    starts
        In a row without a better assignment, after which the search ends.
    parameters
        Of the search.
    """
    mine = parameters.fillings
    if not (fillings_are_possible(arrays, mine) and chains_are_possible(arrays, parameters.chains)):
        return assignment
    tables = chain_tables(arrays, price, parameters.chains)
    random = np.random.default_rng([*seed, arrays.units])
    best, least = assignment, values(arrays, assignment)
    fruitless = number = 0
    while fruitless < starts and not deadline.passed():
        number, fruitless = number + 1, fruitless + 1
        start = _best_filling(tables, random, deadline, parameters)
        if start is None:
            continue
        search = ChainSearch(tables, start, (*seed, number), parameters.chains)
        while search.fruitless < mine.patience and not deadline.passed():
            search.round()
            deadline.spend(search.work_a_round)
        found = np.where(search.best == arrays.workers, WAITING, search.best)
        if not broken_limits(arrays, found) and values(arrays, found) < least:
            best, least, fruitless = found, values(arrays, found), 0
    return best


def _best_filling(
    tables: ChainTables, random: np.random.Generator, deadline: Deadline, parameters: Parameters
) -> Ints | None:
    """Return the best of some fillings, as places; None when out of time."""
    best, least = None, math.inf
    for _ in range(parameters.fillings.at_once):
        found = fill(tables, random, deadline, least, parameters.fillings)
        if found is not None:
            best, least = found, float(tables.cost[np.arange(tables.units), found].sum())
    return best
