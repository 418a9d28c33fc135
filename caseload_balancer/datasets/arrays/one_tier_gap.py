"""Generalised assignment in one tier: for peers that know no tiers."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays
from caseload_balancer.arrays.tiers import blend_tiers


def one_tier_gap(arrays: Arrays) -> Arrays:
    """Return arrays of `gap_as_arrays` with the two tiers in one.

    An item left over costs more than all others together can: the cheapest assignment leaves the
    fewest over.
    """
    spread = int(np.abs(arrays.arc_cost[1]).max(initial=0))
    price = 2 * spread * arrays.units + 1
    return blend_tiers(arrays, np.array([price, 1], np.int64))
