"""What a load of each worker costs: for each a line that bends where another rate begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints

NEVER: Final = 1 << 60
"""Cost of what cannot be."""
FREE: Final = -1


@dataclass(frozen=True, eq=False)
class Bends:
    """Where the lines of several workers bend.

    Parameters
    ----------
    worker
        Shape (bends,), ascending; each worker has one at least.
    load
        Shape (bends,): ascending for each worker, from 0.
    piece
        Shape (bends,): what is paid from there on for each unit of load, `FREE` for nothing.
    most
        Shape (workers,): the largest load there can be.
    """

    worker: Ints
    load: Ints
    piece: Ints
    most: Ints

    def costs(self, rate: Ints) -> LoadCosts:
        """Return what loads cost when each piece costs `rate`, shape (pieces,)."""
        return LoadCosts(self, np.where(self.piece == FREE, 0, rate[self.piece]))

    def paid(self) -> Ints:
        """Return the workers whose loads cost something, ascending."""
        return np.unique(self.worker[self.piece != FREE])

    def points(self, worker: int) -> Ints:
        """Return loads of a worker, ascending from 0 to the most, between which lines are straight.

        A bend beyond the most there can be is none of them.
        """
        load = self.load[self.worker == worker]
        return np.append(load[load < self.most[worker]], self.most[worker])

    def filled(self, worker: Ints, load: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the pieces that some loads fill: which load, the piece, and how much of it."""
        first = np.searchsorted(self.worker, np.arange(len(self.most) + 1))
        bends = np.diff(first)[worker]
        which = np.repeat(np.arange(len(load)), bends)
        bend = np.arange(len(which)) - np.repeat(np.cumsum(bends) - bends - first[worker], bends)
        end = np.append(self.load[1:], 0)
        end[first[1:] - 1] = self.most
        amount = np.minimum(load[which], end[bend]) - self.load[bend]
        filled = np.flatnonzero((amount > 0) & (self.piece[bend] != FREE))
        return which[filled], self.piece[bend[filled]], amount[filled]


class LoadCosts:
    """A cost of a load for each of several workers, linear between bends.

    Parameters
    ----------
    bends
        Where each line bends.
    rate
        Shape (bends,): what each unit of load costs from there on.
    """

    def __init__(self, bends: Bends, rate: Ints) -> None:
        self.most = bends.most
        self._load, self._rate, self._worker = bends.load, rate, bends.worker
        self._first = np.searchsorted(bends.worker, np.arange(len(bends.most)))
        self._span = int(bends.most.max(initial=0)) + 2
        self._key = bends.worker * self._span + bends.load
        paid = np.append(0, np.cumsum(rate[:-1] * np.diff(bends.load)))
        self._cost = paid - paid[self._first][bends.worker]
        self._turns = np.cumsum(np.append(0, np.diff(rate) != 0))

    def of(self, worker: Ints, load: Ints) -> Ints:
        """Return what each load of a worker costs, `NEVER` beyond the most there can be."""
        bend = self._bend(worker, load)
        cost = self._cost[bend] + self._rate[bend] * (load - self._load[bend])
        return np.where(load <= self.most[worker], cost, NEVER)

    def last_rate(self, worker: Ints, load: Ints) -> Ints:
        """Return what the last unit of each load, more than 0, costs."""
        rate = self._rate[self._bend(worker, load - 1)]
        return np.where(load <= self.most[worker], rate, NEVER)

    def least(self, price: Ints) -> Ints:
        """Return each worker's least cost when a unit of load earns `price`, shape (workers,)."""
        earned = price[self._worker] * self._load
        possible = self._load <= self.most[self._worker]
        at_bends = np.where(possible, self._cost - earned, NEVER)
        at_most = self.of(np.arange(len(self.most)), self.most) - price * self.most
        return np.minimum(np.minimum.reduceat(at_bends, self._first), at_most)

    def straight_rate(self, worker: Ints, low: Ints, high: Ints) -> Ints:
        """Return a worker's rate where it is the same from `low` to `high`, else `NEVER`."""
        begin, end = self._bend(worker, low), self._bend(worker, np.maximum(low, high - 1))
        same = (self._turns[begin] == self._turns[end]) & (high <= self.most[worker])
        return np.where(same, self._rate[begin], NEVER)

    def rises(self) -> Bools:
        """Return for which workers no load costs less than a smaller one, shape (workers,)."""
        return np.asarray(np.minimum.reduceat(self._rate, self._first) >= 0)

    def _bend(self, worker: Ints, load: Ints) -> Ints:
        """Return the last bend at each load or below."""
        key = worker * self._span + np.minimum(load, self._span - 1)
        return np.searchsorted(self._key, key, side="right") - 1
