"""Generalised assignment files: every item to one agent, at least cost, under weighted capacities.

Numbers separated by white space: agents and items; the cost of each item, agent by agent; the
weight of each item, agent by agent; the capacity of each agent. As in the OR-Library.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.formats.texts import Numbers
from caseload_balancer.datasets.arrays import GapInstance


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
