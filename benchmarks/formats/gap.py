"""Generalised assignment files: every item to one agent, at least cost, under weighted capacities.

Numbers separated by white space: agents and items; the cost of each item, agent by agent; the
weight of each item, agent by agent; the capacity of each agent. As in the OR-Library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.formats.texts import Numbers
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


def read_gap(path: Path) -> GapInstance:
    """Read one instance.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there or broken.
    """
    numbers = Numbers(path, "gap")
    agents = numbers.take("the number of agents", at_least=1)
    items = numbers.take("the number of items", at_least=1)
    size = agents * items
    cost = numbers.take_many(size, "the costs")
    weight = numbers.take_many(size, "the weights", at_least=0)
    capacity = numbers.take_many(agents, "the capacities", at_least=0)
    numbers.end()
    return GapInstance(
        cost=np.array(cost, np.int64).reshape(agents, items),
        weight=np.array(weight, np.int64).reshape(agents, items),
        capacity=np.array(capacity, np.int64),
    )


def write_gap(path: Path, gap: GapInstance) -> None:
    """Write one instance, agent by agent."""
    agents, items = gap.cost.shape
    rows = [[agents, items], *gap.cost.tolist(), *gap.weight.tolist(), gap.capacity.tolist()]
    lines = (" ".join(str(value) for value in row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


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
