"""What each unit costs at least by itself: a bound on every tier that takes no search."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Ints


def least_options(arrays: Arrays, tier: int) -> Ints:
    """Return what each unit's cheapest option costs in a tier, shape (units,)."""
    highest = np.iinfo(np.int64).max
    least = np.where(arrays.may_wait, arrays.wait_cost[tier], highest)
    np.minimum.at(least, arrays.arc_unit, arrays.arc_cost[tier])
    return least


def least_of_options(arrays: Arrays, tier: int) -> int:
    """Return what a tier costs at least, every unit on its own; each has some option."""
    return int(least_options(arrays, tier).sum())
