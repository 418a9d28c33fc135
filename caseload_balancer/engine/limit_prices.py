"""Prices at which few units want what a limit forbids, in a fraction of a second at any size.

The Lagrangian relaxation of the limits (Fisher, "The Lagrangian relaxation method for solving
integer programming problems", Management Science 27, 1981) is solved by resilient steps: a limit
that is passed gets dearer, one that is not reached gets cheaper, each in steps that grow while the
direction stays and shrink when it turns (Riedmiller and Braun, "A direct adaptive method for faster
backpropagation learning: the RPROP algorithm", 1993). A guide for searches: the bounds come from
the linear program.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs import Floats
from caseload_balancer.problem.arrays import Arrays

_ROUNDS: Final = 300
_FIRST_STEP: Final = 0.02
"""Share of a usual price."""
_GROWTH: Final = 1.2
_SHRINKAGE: Final = 0.7
_WORK_AN_ARC: Final = 4e-9
"""Of a round, for each arc."""


def limits_alone(arrays: Arrays) -> bool:
    """Return whether nothing but limits and the budget joins the units."""
    return len(arrays.hinges) == 0 and len(arrays.bonds) == 0


def price_limits(arrays: Arrays, *, deadline: Deadline) -> Floats:
    """Return a price for each use of each resource, shape (resources, workers).

    Parameters
    ----------
    arrays
        Of one tier. Hinges and bonds are not considered.
    """
    price = np.zeros(arrays.limit.shape)
    usual = usual_price(arrays)
    step = np.broadcast_to(_FIRST_STEP * usual[:, None], price.shape).copy()
    before = np.zeros(price.shape)
    most = _dearest(arrays)
    wait = np.where(arrays.may_wait, arrays.wait_cost[0], np.inf)
    for _ in range(_ROUNDS):
        if deadline.passed():
            break
        cost = priced_costs(arrays, price)
        least = cheapest_arc(arrays, cost)
        taken = np.flatnonzero((cost <= least[arrays.arc_unit]) & (cost < wait[arrays.arc_unit]))
        use = np.zeros(arrays.limit.shape)
        for row, weight in zip(use, arrays.arc_use[:, taken], strict=True):
            np.add.at(row, arrays.arc_worker[taken], weight)
        sign = np.sign(use - arrays.limit)
        step *= np.where(sign * before > 0, _GROWTH, np.where(sign * before < 0, _SHRINKAGE, 1.0))
        price = np.clip(price + step * sign, 0.0, most)
        before = sign
        deadline.spend(_WORK_AN_ARC * arrays.arcs)
    return np.asarray(price)


def priced_costs(arrays: Arrays, price: Floats) -> Floats:
    """Return what each arc costs with its uses, shape (arcs,)."""
    cost = arrays.arc_cost[0].astype(np.float64)
    for worth, use in zip(price, arrays.arc_use, strict=True):
        cost += worth[arrays.arc_worker] * use
    return np.asarray(cost)


def cheapest_arc(arrays: Arrays, cost: Floats) -> Floats:
    """Return what the cheapest arc of each unit costs, infinity without arcs; shape (units,)."""
    least = np.full(arrays.units, np.inf)
    has = np.flatnonzero(np.diff(arrays.arc_start))
    least[has] = np.minimum.reduceat(cost, arrays.arc_start[has])
    return least


def _dearest(arrays: Arrays) -> float:
    """Return a price of one use that no option is worth."""
    costs = np.concatenate([arrays.arc_cost[0], arrays.wait_cost[0, arrays.may_wait], [0]])
    return 1.0 + float(costs.max() - costs.min())


def usual_price(arrays: Arrays) -> Floats:
    """Return how much costs vary for each use of a resource, shape (resources,)."""
    if arrays.arcs == 0:
        return np.ones(arrays.resources)
    spread = float(np.std(arrays.arc_cost[0]))
    return np.asarray(spread / np.maximum(1.0, arrays.arc_use.mean(axis=1)))
