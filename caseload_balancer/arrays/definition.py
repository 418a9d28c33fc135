"""The arrays between problem and engine: a generalised assignment problem with convex costs.

Nothing here knows what a child or a worker is. *Units* go to *workers* along *arcs*, or wait;
each arc uses *resources* of its worker; costs are settled in *tiers*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

WAITING: Final = -1
"""The worker of a unit that waits."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def starts_of(sizes: ArrayLike) -> Ints:
    """Return where each of several runs begins and the last one ends, given their lengths.

    Shape (runs + 1,): run ``r`` is ``starts[r]:starts[r + 1]``.
    """
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


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

    @classmethod
    def joined(cls, *several: Breakpoints) -> Breakpoints:
        """Return all of several, one after the other."""
        names = ("tier", "resource", "worker", "at", "step")
        return cls(
            **{
                name: np.concatenate([getattr(one, name) for one in several]).astype(np.int64)
                for name in names
            }
        )

    def only(self, kept: Bools | Ints) -> Breakpoints:
        """Return some of them: a flag each, shape (breakpoints,), or their numbers."""
        return Breakpoints(
            tier=self.tier[kept],
            resource=self.resource[kept],
            worker=self.worker[kept],
            at=self.at[kept],
            step=self.step[kept],
        )

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
        The units of group ``b`` are ``unit[start[b]:start[b + 1]]``. A unit has at most one
        group.
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

    @classmethod
    def of(cls, groups: Sequence[Sequence[int] | Ints], cost: Ints) -> UnitGroups:
        """Return groups given the units of each and their cost, shape (tiers, groups)."""
        return cls(
            start=starts_of([len(units) for units in groups]),
            unit=np.concatenate([np.zeros(0, np.int64), *groups]).astype(np.int64),
            cost=cost,
        )

    def __len__(self) -> int:
        return len(self.start) - 1

    def __iter__(self) -> Iterator[Ints]:
        """Yield the units of each group."""
        return (self.members(group) for group in range(len(self)))

    def members(self, group: int) -> Ints:
        """Return the units of a group."""
        return self.unit[self.start[group] : self.start[group + 1]]

    @property
    def group(self) -> Ints:
        """The group of each entry of `unit`."""
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.start))


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
        found[self.groups.unit] = self.groups.group
        return found

    def arcs_of(self, unit: int) -> slice:
        """Return where the arcs of a unit are."""
        return slice(int(self.arc_start[unit]), int(self.arc_start[unit + 1]))

    def arcs_of_each(self, units: Ints) -> tuple[Ints, Ints]:
        """Return the arcs of several units one after the other, and whose each is.

        Returns
        -------
        tuple of Ints and Ints
            Shape (arcs of these units,) each: arcs, and places in `units`.
        """
        sizes = np.diff(self.arc_start)[units]
        owner = np.repeat(np.arange(len(units)), sizes)
        before = np.cumsum(sizes) - sizes
        return (self.arc_start[units] - before)[owner] + np.arange(len(owner)), owner

    def workers_of(self, unit: int) -> Ints:
        """Return the workers a unit has an arc to, ascending."""
        return self.arc_worker[self.arcs_of(unit)]

    def arc_to(self, unit: int, worker: int) -> int:
        """Return the arc of a unit to a worker, -1 where it has none."""
        workers = self.workers_of(unit)
        place = int(np.searchsorted(workers, worker))
        found = place < len(workers) and workers[place] == worker
        return int(self.arc_start[unit]) + place if found else -1

    def slack(self, tier: int, value: int) -> int:
        """Return how much worse than `value` later tiers may leave `tier`."""
        return int(self.slack_abs[tier]) + int(self.slack_rel[tier]) * max(0, value) // 1000
