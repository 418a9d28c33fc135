"""Several knapsacks with convex costs of their loads, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.dantzig_wolfe.load_costs import LoadCosts


@dataclass(frozen=True, eq=False)
class Knapsacks:
    """A knapsack for each of several workers, with costs of its loads.

    Parameters
    ----------
    net
        Shape (workers, items): what taking each item costs, less than 0 where it earns, and
        `NEVER` where the worker has fewer items.
    use
        Shape (loads, workers, items), 0 or more: what each item adds to each load.
    costs
        What each load costs.
    """

    net: Ints
    use: Ints
    costs: tuple[LoadCosts, ...]

    @property
    def workers(self) -> int:
        """Number of workers."""
        return len(self.net)

    def reduced(self, prices: Ints) -> Ints:
        """Return what items cost at prices of the loads, shape (workers, items)."""
        return np.asarray(self.net + (prices[:, :, None] * self.use).sum(axis=0))

    def floor(self, prices: Ints, reduced: Ints) -> Ints:
        """Return the Lagrangian bounds at these prices, shape (workers,): no solution costs less.

        Parameters
        ----------
        reduced
            What items cost at the prices.
        """
        least = np.minimum(reduced, 0).sum(axis=1)
        for cost, price in zip(self.costs, prices, strict=True):
            least += cost.least(price)
        return np.asarray(least)
