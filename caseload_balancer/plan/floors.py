"""The least imbalance there could be."""

from __future__ import annotations

import numpy as np

from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.load_costs import imbalance_steps


def imbalance_floor(facts: Facts, points: int) -> int:
    """Return the least the workers' part of the imbalance can be for `points` held.

    The cheapest next tenth of a point anywhere, step by step. Steps never fall for any worker, so
    these are the `points` smallest steps of all, and no split of the points costs less.

    Parameters
    ----------
    points
        Tenths of a point held by workers who have points available.

    Returns
    -------
    int
        Hundredths of a cost point. Exact.
    """
    available = facts.presence.points_available
    workers = np.flatnonzero(available > 0).tolist()
    if not workers or points == 0:
        return 0
    # Equal loads are nearly the answer; a worker whose steps run out too early gets more of them.
    most = {one: _share(points, int(available[one]), int(available.sum())) for one in workers}
    while True:
        steps = {one: imbalance_steps(facts, one, count) for one, count in most.items()}
        every = np.concatenate(list(steps.values()))
        cheapest = np.partition(every, points - 1)[:points]
        dearest = int(cheapest.max())
        short = [one for one in workers if most[one] < points and steps[one][-1] < dearest]
        if not short:
            return int(cheapest.sum())
        most.update({one: min(points, 2 * most[one]) for one in short})


def _share(points: int, available: int, total: int) -> int:
    return min(points, -(-points * available // total) + 1)
