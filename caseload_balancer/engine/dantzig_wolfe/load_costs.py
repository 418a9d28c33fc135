"""What a load of each worker costs: a piecewise linear function for each of several workers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints

NEVER: Final = 1 << 60
"""Cost of what cannot be."""
FREE: Final = -1


@dataclass(frozen=True, eq=False)
class LoadBreakpoints:
    """The breakpoints of the cost functions of several workers.

    Parameters
    ----------
    worker
        Shape (breakpoints,), ascending; each worker has one at least.
    load
        Shape (breakpoints,): ascending for each worker, from 0; some may be beyond the most.
    segment
        Shape (breakpoints,): the segment that begins there, which says what each further unit of
        load costs; `FREE` where that is nothing.
    most
        Shape (workers,): the largest load there can be.
    """

    worker: Ints
    load: Ints
    segment: Ints
    most: Ints

    def costs(self, rate: Ints) -> LoadCosts:
        """Return the cost functions with slope `rate`, shape (segments,), on each segment."""
        return LoadCosts(self, np.where(self.segment == FREE, 0, rate[self.segment]))

    def paid(self) -> Ints:
        """Return the workers whose loads cost something, ascending."""
        return np.unique(self.worker[self.segment != FREE])

    def points(self, worker: int) -> Ints:
        """Return loads of a worker, ascending from 0 to the most, between which costs are linear.

        Breakpoints beyond the largest load are left out.
        """
        low, high = np.searchsorted(self.worker, [worker, worker + 1])
        load = self.load[low:high]
        return np.append(load[load < self.most[worker]], self.most[worker])

    def segments_used(self, worker: Ints, load: Ints) -> tuple[Ints, Ints, Ints]:
        """Return what loads take of segments: which load, the segment, and how much of it."""
        first = np.searchsorted(self.worker, np.arange(len(self.most) + 1))
        breakpoints = np.diff(first)[worker]
        which = np.repeat(np.arange(len(load)), breakpoints)
        point = np.arange(len(which)) - np.repeat(
            np.cumsum(breakpoints) - breakpoints - first[worker], breakpoints
        )
        end = np.append(self.load[1:], 0)
        end[first[1:] - 1] = self.most
        amount = np.minimum(load[which], end[point]) - self.load[point]
        segments_used = np.flatnonzero((amount > 0) & (self.segment[point] != FREE))
        return which[segments_used], self.segment[point[segments_used]], amount[segments_used]


class LoadCosts:
    """Cost functions of a load, one for each of several workers, linear between breakpoints.

    Parameters
    ----------
    breakpoints
        Of each function.
    rate
        Shape (breakpoints,): the slope from there on.
    """

    def __init__(self, breakpoints: LoadBreakpoints, rate: Ints) -> None:
        self.most = breakpoints.most
        self._load, self._rate, self._worker = breakpoints.load, rate, breakpoints.worker
        self._first = np.searchsorted(breakpoints.worker, np.arange(len(breakpoints.most)))
        furthest = max(breakpoints.most.max(initial=0), breakpoints.load.max(initial=0))
        self._span = int(furthest) + 2  # so that keys ascend from one worker to the next
        self._key = breakpoints.worker * self._span + breakpoints.load
        paid = np.append(0, np.cumsum(rate[:-1] * np.diff(breakpoints.load)))
        self._cost = paid - paid[self._first][breakpoints.worker]
        self._turns = np.cumsum(np.append(0, np.diff(rate) != 0))

    def of(self, worker: Ints, load: Ints) -> Ints:
        """Return what each load of a worker costs, `NEVER` beyond the most there can be."""
        point = self._last_breakpoint(worker, load)
        cost = self._cost[point] + self._rate[point] * (load - self._load[point])
        return np.where(load <= self.most[worker], cost, NEVER)

    def last_rate(self, worker: Ints, load: Ints) -> Ints:
        """Return what the last unit of each load, more than 0, costs."""
        rate = self._rate[self._last_breakpoint(worker, load - 1)]
        return np.where(load <= self.most[worker], rate, NEVER)

    def least(self, price: Ints) -> Ints:
        """Return each worker's least cost when a unit of load earns `price`, shape (workers,)."""
        earned = price[self._worker] * self._load
        possible = self._load <= self.most[self._worker]
        at_breakpoints = np.where(possible, self._cost - earned, NEVER)
        at_most = self.of(np.arange(len(self.most)), self.most) - price * self.most
        return np.minimum(np.minimum.reduceat(at_breakpoints, self._first), at_most)

    def straight_rate(self, worker: Ints, low: Ints, high: Ints) -> Ints:
        """Return a worker's rate where it is the same from `low` to `high`, else `NEVER`."""
        begin, end = (
            self._last_breakpoint(worker, low),
            self._last_breakpoint(worker, np.maximum(low, high - 1)),
        )
        same = (self._turns[begin] == self._turns[end]) & (high <= self.most[worker])
        return np.where(same, self._rate[begin], NEVER)

    def rises(self) -> Bools:
        """Return for which workers no load costs less than a smaller one, shape (workers,)."""
        return np.asarray(np.minimum.reduceat(self._rate, self._first) >= 0)

    def _last_breakpoint(self, worker: Ints, load: Ints) -> Ints:
        """Return the index of the last breakpoint at each load or below."""
        key = worker * self._span + np.minimum(load, self._span - 1)
        return np.searchsorted(self._key, key, side="right") - 1
