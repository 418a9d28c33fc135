"""The loads that good choices of items come to, for several workers at once, as lists.

Items are decided one after the other. A choice is kept as long as it does not lose more than a
gap on what the prices of the loads would do, and of those that come to the same loads only the
best, so that few are left however large the numbers are (Pisinger, "An expanding-core algorithm
for the exact 0-1 knapsack problem", EJOR 87, 1995). The lists of all workers are one array in
ascending order, which an item shifts and a merge puts in order again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints

_CHOICES_AT_MOST: Final = 10_000
"""Choices of a worker that are kept; of more, those that lose least."""
_LARGEST: Final = 1 << 62


@dataclass(frozen=True, eq=False)
class Core:
    """The items of several workers that are open.

    Parameters
    ----------
    worker
        Shape (items,), ascending.
    use
        Shape (loads, items), 0 or more: what each adds to each load.
    reduced
        Shape (items,): what taking it costs at the prices of the loads. A choice loses that for
        an item which it takes for more than 0, or leaves for less.
    """

    worker: Ints
    use: Ints
    reduced: Ints


class _Past:
    """How each list came from the one before, item by item.

    Workers are in order of how many items they decide, those with most first.
    """

    def __init__(self, core: Core, workers: int) -> None:
        size = np.bincount(core.worker, minlength=workers)
        self.order = np.argsort(-size, kind="stable")
        self._size = size[self.order]
        self._rank = np.argsort(self.order, kind="stable")
        self._first = np.searchsorted(core.worker, self.order)
        self._steps: list[tuple[int, Ints]] = []

    @property
    def undecided(self) -> int:
        """How many workers have an item left to decide."""
        return int(np.searchsorted(-self._size, -len(self._steps)))

    def items(self) -> Ints:
        """Return the item that each of these decides next."""
        return self._first[: self.undecided] + len(self._steps)

    def add(self, before: int, source: Ints) -> None:
        """Keep where each choice comes from: one of those `before`, or with the item, beyond."""
        self._steps.append((before, source.astype(np.int32)))

    def taken(self, worker: Ints, place: Ints) -> tuple[Ints, Ints]:
        """See `Reached.taken`."""
        rank, place = self._rank[worker], place.copy()
        choices, items = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for step in range(len(self._steps) - 1, -1, -1):
            before, source = self._steps[step]
            mine = np.flatnonzero(self._size[rank] > step)
            came = source[place[mine]]
            with_it = came >= before
            place[mine] = came - before * with_it
            choices.append(mine[with_it])
            items.append(self._first[rank[mine[with_it]]] + step)
        return np.concatenate(choices), np.concatenate(items)


@dataclass(frozen=True, eq=False)
class Reached:
    """The choices kept when all items are decided.

    Parameters
    ----------
    worker, lost
        Shape (choices,): whose choice it is, and what it loses.
    load
        Shape (loads, choices): what the items taken come to.
    cut
        Shape (workers,): whether choices had to be dropped that could matter.
    """

    worker: Ints
    lost: Ints
    load: Ints
    cut: Bools
    _place: Ints
    _past: _Past

    def taken(self, choices: Ints) -> tuple[Ints, Ints]:
        """Return what some choices take: for each item taken, which of `choices`, and the item."""
        return self._past.taken(self.worker[choices], self._place[choices])


def reach_loads(core: Core, room: Ints, gap: Ints, price: Ints | None = None) -> Reached | None:
    """Return the loads that good choices come to; None where the numbers are too large for that.

    Parameters
    ----------
    room
        Shape (loads, workers): the largest loads.
    gap
        Shape (workers,): choices that lose more are left out.
    price
        Shape (workers,): of the first load, where there is no other and a smaller load is never
        dearer; then choices are dropped that cost no less than one with a smaller load.
    """
    spans = np.zeros((len(core.use), len(gap)), np.int64)
    for span, use in zip(spans, core.use, strict=True):
        np.add.at(span, core.worker, use)
    places = [int(most) + 1 for most in spans.max(axis=1, initial=0)]
    if math.prod(places) * (len(gap) + 1) >= _LARGEST:
        return None
    lists = _Lists(core, np.minimum(room, spans), spans, gap, price)
    while lists.undecided:
        lists.decide()
    return lists.reached()


class _Lists:
    """The choices among the items decided so far, by worker and loads.

    Each is one number, its *key*: the worker's rank, then one load after the other.
    """

    def __init__(self, core: Core, room: Ints, spans: Ints, gap: Ints, price: Ints | None) -> None:
        self._core = core
        self._past = _Past(core, len(gap))
        order = self._past.order
        places = spans.max(axis=1, initial=0) + 1
        self._strides = np.append(np.cumprod(places[:0:-1])[::-1], 1)
        self._wide = int(places[0] * self._strides[0])
        self._begin = np.arange(len(gap) + 1) * self._wide
        self._last = self._begin[:-1] + (room[0, order] + 1) * self._strides[0] - 1
        self._bounded = [
            (int(self._strides[load]), int(places[load]), room[load, order])
            for load in range(1, len(places))
            if (room[load] < spans[load]).any()
        ]
        self._gap = gap[order]
        self._price = None if price is None else price[order]
        self._cut = np.zeros(len(gap), np.bool_)
        self._key = self._begin[:-1][(room.min(axis=0) >= 0)[order]]
        self._lost = np.zeros(len(self._key), np.int64)
        self._ends: list[tuple[Ints, Ints, Ints]] = []
        self._set_aside()

    @property
    def undecided(self) -> int:
        """How many workers have an item left to decide; they come first."""
        return self._past.undecided

    def decide(self) -> None:
        """Let each worker who has an item left take it, and leave it."""
        before, workers, item = len(self._key), self.undecided, self._past.items()
        choices = np.diff(np.searchsorted(self._key, self._begin[: workers + 1]))
        reduced = self._core.reduced[item]
        shift = self._strides @ self._core.use[:, item]
        left = self._lost + np.repeat(np.maximum(0, -reduced), choices)
        taken = self._lost + np.repeat(np.maximum(0, reduced), choices)
        moved = self._key + np.repeat(shift, choices)
        gap, last = (np.repeat(of[:workers], choices) for of in (self._gap, self._last))
        possible = (taken <= gap) & (moved <= last)
        for stride, places, room in self._bounded:
            possible &= moved // stride % places <= np.repeat(room[:workers], choices)
        stay, go = np.flatnonzero(left <= gap), np.flatnonzero(possible)
        key = np.concatenate([self._key[stay], moved[go]])
        lost = np.concatenate([left[stay], taken[go]])
        kept = np.argsort(key, kind="stable")  # two ascending runs: a merge
        kept = kept[_best_of_equals(key[kept], lost[kept])]
        kept = kept[self._unbeaten(key[kept], lost[kept])]
        kept = kept[self._few(key[kept], lost[kept])]
        self._past.add(before, np.concatenate([stay, go + before])[kept])
        self._key, self._lost = key[kept], lost[kept]
        self._set_aside()

    def reached(self) -> Reached:
        """Return the choices of all workers."""
        key, lost, place = (np.concatenate(part) for part in zip(*self._ends, strict=True))
        rank, rest = np.divmod(key, self._wide)
        load = np.zeros((len(self._strides), len(key)), np.int64)
        for mine, stride in zip(load, self._strides, strict=True):
            mine[:], rest = np.divmod(rest, stride)
        order = self._past.order
        cut = np.zeros(len(order), np.bool_)
        cut[order] = self._cut
        return Reached(order[rank], lost, load, cut, place, self._past)

    def _set_aside(self) -> None:
        """Take out the choices of workers who have decided their last item."""
        on = int(np.searchsorted(self._key, self._begin[self.undecided]))
        self._ends.append((self._key[on:], self._lost[on:], np.arange(on, len(self._key))))
        self._key, self._lost = self._key[:on], self._lost[:on]

    def _unbeaten(self, key: Ints, lost: Ints) -> Bools:
        """Return which choices cost less than all of the worker's with a smaller load."""
        kept = np.ones(len(key), np.bool_)
        if self._price is None or len(key) == 0:
            return kept
        rank, load = np.divmod(key, self._wide)
        cost = lost - self._price[rank] * load
        cost -= int(cost.min())
        step = int(cost.max()) + 1
        if step * len(self._gap) >= _LARGEST:
            return kept
        cost -= rank * step  # so that no worker's are beaten by those of another
        kept[1:] = cost[1:] < np.minimum.accumulate(cost)[:-1]
        return kept

    def _few(self, key: Ints, lost: Ints) -> Bools:
        """Return which choices are among so many of a worker that lose least."""
        kept = np.ones(len(key), np.bool_)
        if len(key) <= _CHOICES_AT_MOST:
            return kept
        first = np.searchsorted(key, self._begin)
        for rank in np.flatnonzero(np.diff(first) > _CHOICES_AT_MOST).tolist():
            mine = slice(first[rank], first[rank + 1])
            kept[mine] = False
            kept[first[rank] + np.argsort(lost[mine], kind="stable")[:_CHOICES_AT_MOST]] = True
            self._cut[rank] = True
        return kept


def _best_of_equals(key: Ints, lost: Ints) -> Bools:
    """Return which choice is kept where at most two in a row have the same key."""
    kept = np.ones(len(key), np.bool_)
    equal, second = key[1:] == key[:-1], lost[1:] < lost[:-1]
    kept[:-1][equal & second] = False
    kept[1:][equal & ~second] = False
    return kept
