"""Convex costs of resource use, compiled for exact evaluation of many uses at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.problem.arrays import Arrays, Bools, Ints

DENSE_AT_MOST: Final = 250_000
"""Entries a look-up table may have; beyond it costs are found by bisection."""


@dataclass(frozen=True, eq=False)
class HingeCosts:
    """Piecewise linear convex costs, one function a *group* (a resource of a worker).

    Group ``r * workers + w`` is resource ``r`` of worker ``w``. A function starts at use 0 and
    is linear between its breakpoints.

    Parameters
    ----------
    start
        Shape (groups + 1,): the breakpoints of group ``g`` are ``start[g]:start[g + 1]``, the
        first of them 0.
    at, base, slope
        Shape (breakpoints,): use, cost there, and slope to the right.
    reach
        Shape (groups,): the largest use any assignment within the limits can have.
    """

    start: Ints
    at: Ints
    base: Ints
    slope: Ints
    reach: Ints

    @property
    def groups(self) -> int:
        """Number of groups."""
        return len(self.reach)

    @cached_property
    def active(self) -> Ints:
        """The groups whose cost is not zero everywhere, ascending."""
        sizes = np.diff(self.start)
        return np.flatnonzero((sizes > 1) | (self.slope[self.start[:-1]] > 0))

    @cached_property
    def _dense(self) -> tuple[Ints, Ints] | None:
        """Offset of each group in a table of costs, and the table; None where it is too long."""
        length = np.ones(self.groups, np.int64)
        length[self.active] = self.reach[self.active] + 1
        if float(length.sum()) > DENSE_AT_MOST:
            return None
        offset = np.concatenate([[0], np.cumsum(length)])
        group = np.repeat(np.arange(self.groups), length)
        use = np.arange(offset[-1]) - offset[group]
        return offset[:-1], self._bisected(group, use)

    @cached_property
    def _keys(self) -> tuple[int, Ints]:
        stride = int(self.at.max(initial=0)) + 1
        group = np.repeat(np.arange(self.groups), np.diff(self.start))
        return stride, group * stride + self.at

    def _bisected(self, group: Ints, use: Ints) -> Ints:
        stride, keys = self._keys
        wanted = group * stride + np.minimum(use, stride - 1)
        piece = np.searchsorted(keys, wanted, side="right") - 1
        return self.base[piece] + self.slope[piece] * (use - self.at[piece])

    def cost(self, group: Ints, use: Ints) -> Ints:
        """Return the cost of each `use` in its `group`, for uses from 0 to the group's reach."""
        if self._dense is None:
            return self._bisected(group, use)
        offset, table = self._dense
        return table[offset[group] + np.where(self.is_active[group], use, 0)]

    @cached_property
    def is_active(self) -> Bools:
        """Shape (groups,): whether the cost of the group is not zero everywhere."""
        flags = np.zeros(self.groups, np.bool_)
        flags[self.active] = True
        return flags


def reach(arrays: Arrays) -> Ints:
    """Return the largest use within the limits of each resource and worker, flattened.

    Shape (resources * workers,). The use of all arcs of a worker together bounds it as well.
    """
    everything = total_by_worker(arrays.workers, arrays.arc_worker, arrays.arc_use)
    return np.minimum(everything, arrays.limit).ravel()


def total_by_worker(workers: int, worker: Ints, use: Ints) -> Ints:
    """Return the sums of `use`, shape (resources, entries), by worker."""
    total = np.zeros((len(use), workers), np.int64)
    for row, used in zip(total, use, strict=True):
        np.add.at(row, worker, used)
    return total


def compile_hinges(arrays: Arrays, weights: Ints) -> HingeCosts:
    """Add up the hinges of all tiers, each tier times its weight, into one function a group.

    Parameters
    ----------
    weights
        Shape (tiers,), 0 or more. Hinges that start at or beyond the reach of their group, or
        weigh nothing, are left out.
    """
    hinges = arrays.hinges
    most = reach(arrays)
    group = hinges.resource * arrays.workers + hinges.worker
    step = hinges.step * weights[hinges.tier]
    kept = np.flatnonzero((hinges.at < most[group]) & (step > 0))
    groups = len(most)
    group = np.concatenate([np.arange(groups), group[kept]])
    at = np.concatenate([np.zeros(groups, np.int64), hinges.at[kept]])
    step = np.concatenate([np.zeros(groups, np.int64), step[kept]])
    order = np.lexsort((at, group))
    group, at, step = group[order], at[order], step[order]
    first = np.ones(len(group), np.bool_)
    first[1:] = (group[1:] != group[:-1]) | (at[1:] != at[:-1])
    begin = np.flatnonzero(first)
    step = np.add.reduceat(step, begin)
    group, at = group[begin], at[begin]
    start = np.searchsorted(group, np.arange(groups + 1))
    slope = _running(step, start)
    rise = np.zeros(len(at), np.int64)
    inside = np.flatnonzero(group[1:] == group[:-1]) + 1
    rise[inside] = slope[inside - 1] * (at[inside] - at[inside - 1])
    return HingeCosts(start=start, at=at, base=_running(rise, start), slope=slope, reach=most)


def _running(values: Ints, start: Ints) -> Ints:
    """Return running totals that begin again at each entry of `start`."""
    total = np.cumsum(values)
    before = np.concatenate([[0], total])[start[:-1]]
    return np.asarray(total - np.repeat(before, np.diff(start)))
