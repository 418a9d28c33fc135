"""Convex costs of resource use, compiled for exact evaluation of many uses at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays.definition import Arrays, Bools, Ints

DENSE_AT_MOST: Final = 2_000_000
"""Entries a look-up table may have; beyond it costs are found by bisection."""


@dataclass(frozen=True, eq=False)
class ConvexCosts:
    """Piecewise linear convex costs, one function a *cell* (a resource of a worker).

    Group ``r * workers + w`` is resource ``r`` of worker ``w``. A function starts at use 0 and
    is linear between its breakpoints.

    Parameters
    ----------
    start
        Shape (cells + 1,): the breakpoints of cell ``g`` are ``start[g]:start[g + 1]``, the
        first of them 0.
    at, base, slope
        Shape (breakpoints,): use, cost there, and slope to the right.
    reach
        Shape (cells,): the largest use any assignment within the limits can have.
    """

    start: Ints
    at: Ints
    base: Ints
    slope: Ints
    reach: Ints

    @property
    def cells(self) -> int:
        """Number of cells."""
        return len(self.reach)

    @cached_property
    def active(self) -> Ints:
        """The cells whose cost is not zero everywhere, ascending."""
        sizes = np.diff(self.start)
        return np.flatnonzero((sizes > 1) | (self.slope[self.start[:-1]] > 0))

    @cached_property
    def _dense(self) -> tuple[Ints, Ints] | None:
        """Offset of each cell in a table of costs, and the table; None where it is too long."""
        length = np.ones(self.cells, np.int64)
        length[self.active] = self.reach[self.active] + 1
        if float(length.sum()) > DENSE_AT_MOST:
            return None
        offset = np.concatenate([[0], np.cumsum(length)])[:-1]
        owner = np.repeat(np.arange(self.cells), np.diff(self.start))
        begin = np.minimum(self.at, length[owner])
        end = length[owner]
        inside = np.flatnonzero(owner[:-1] == owner[1:])
        end[inside] = begin[inside + 1]
        piece = np.repeat(np.arange(len(owner)), end - begin)
        use = np.arange(len(piece)) - offset[owner[piece]]
        return offset, self.base[piece] + self.slope[piece] * (use - self.at[piece])

    @cached_property
    def _keys(self) -> tuple[int, Ints]:
        stride = int(self.at.max(initial=0)) + 1
        cell = np.repeat(np.arange(self.cells), np.diff(self.start))
        return stride, cell * stride + self.at

    def _bisected(self, cell: Ints, use: Ints) -> Ints:
        stride, keys = self._keys
        wanted = cell * stride + np.minimum(use, stride - 1)
        piece = np.searchsorted(keys, wanted, side="right") - 1
        return self.base[piece] + self.slope[piece] * (use - self.at[piece])

    def cost(self, cell: Ints, use: Ints) -> Ints:
        """Return the cost of each `use` in its `cell`, for uses from 0 to the cell's reach."""
        if self._dense is None:
            return self._bisected(cell, use)
        offset, table = self._dense
        return table[offset[cell] + np.where(self.is_active[cell], use, 0)]

    def at_reach(self) -> Ints:
        """Return the cost of each cell at its reach, which takes no table."""
        last = self.start[1:] - 1
        return self.base[last] + self.slope[last] * (self.reach - self.at[last])

    @cached_property
    def is_active(self) -> Bools:
        """Shape (cells,): whether the cost of the cell is not zero everywhere."""
        flags = np.zeros(self.cells, np.bool_)
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


def compile_costs(arrays: Arrays, weights: Ints) -> ConvexCosts:
    """Add up the breakpoints of all tiers, each tier times its weight, into one function a cell.

    Parameters
    ----------
    weights
        Shape (tiers,), 0 or more. Breakpoints that start at or beyond the reach of their cell, or
        weigh nothing, are left out.
    """
    breakpoints = arrays.breakpoints
    most = reach(arrays)
    cell = breakpoints.resource * arrays.workers + breakpoints.worker
    step = breakpoints.step * weights[breakpoints.tier]
    kept = np.flatnonzero((breakpoints.at < most[cell]) & (step > 0))
    cells = len(most)
    cell = np.concatenate([np.arange(cells), cell[kept]])
    at = np.concatenate([np.zeros(cells, np.int64), breakpoints.at[kept]])
    step = np.concatenate([np.zeros(cells, np.int64), step[kept]])
    order = np.lexsort((at, cell))
    cell, at, step = cell[order], at[order], step[order]
    first = np.ones(len(cell), np.bool_)
    first[1:] = (cell[1:] != cell[:-1]) | (at[1:] != at[:-1])
    begin = np.flatnonzero(first)
    step = np.add.reduceat(step, begin)
    cell, at = cell[begin], at[begin]
    start = np.searchsorted(cell, np.arange(cells + 1))
    slope = _running(step, start)
    rise = np.zeros(len(at), np.int64)
    inside = np.flatnonzero(cell[1:] == cell[:-1]) + 1
    rise[inside] = slope[inside - 1] * (at[inside] - at[inside - 1])
    return ConvexCosts(start=start, at=at, base=_running(rise, start), slope=slope, reach=most)


def _running(values: Ints, start: Ints) -> Ints:
    """Return running totals that begin again at each entry of `start`."""
    total = np.cumsum(values)
    before = np.concatenate([[0], total])[start[:-1]]
    return np.asarray(total - np.repeat(before, np.diff(start)))
