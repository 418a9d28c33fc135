"""Made-up generalised assignment instances of the five published types, at any size.

Types a, b, c: Chu and Beasley, C&OR 24 (1997) 17-23. Types d (cost falls as weight rises) and e
(the same, steeply): Laguna, Kelly, Gonzalez and Glover, EJOR 82 (1995) 176-189, as Yagiura,
Ibaraki and Glover, EJOR 169 (2006) 548-569, use them. All for minimisation.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.arrays.gap_files import GapInstance

Kind = Literal["a", "b", "c", "d", "e"]

_SHARE: Final = 80
"""Percentage of an agent's mean load that is its capacity, in types c to e."""


def random_gap(kind: Kind, agents: int, items: int, *, seed: int = 0) -> GapInstance:
    """Draw one instance.

    Parameters
    ----------
    kind
        The published type.
    agents, items
        Sizes.
    seed
        The same seed gives the same instance.
    """
    random = np.random.default_rng([seed, agents, items, ord(kind)])
    shape = (agents, items)
    if kind in {"a", "b", "c"}:
        weight = random.integers(5, 25, size=shape, endpoint=True)
        cost = random.integers(10, 50, size=shape, endpoint=True)
    elif kind == "d":
        weight = random.integers(1, 100, size=shape, endpoint=True)
        cost = 111 - weight + random.integers(-10, 10, size=shape, endpoint=True)
    else:
        drawn = 1 - 10 * np.log(1 - random.random(shape))
        weight = drawn.astype(np.int64)
        cost = (1000 / drawn - 10 * random.random(shape)).astype(np.int64)
    return GapInstance(cost=cost, weight=weight, capacity=_capacity(kind, cost, weight))


def _capacity(kind: Kind, cost: Ints, weight: Ints) -> Ints:
    agents, items = weight.shape
    if kind not in {"a", "b"}:
        share: Ints = weight.sum(axis=1) * _SHARE // (100 * agents)
        return share
    cheapest = np.argmin(cost, axis=0)
    load = np.zeros(agents, np.int64)
    np.add.at(load, cheapest, weight[cheapest, np.arange(items)])
    loose = 9 * items // agents + 2 * int(load.max()) // 5
    return np.full(agents, loose if kind == "a" else loose * 7 // 10, np.int64)
