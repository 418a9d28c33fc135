"""Weights with which one sum of all tiers ranks assignments as the tiers do, one after another."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays.convex_costs import compile_costs, reach
from caseload_balancer.arrays.definition import Arrays, Ints


def tier_weights(arrays: Arrays) -> Ints:
    """Return a weight for each tier such that a gain in one outweighs any loss in later ones.

    Where 64 bits are too few for that, the weights are as far apart as they allow; whoever uses
    them compares exact values at the end.
    """
    spans = []
    most = reach(arrays)
    for tier in range(arrays.tiers):
        own = np.zeros(arrays.tiers, np.int64)
        own[tier] = 1
        costs = compile_costs(arrays, own)
        span = float(costs.cost(np.arange(costs.cells), most).sum())
        highest = np.abs(arrays.wait_cost[tier]).astype(np.float64)
        np.maximum.at(highest, arrays.arc_unit, np.abs(arrays.arc_cost[tier]))
        spans.append(span + 2 * highest.sum() + float(arrays.groups.cost[tier].sum()) + 1)
    weights = np.ones(arrays.tiers, np.int64)
    room = 2.0**60 / max(spans)
    for tier in range(arrays.tiers - 2, -1, -1):
        wanted = float(weights[tier + 1]) * spans[tier + 1]
        weights[tier] = int(min(wanted, max(1.0, room), 2.0**60 / spans[tier]))
    return weights
