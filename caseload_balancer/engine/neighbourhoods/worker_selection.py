"""Which workers a neighbourhood is made of: drawn at random, by what would go between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import EPSILON
from caseload_balancer.engine.parameters import NeighbourhoodParameters


class WorkerSelection:
    """Draws sets of workers, and learns from what came of them.

    Parameters
    ----------
    workers
        Number of workers.
    seed
        Of the random numbers.
    parameters
        Of neighbourhoods.
    """

    def __init__(
        self, workers: int, seed: Sequence[int], parameters: NeighbourhoodParameters
    ) -> None:
        self._workers = workers
        self._parameters = parameters
        self._random = np.random.default_rng(seed)
        self._size = float(parameters.first_workers)
        self._visits = np.zeros(workers)

    def choose(self, attraction: Floats, count: int) -> list[Ints]:
        """Return up to `count` disjoint sets of workers between whom units would move.

        Parameters
        ----------
        attraction
            Shape (workers + 1, workers), see `Guide.attraction`.
        """
        workers = self._workers
        between = attraction[:-1] + attraction[:-1].T
        activity = between.sum(axis=0) + attraction[-1] + EPSILON
        free = np.ones(workers, np.bool_)
        size = min(round(self._size), workers)
        sets = []
        for _ in range(max(1, min(count, workers // size))):
            chance = np.where(free, activity, 0.0) / (1.0 + self._visits) ** 2
            first = int(self._random.choice(workers, p=chance / chance.sum()))
            inside = [first]
            free[first] = False
            near = between[first].copy()
            while len(inside) < size:
                score = (near + EPSILON) * self._random.random(workers) / (1.0 + self._visits)
                chosen = int(np.argmax(np.where(free, score, -1.0)))
                inside.append(chosen)
                free[chosen] = False
                near += between[chosen]
            sets.append(np.sort(np.array(inside)))
        return sets

    def learn(self, workers: Ints, *, gained: bool, quick: bool) -> None:
        """Draw workers without a gain less often, and change how many are drawn.

        Parameters
        ----------
        gained
            Whether their neighbourhood held something better.
        quick
            Whether it was searched completely in less work than intended.
        """
        visits, parameters = self._visits[workers], self._parameters
        self._visits[workers] = parameters.forgetting * visits if gained else visits + 1
        self._size *= parameters.growth if quick else parameters.shrinkage
        self._size = min(max(self._size, parameters.least_workers), self._workers)
