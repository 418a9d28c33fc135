"""One-tier variants of the made-up services: the same problem for every peer.

Peers have no lexicographic tiers, no groups and no resources shared by a group; and a convex cost
at every tenth of a point would make their models, not their search, the matter of the test. So a
service is blended into one tier for everybody, the engine included: units of a split family are
units like others, the load costs five slopes, and what was a tier above becomes a high price.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Breakpoints, Ints, UnitGroups
from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.arrays.tiers import blend_tiers
from caseload_balancer.datasets.arrays.services import CHILDREN, COURT, MUST, OVER, POINTS, TRADE

PRICE: Final = {MUST: 100_000, OVER: 20_000, TRADE: 1}
"""Hundredths of a cost point for one of each tier: an ordinary move costs 1,000."""

LOAD_SLOPES: Final = ((0, 35), (70, 42), (85, 15), (100, 15), (115, 22))
"""From this percentage of the points available on, a tenth of a point costs so much more.

The mean slopes of the default profile's squares between those percentages.
"""


def blended(arrays: Arrays, *, tightness: int = 0) -> Arrays:
    """Return a made-up service as one tier without groups.

    Parameters
    ----------
    arrays
        Made by `service`.
    tightness
        Percentage taken off every cap and off the points available. Nobody is pushed over a hard
        limit by it: what is held at the start may stay.
    """
    keep = 100 - tightness
    available = arrays.limit[POINTS] * keep // 200
    price = np.array([PRICE[tier] for tier in range(arrays.tiers)], np.int64)
    over = arrays.breakpoints.tier == OVER
    caps = np.zeros(arrays.workers, np.int64)
    caps[arrays.breakpoints.worker[over]] = arrays.breakpoints.at[over] * keep // 100
    limit = arrays.limit.copy()
    limit[CHILDREN] = np.maximum(caps, _held_at_start(arrays, CHILDREN))
    return replace(
        blend_tiers(arrays, price),
        limit=limit,
        shared=np.zeros(arrays.resources, np.bool_),
        breakpoints=_breakpoints(arrays, caps, available),
        groups=UnitGroups.none(1),
    )


def _held_at_start(arrays: Arrays, resource: int) -> Ints:
    stays = arrays.arc_worker == arrays.start[arrays.arc_unit]
    held = arrays.arc_use[[resource]][:, stays]
    (total,) = total_by_worker(arrays.workers, arrays.arc_worker[stays], held)
    return np.asarray(total)


def _breakpoints(arrays: Arrays, caps: Ints, available: Ints) -> Breakpoints:
    rows: list[tuple[int, int, int, int, int]] = []
    for worker in np.unique(arrays.breakpoints.worker).tolist():
        rows.append((0, CHILDREN, worker, int(caps[worker]), PRICE[OVER]))
        rows.append((0, COURT, worker, 2, PRICE[MUST]))
        rows += [
            (0, POINTS, worker, int(available[worker]) * percent // 100, step)
            for percent, step in LOAD_SLOPES
        ]
    columns = np.array(rows, np.int64).reshape(-1, 5).T
    return Breakpoints(
        tier=columns[0], resource=columns[1], worker=columns[2], at=columns[3], step=columns[4]
    )
