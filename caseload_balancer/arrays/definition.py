"""The arrays between problem and engine: a generalised assignment problem with convex costs.

Nothing here knows what a child or a worker is. *Units* go to *workers* along *arcs*, or wait;
each arc uses *resources* of its worker; costs are settled in *tiers*.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

WAITING: Final = -1
"""The worker of a unit that waits."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class _Pickled:
    """Numbers come out of a pickle with a type of their own, on which numpy's loops are slow."""

    def __setstate__(self, state: dict[str, object]) -> None:
        for name, value in state.items():
            if isinstance(value, np.ndarray):
                self.__dict__[name] = value.view(value.dtype.type)
            else:
                self.__dict__[name] = value


@dataclass(frozen=True, eq=False, kw_only=True)
class Breakpoints(_Pickled):
    """Convex costs of resource use: each row adds ``step * max(0, use - at)``.

    Parameters
    ----------
    tier, resource, worker, at, step
        One entry a point, shape (breakpoints,). ``step`` is positive; ``at`` is 0 or more.
    """

    tier: Ints
    resource: Ints
    worker: Ints
    at: Ints
    step: Ints

    @classmethod
    def none(cls) -> Breakpoints:
        """Return no breakpoints at all."""
        empty = np.zeros(0, np.int64)
        return cls(tier=empty, resource=empty, worker=empty, at=empty, step=empty)

    def __len__(self) -> int:
        return len(self.tier)


@dataclass(frozen=True, eq=False, kw_only=True)
class UnitGroups(_Pickled):
    """Groups of units that should not be spread over workers.

    A group costs ``cost[t] * max(0, distinct workers holding its units - 1)``; units that wait do
    not count. Of a *shared* resource the units of one group at one worker use the largest use
    among them, not the sum.

    Parameters
    ----------
    start, unit
        CSR: the units of group ``b`` are ``unit[start[b]:start[b + 1]]``. A unit has at most
        one group.
    cost
        Shape (tiers, groups), 0 or more.
    """

    start: Ints
    unit: Ints
    cost: Ints

    @classmethod
    def none(cls, tiers: int) -> UnitGroups:
        """Return no groups at all."""
        return cls(
            start=np.zeros(1, np.int64),
            unit=np.zeros(0, np.int64),
            cost=np.zeros((tiers, 0), np.int64),
        )

    def __len__(self) -> int:
        return len(self.start) - 1


@dataclass(frozen=True, eq=False, kw_only=True)
class Arrays(_Pickled):
    """One assignment problem in whole numbers.

    Choose for every unit one of its arcs, or to wait where it may, such that no worker's use of
    a resource passes its limit and the budget holds; minimise the tiers lexicographically. The
    value of tier ``t`` is the ``arc_cost[t]`` of the chosen arcs, the ``wait_cost[t]`` of the
    waiting units, the breakpoints of tier ``t`` and the groups of tier ``t``, added up.

    Parameters
    ----------
    arc_start
        Shape (units + 1,): the arcs of unit ``u`` are ``arc_start[u]:arc_start[u + 1]``.
    arc_worker
        Shape (arcs,), ascending within a unit: one arc a unit and worker at most.
    arc_use
        Shape (resources, arcs), 0 or more.
    arc_cost
        Shape (tiers, arcs).
    wait_cost
        Shape (tiers, units).
    may_wait
        Shape (units,): whether the unit may wait.
    limit
        Shape (resources, workers): hard limits.
    shared
        Shape (resources,): which resources the units of a group use once (see `UnitGroups`).
    breakpoints, groups
        Convex costs of use; groups of units.
    arc_budget, budget
        Shape (arcs,), 0 or more, and the most the chosen arcs may add up to; None is no budget.
    slack_abs, slack_rel
        Shape (tiers,): tiers after ``t`` may make its value worse by
        ``slack_abs[t] + slack_rel[t] * max(0, value) // 1000``.
    start
        Shape (units,): a worker or `WAITING` for each unit; always a feasible assignment.
    """

    arc_start: Ints
    arc_worker: Ints
    arc_use: Ints
    arc_cost: Ints
    wait_cost: Ints
    may_wait: Bools
    limit: Ints
    shared: Bools
    breakpoints: Breakpoints
    groups: UnitGroups
    arc_budget: Ints
    budget: int | None
    slack_abs: Ints
    slack_rel: Ints
    start: Ints

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.arc_start) - 1

    @property
    def workers(self) -> int:
        """Number of workers."""
        return int(self.limit.shape[1])

    @property
    def arcs(self) -> int:
        """Number of arcs."""
        return len(self.arc_worker)

    @property
    def tiers(self) -> int:
        """Number of tiers."""
        return int(self.arc_cost.shape[0])

    @property
    def resources(self) -> int:
        """Number of resources."""
        return int(self.limit.shape[0])

    @cached_property
    def arc_unit(self) -> Ints:
        """Shape (arcs,): the unit of each arc."""
        return np.repeat(np.arange(self.units, dtype=np.int64), np.diff(self.arc_start))

    @cached_property
    def group_of_unit(self) -> Ints:
        """Shape (units,): the group of each unit, -1 for none."""
        found = np.full(self.units, -1, np.int64)
        sizes = np.diff(self.groups.start)
        found[self.groups.unit] = np.repeat(np.arange(len(self.groups), dtype=np.int64), sizes)
        return found

    def slack(self, tier: int, value: int) -> int:
        """Return how much worse than `value` later tiers may leave `tier`."""
        return int(self.slack_abs[tier]) + int(self.slack_rel[tier]) * max(0, value) // 1000
