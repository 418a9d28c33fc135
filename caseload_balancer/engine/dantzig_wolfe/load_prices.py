"""Prices of the loads of knapsacks at which their Lagrangian bounds are good."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.dantzig_wolfe.knapsack_data import Knapsacks
from caseload_balancer.engine.dantzig_wolfe.load_costs import LoadCosts


def best_prices(knapsacks: Knapsacks, begin: Ints, passes: int) -> Ints:
    """Return prices of the loads with a good Lagrangian bound, by coordinate ascent.

    Parameters
    ----------
    begin
        Shape (loads, workers): where to begin.
    passes
        How often the price of each load is set anew while the others stand.
    """
    prices, best = begin, begin
    reduced = knapsacks.reduced(begin)
    most = knapsacks.floor(begin, reduced)
    loads = [mine for mine, use in enumerate(knapsacks.use) if use.any()][::-1]
    for mine in loads * (passes if len(loads) > 1 else 1):
        use = knapsacks.use[mine]
        without = reduced - prices[mine][:, None] * use
        found = _price(without, use, knapsacks.costs[mine])
        if (found == prices[mine]).all():
            continue
        prices = prices.copy()
        prices[mine] = found
        reduced = without + found[:, None] * use
        floor = knapsacks.floor(prices, reduced)
        best = np.where(floor > most, prices, best)
        most = np.maximum(floor, most)
    return best


def _price(net: Ints, use: Ints, cost: LoadCosts) -> Ints:
    """Return the prices of a load with the best bound, others fixed; shape (workers,)."""
    worker = np.arange(len(net))
    load = (use * (net < 0)).sum(axis=1)
    short = np.flatnonzero((load > 0) & (cost.last_rate(worker, np.maximum(load, 1)) > 0))
    found = np.zeros(len(net), np.int64)
    found[short] = _price_of_the_last(short, net[short], use[short], cost)
    return found


def _price_of_the_last(worker: Ints, net: Ints, use: Ints, cost: LoadCosts) -> Ints:
    """Return the price of a load for each `worker`, whose items these are.

    The *worth* of an item is what it earns for each unit of load. Items are taken by falling worth,
    as long as an item is worth more than the last unit of load costs.
    """
    worth = np.where((net < 0) & (use > 0), -net // np.maximum(use, 1), -1)
    order = np.argsort(-worth, axis=1)
    worth = np.take_along_axis(worth, order, axis=1)
    load = np.cumsum(np.take_along_axis(use, order, axis=1), axis=1)
    row = np.arange(len(worker))
    taken, most = np.zeros(len(net), np.int64), (worth >= 0).sum(axis=1)
    while (taken < most).any():
        more = (taken + most + 1) // 2
        last = np.maximum(more - 1, 0)
        rate = cost.last_rate(worker, load[row, last])
        worth_it = (rate < worth[row, last]) | (more == taken)
        taken, most = np.where(worth_it, more, taken), np.where(worth_it, most, more - 1)
    last = np.maximum(taken - 1, 0)
    rate = np.where(taken > 0, cost.last_rate(worker, load[row, last]), 0)
    beyond = np.append(worth, np.zeros((len(net), 1), np.int64), axis=1)[row, taken]
    return np.asarray(np.maximum(0, np.maximum(beyond, rate)))
