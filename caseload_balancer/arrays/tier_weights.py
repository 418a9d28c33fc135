"""One weight a tier, so that all tiers can be added up in 64 bits."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays.convex_costs import compile_costs
from caseload_balancer.arrays.definition import Arrays, Ints


def tier_weights(arrays: Arrays) -> Ints:
    """Return a weight for each tier such that a gain in one outweighs any loss in later ones.

    Where 64 bits are too few for that, the weights are as far apart as they allow; whoever uses
    them compares exact values at the end.
    """
    spans = []
    for tier in range(arrays.tiers):
        own = np.zeros(arrays.tiers, np.int64)
        own[tier] = 1
        span = float(compile_costs(arrays, own).at_reach().sum())
        highest = np.abs(arrays.wait_cost[tier]).astype(np.float64)
        np.maximum.at(highest, arrays.arc_unit, np.abs(arrays.arc_cost[tier]))
        spans.append(span + 2 * highest.sum() + float(arrays.groups.cost[tier].sum()) + 1)
    weights = np.ones(arrays.tiers, np.int64)
    room = 2.0**60 / max(spans)
    for tier in range(arrays.tiers - 2, -1, -1):
        wanted = float(weights[tier + 1]) * spans[tier + 1]
        weights[tier] = int(min(wanted, max(1.0, room), 2.0**60 / spans[tier]))
    return weights
