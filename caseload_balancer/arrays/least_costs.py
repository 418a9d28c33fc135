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
    """Return the sum of the cheapest options of all units in a tier; each unit has one."""
    return int(least_options(arrays, tier).sum())


def least_of_tiers(arrays: Arrays) -> tuple[int, ...]:
    """Return `least_of_options` of each tier."""
    return tuple(least_of_options(arrays, tier) for tier in range(arrays.tiers))
