"""The least imbalance, to be taken out before a gap is measured.

Most of a balance objective is a constant: somebody holds the work. A gap on such a sum says
nothing. The floor is the least that convex load costs and waiting could come to if units could
be cut up and everybody could take them: for any price of a unit of a resource, what the units
cost at their cheapest with the price added, plus what the workers' convex costs come to, less
the price of what they use, at their lowest. That is a Lagrangian bound with one price a resource;
it needs no solver. What arcs cost, moves and preferences, is not taken out: it can be saved, and
a move that is forced costs nothing to begin with. Without convex costs there is no floor but 0.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints

_PASSES: Final = 2
"""Rounds over the resources; the prices of different resources hardly touch each other."""
_PRICES: Final = 64
"""How many of the slopes of a resource are tried as its price."""


def floor(arrays: Arrays) -> int:
    """Return the least imbalance, a value that no assignment's last tier can be under.

    Parameters
    ----------
    arrays
        Of any number of tiers. UnitGroups, which cost 0 or more, are left out, and so is what arcs
        cost; what an arc gains, where its cost is below 0, is not.
    """
    tier = arrays.tiers - 1
    resources = np.unique(arrays.breakpoints.resource[arrays.breakpoints.tier == tier]).tolist()
    costs = {resource: _LoadCosts(arrays, tier, resource) for resource in resources}
    prices = dict.fromkeys(resources, 0)
    best = _bound(arrays, tier, costs, prices)
    for _ in range(_PASSES):
        for resource in resources:
            for price in costs[resource].slopes():
                tried = prices | {resource: price}
                bound = _bound(arrays, tier, costs, tried)
                if bound > best:
                    best, prices = bound, tried
    return best


def _bound(arrays: Arrays, tier: int, costs: dict[int, _LoadCosts], prices: dict[int, int]) -> int:
    priced = np.minimum(0, arrays.arc_cost[tier])
    for resource, price in prices.items():
        priced += price * arrays.arc_use[resource]
    never = np.iinfo(np.int64).max
    cheapest = np.where(arrays.may_wait, arrays.wait_cost[tier], never)
    np.minimum.at(cheapest, arrays.arc_unit, priced)
    loads = sum(costs[resource].least(price) for resource, price in prices.items())
    return int(cheapest.sum()) + loads


class _LoadCosts:
    """The convex costs of one resource at all workers, by their corners."""

    def __init__(self, arrays: Arrays, tier: int, resource: int) -> None:
        breakpoints = arrays.breakpoints
        mine = np.flatnonzero((breakpoints.tier == tier) & (breakpoints.resource == resource))
        mine = mine[np.argsort(breakpoints.worker[mine], kind="stable")]
        most = np.zeros(arrays.workers, np.int64)
        np.add.at(most, arrays.arc_worker, arrays.arc_use[resource])
        most = np.minimum(most, arrays.limit[resource])
        ends = np.searchsorted(breakpoints.worker[mine], np.arange(arrays.workers + 1))
        use: list[Ints] = []
        cost: list[Ints] = []
        self._slopes: set[int] = {0}
        for worker in range(arrays.workers):
            rows = mine[ends[worker] : ends[worker + 1]]
            at, step = breakpoints.at[rows], breakpoints.step[rows]
            corners = np.unique(np.concatenate([[0, most[worker]], np.minimum(at, most[worker])]))
            order = np.argsort(at, kind="stable")
            slope = np.concatenate([[0], np.cumsum(step[order])])
            self._slopes.update(slope.tolist())
            below = slope[np.searchsorted(at[order], corners[:-1], side="right")]
            rises = below * np.diff(corners)
            use.append(corners)
            cost.append(np.concatenate([[0], np.cumsum(rises)]))
        self._begin = np.cumsum([0, *(len(corners) for corners in use)])[:-1]
        self._use = np.concatenate(use)
        self._cost = np.concatenate(cost)

    def slopes(self) -> list[int]:
        """Return some of the slopes of the costs, spread over all of them, ascending."""
        ordered = sorted(self._slopes)
        return ordered[:: -(-len(ordered) // _PRICES)]

    def least(self, price: int) -> int:
        """Return the least the costs come to when a unit of use earns `price`."""
        if len(self._begin) == 0:
            return 0
        lowest = np.minimum.reduceat(self._cost - price * self._use, self._begin)
        return int(lowest.sum())
