"""Generalised assignment files: every item to one agent, at least cost, under weighted capacities.

Numbers separated by white space: agents and items; the cost of each item, agent by agent; the
weight of each item, agent by agent; the capacity of each agent. As in the OR-Library.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from caseload_balancer.arrays.building import generalised_assignment
from caseload_balancer.arrays.definition import Arrays, Ints
from caseload_balancer.arrays.texts import Numbers


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


def read_gap(path: Path | str) -> GapInstance:
    """Read one instance.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there or broken.
    """
    numbers = Numbers(Path(path), "gap")
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


def write_gap(path: Path | str, gap: GapInstance) -> None:
    """Write one instance, agent by agent."""
    agents, items = gap.cost.shape
    rows = [[agents, items], *gap.cost.tolist(), *gap.weight.tolist(), gap.capacity.tolist()]
    lines = (" ".join(str(value) for value in row) for row in rows)
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")


def gap_as_arrays(gap: GapInstance) -> Arrays:
    """Return an instance as arrays of two tiers: see `generalised_assignment`."""
    return generalised_assignment(gap.cost, gap.weight, gap.capacity)
