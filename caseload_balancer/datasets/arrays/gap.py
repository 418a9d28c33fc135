"""Generalised assignment: every item to one agent, at least cost, under weighted capacities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, Ints, UnitGroups


@dataclass(frozen=True, eq=False)
class GapInstance:
    """A generalised assignment problem, for minimisation.

    Parameters
    ----------
    cost, weight
        Shape (agents, items); weights are 0 or more.
    capacity
        Shape (agents,), 0 or more.
    """

    cost: Ints
    weight: Ints
    capacity: Ints


def gap_as_arrays(gap: GapInstance) -> Arrays:
    """Return the instance for the engine: tier 1 counts items left over, tier 2 is the cost.

    The engine starts from a feasible assignment, and none is known here: every item may wait, at
    a cost of 1 in a tier of its own. An instance has an assignment exactly when tier 1 can be 0.
    """
    agents, items = gap.cost.shape
    fits = gap.capacity >= gap.weight.T
    item, agent = np.nonzero(fits)
    arcs = len(item)
    cost = np.zeros((2, arcs), np.int64)
    cost[1] = gap.cost[agent, item]
    wait = np.zeros((2, items), np.int64)
    wait[0] = 1
    return Arrays(
        arc_start=np.concatenate([[0], np.cumsum(fits.sum(axis=1))]).astype(np.int64),
        arc_worker=agent.astype(np.int64),
        arc_use=gap.weight[agent, item].reshape(1, arcs),
        arc_cost=cost,
        wait_cost=wait,
        may_wait=np.ones(items, np.bool_),
        limit=gap.capacity.reshape(1, agents),
        shared=np.zeros(1, np.bool_),
        breakpoints=Breakpoints.none(),
        groups=UnitGroups.none(2),
        arc_budget=np.zeros(arcs, np.int64),
        budget=None,
        slack_abs=np.zeros(2, np.int64),
        slack_rel=np.zeros(2, np.int64),
        start=np.full(items, WAITING, np.int64),
    )
