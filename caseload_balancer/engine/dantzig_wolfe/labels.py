"""Dynamic programming over the core items of knapsacks, with lists of labels.

A *label* stands for a choice among the items decided so far, by its loads and its loss against
what the prices of the loads would choose. Labels are extended item by item. A label is kept as long
as it loses no more than a gap, and of labels with the same loads only the best, so that few are
left however large the numbers are (Pisinger, "An expanding-core algorithm for the exact 0-1
knapsack problem", EJOR 87, 1995). The labels of all workers are one array in ascending order; an
item shifts a copy of it, and a merge puts both in order again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints

_LARGEST: Final = 1 << 62
_WORK_A_STEP: Final = 1.1e-5
_WORK_A_LABEL: Final = 1.3e-8
"""Of extending the labels of some workers by an item each, and of each label extended."""


@dataclass(frozen=True, eq=False)
class Core:
    """The core items of several workers.

    Parameters
    ----------
    worker
        Shape (items,), ascending.
    use
        Shape (loads, items), 0 or more: what each adds to each load.
    reduced
        Shape (items,): its reduced cost at the prices of the loads. A choice loses the absolute
        value of that for an item of positive reduced cost that it takes, and for an item of
        negative reduced cost that it leaves.
    """

    worker: Ints
    use: Ints
    reduced: Ints


class _Predecessors:
    """From which label each label was extended, item by item.

    Workers are in order of their numbers of items, those with most first.
    """

    def __init__(self, core: Core, workers: int) -> None:
        size = np.bincount(core.worker, minlength=workers)
        self.order = np.argsort(-size, kind="stable")
        self._size = size[self.order]
        self._rank = np.argsort(self.order, kind="stable")
        self._first = np.searchsorted(core.worker, self.order)
        self._steps: list[tuple[int, Ints]] = []

    @property
    def with_items_left(self) -> int:
        """How many workers have an item left."""
        return int(np.searchsorted(-self._size, -len(self._steps)))

    def items(self) -> Ints:
        """Return the next item of each of these."""
        return self._first[: self.with_items_left] + len(self._steps)

    def add(self, before: int, source: Ints) -> None:
        """Keep the source of each label: a label `before`, or from there on, one with the item."""
        self._steps.append((before, source.astype(np.int32)))

    def items_taken(self, worker: Ints, place: Ints) -> tuple[Ints, Ints]:
        """See `Labels.items_taken`."""
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
class Labels:
    """The labels kept when all items are decided.

    Parameters
    ----------
    worker, loss
        Shape (labels,): whose label it is, and what it loses.
    load
        Shape (loads, labels): the loads of the items taken.
    truncated
        Shape (workers,): whether labels had to be dropped that could matter.
    work
        Deterministic work done.
    """

    worker: Ints
    loss: Ints
    load: Ints
    truncated: Bools
    work: float
    _place: Ints
    _predecessors: _Predecessors

    def items_taken(self, labels: Ints) -> tuple[Ints, Ints]:
        """Return what some labels take: for each item taken, which of `labels`, and the item."""
        return self._predecessors.items_taken(self.worker[labels], self._place[labels])


def label_loads(
    core: Core,
    room: Ints,
    gap: Ints,
    most: int,
    price: Ints | None = None,
    ended: Callable[[float], bool] = lambda _work: False,
) -> Labels | None:
    """Return the labels of good choices; None where the numbers are too large, or `ended` says so.

    Parameters
    ----------
    room
        Shape (loads, workers): the largest loads.
    gap
        Shape (workers,): labels that lose more are left out.
    most
        Labels of a worker at most.
    price
        Shape (workers,): of the first load, where there is no other and a smaller load is never
        dearer; then labels are dropped that cost no less than one with a smaller load.
    ended
        Asked before each item whether to end, given the work done so far.
    """
    spans = np.zeros((len(core.use), len(gap)), np.int64)
    for span, use in zip(spans, core.use, strict=True):
        np.add.at(span, core.worker, use)
    places = [int(span) + 1 for span in spans.max(axis=1, initial=0)]
    if math.prod(places) * (len(gap) + 1) >= _LARGEST:
        return None
    lists = _LabelLists(core, np.minimum(room, spans), spans, gap, most, price)
    while lists.with_items_left:
        if ended(lists.work):
            return None
        lists.extend()
    return lists.labels()


class _LabelLists:
    """The labels over the items decided so far, by worker and loads.

    Each is one number, its *key*: the worker's rank, then one load after the other.

    Attributes
    ----------
    work
        Deterministic work done.
    """

    def __init__(
        self, core: Core, room: Ints, spans: Ints, gap: Ints, most: int, price: Ints | None
    ) -> None:
        self._core = core
        self._most_labels = most
        self._predecessors = _Predecessors(core, len(gap))
        order = self._predecessors.order
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
        self._truncated = np.zeros(len(gap), np.bool_)
        self._key = self._begin[:-1][(room.min(axis=0) >= 0)[order]]
        self._loss = np.zeros(len(self._key), np.int64)
        self._ends: list[tuple[Ints, Ints, Ints]] = []
        self.work = 0.0
        self._store_finished()

    @property
    def with_items_left(self) -> int:
        """How many workers have an item left; they come first."""
        return self._predecessors.with_items_left

    def extend(self) -> None:
        """Extend the labels of each worker who has an item left, with the item and without."""
        before, workers, item = len(self._key), self.with_items_left, self._predecessors.items()
        choices = np.diff(np.searchsorted(self._key, self._begin[: workers + 1]))
        reduced = self._core.reduced[item]
        shift = self._strides @ self._core.use[:, item]
        left = self._loss + np.repeat(np.maximum(0, -reduced), choices)
        taken = self._loss + np.repeat(np.maximum(0, reduced), choices)
        moved = self._key + np.repeat(shift, choices)
        gap, last = (np.repeat(of[:workers], choices) for of in (self._gap, self._last))
        possible = (taken <= gap) & (moved <= last)
        for stride, places, room in self._bounded:
            possible &= moved // stride % places <= np.repeat(room[:workers], choices)
        stay, go = np.flatnonzero(left <= gap), np.flatnonzero(possible)
        key = np.concatenate([self._key[stay], moved[go]])
        loss = np.concatenate([left[stay], taken[go]])
        kept = np.argsort(key, kind="stable")  # two ascending runs: a merge
        kept = kept[_best_of_equals(key[kept], loss[kept])]
        kept = kept[self._undominated(key[kept], loss[kept])]
        kept = kept[self._least_losses(key[kept], loss[kept])]
        self.work += _WORK_A_STEP + _WORK_A_LABEL * before
        self._predecessors.add(before, np.concatenate([stay, go + before])[kept])
        self._key, self._loss = key[kept], loss[kept]
        self._store_finished()

    def labels(self) -> Labels:
        """Return the labels of all workers."""
        key, loss, place = (np.concatenate(part) for part in zip(*self._ends, strict=True))
        rank, remainder = np.divmod(key, self._wide)
        load = np.zeros((len(self._strides), len(key)), np.int64)
        for mine, stride in zip(load, self._strides, strict=True):
            mine[:], remainder = np.divmod(remainder, stride)
        order = self._predecessors.order
        truncated = np.zeros(len(order), np.bool_)
        truncated[order] = self._truncated
        return Labels(order[rank], loss, load, truncated, self.work, place, self._predecessors)

    def _store_finished(self) -> None:
        """Move the labels of workers whose last item is decided to the end."""
        on = int(np.searchsorted(self._key, self._begin[self.with_items_left]))
        self._ends.append((self._key[on:], self._loss[on:], np.arange(on, len(self._key))))
        self._key, self._loss = self._key[:on], self._loss[:on]

    def _undominated(self, key: Ints, loss: Ints) -> Bools:
        """Return which labels cost less than all of the same worker with a smaller load."""
        kept = np.ones(len(key), np.bool_)
        if self._price is None or len(key) == 0:
            return kept
        rank, load = np.divmod(key, self._wide)
        cost = loss - self._price[rank] * load
        cost -= int(cost.min())
        step = int(cost.max()) + 1
        if step * len(self._gap) >= _LARGEST:
            return kept
        cost -= rank * step  # so that no worker's are dominated by those of another
        kept[1:] = cost[1:] < np.minimum.accumulate(cost)[:-1]
        return kept

    def _least_losses(self, key: Ints, loss: Ints) -> Bools:
        """Return the labels among those of least loss, as many of a worker as are kept."""
        kept = np.ones(len(key), np.bool_)
        if len(key) <= self._most_labels:
            return kept
        first = np.searchsorted(key, self._begin)
        for rank in np.flatnonzero(np.diff(first) > self._most_labels).tolist():
            mine = slice(first[rank], first[rank + 1])
            kept[mine] = False
            kept[first[rank] + np.argsort(loss[mine], kind="stable")[: self._most_labels]] = True
            self._truncated[rank] = True
        return kept


def _best_of_equals(key: Ints, loss: Ints) -> Bools:
    """Return which labels are kept where at most two in a row have the same key."""
    kept = np.ones(len(key), np.bool_)
    equal, second = key[1:] == key[:-1], loss[1:] < loss[:-1]
    kept[:-1][equal & second] = False
    kept[1:][equal & ~second] = False
    return kept
