"""Lagrangian multipliers of the limits, in a fraction of a second at any size.

The Lagrangian relaxation of the limits (Fisher, "The Lagrangian relaxation method for solving
integer programming problems", Management Science 27, 1981) is solved by resilient steps: a limit
that is exceeded gets dearer, one with room left gets cheaper, each in steps that grow while the
direction stays and shrink when it turns (Riedmiller and Braun, "A direct adaptive method for faster
backpropagation learning: the RPROP algorithm", 1993). A guide for searches: the bounds come from
the linear program.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.parameters import DEFAULTS, MultiplierParameters

_WORK_AN_ARC: Final = 1.5e-9
"""Of a round, for each arc."""


def only_limits_bind(arrays: Arrays) -> bool:
    """Return whether units share nothing but limits and the budget: no convex costs, no groups."""
    return len(arrays.breakpoints) == 0 and len(arrays.groups) == 0


def price_limits(
    arrays: Arrays, *, deadline: Deadline, parameters: MultiplierParameters = DEFAULTS.multipliers
) -> Floats:
    """Return a price for each use of each resource, shape (resources, workers).

    All arcs are priced in the first rounds only; later only the cheapest few of each unit.

    Parameters
    ----------
    arrays
        Of one tier. Breakpoints and groups are not considered.
    parameters
        Of multipliers.
    """
    search = _Prices(arrays, parameters)
    search.run(parameters.rounds_of_all, np.arange(arrays.arcs), deadline.slice(parameters.share))
    search.run(
        parameters.rounds,
        search.contenders(parameters.contenders),
        deadline.slice(parameters.share),
    )
    return search.price


class _Prices:
    """Prices under way."""

    def __init__(self, arrays: Arrays, parameters: MultiplierParameters) -> None:
        self._parameters = parameters
        self.price = np.zeros(arrays.limit.shape)
        self._arrays = arrays
        usual = usual_price(arrays)[:, None]
        self._step = np.broadcast_to(parameters.first_step * usual, self.price.shape).copy()
        self._before = np.zeros(self.price.shape)
        self._most = _dearest(arrays)
        self._wait = np.where(arrays.may_wait, arrays.wait_cost[0], np.inf)

    def contenders(self, count: int) -> Ints:
        """Return the arcs that are among the `count` cheapest of their unit, ascending."""
        arrays = self._arrays
        order = np.lexsort((priced_costs(arrays, self.price), arrays.arc_unit))
        rank = np.arange(arrays.arcs) - arrays.arc_start[arrays.arc_unit[order]]
        return np.sort(order[rank < count])

    def run(self, rounds: int, arcs: Ints, deadline: Deadline) -> None:
        """Adjust prices to the demand of units that choose their cheapest of `arcs`, ascending."""
        if len(arcs) == 0:
            return
        arrays = self._arrays
        unit, worker, use = arrays.arc_unit[arcs], arrays.arc_worker[arcs], arrays.arc_use[:, arcs]
        own, wait = arrays.arc_cost[0, arcs].astype(np.float64), self._wait[unit]
        begin = np.flatnonzero(np.diff(unit, prepend=-1))
        sizes = np.diff(begin, append=len(arcs))
        for _ in range(rounds):
            if deadline.passed():
                break
            cost = own.copy()
            for worth, weight in zip(self.price, use, strict=True):
                cost += worth[worker] * weight
            least = np.repeat(np.minimum.reduceat(cost, begin), sizes)
            taken = np.flatnonzero((cost <= least) & (cost < wait))
            used = [
                np.bincount(worker[taken], weight[taken], minlength=arrays.workers)
                for weight in use
            ]
            self._follow(np.sign(np.array(used).reshape(arrays.limit.shape) - arrays.limit))
            deadline.spend(_WORK_AN_ARC * len(arcs))

    def _follow(self, sign: Floats) -> None:
        """Raise the prices where demand exceeds the limit, lower them where it is less."""
        turn = sign * self._before
        growth, shrinkage = self._parameters.growth, self._parameters.shrinkage
        self._step *= np.where(turn > 0, growth, np.where(turn < 0, shrinkage, 1.0))
        self.price = np.clip(self.price + self._step * sign, 0.0, self._most)
        self._before = sign


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
