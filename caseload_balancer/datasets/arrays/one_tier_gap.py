"""Generalised assignment in one tier: for peers that know no tiers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays import Arrays, UnitGroups


def one_tier_gap(arrays: Arrays) -> Arrays:
    """Return arrays of `gap_as_arrays` with the two tiers in one.

    An item left over costs more than all others together can: the cheapest assignment leaves the
    fewest over.
    """
    spread = int(np.abs(arrays.arc_cost[1]).max(initial=0))
    price = 2 * spread * arrays.units + 1
    return replace(
        arrays,
        arc_cost=arrays.arc_cost[1:],
        wait_cost=price * arrays.wait_cost[:1],
        groups=UnitGroups.none(1),
        slack_abs=np.zeros(1, np.int64),
        slack_rel=np.zeros(1, np.int64),
    )
