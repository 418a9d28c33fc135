"""The least that one worker's load can cost, exactly: a knapsack with convex costs of its loads.

Prices of the loads split the items into those clearly worth taking, those clearly not, and a few
in between, the *core* (Balas and Zemel, "An algorithm for large zero-one knapsack problems",
Operations Research 28, 1980). A dynamic programme over the core alone gives the optimum, proven
when no item outside of it could gain more than what is still open; else the core is widened
(Pisinger, "An expanding-core algorithm for the exact 0-1 knapsack problem", EJOR 87, 1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.engine.reached_loads import Reached, reach_loads
from caseload_balancer.problem.arrays import Bools, Ints

_FIRST_CORE: Final = 10
_LARGEST_CORE: Final = 200
"""Items in a core: at first, and at most. What it grows by is as many as at first."""
_CHOICES: Final = 5
"""Choices of items returned: the best, and the best at other loads."""
_PASSES: Final = 2
"""Times that the price of each load is set anew while the others stand."""
_NEVER: Final = 1 << 61
_CELLS: Final = 1 << 15
"""Loads up to which a table of all of them is quicker than a list of those reached."""
_CELLS_AT_MOST: Final = 1 << 26
"""Cells of all tables of one core: as many bytes."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A convex cost of a load.

    Parameters
    ----------
    cost
        Shape (most + 1,): the cost at each load from 0 to the most there can be.
    """

    cost: Ints

    @property
    def most(self) -> int:
        """The largest load."""
        return len(self.cost) - 1

    @cached_property
    def rises(self) -> bool:
        """Whether no load costs less than a smaller one."""
        return bool((np.diff(self.cost) >= 0).all())

    def rise(self, load: Ints) -> Ints:
        """Return what one more costs at each load, beyond any price at the most."""
        at, beyond = np.minimum(load, self.most), np.minimum(load + 1, self.most)
        return np.where(load < self.most, self.cost[beyond] - self.cost[at], _NEVER)

    def slope_between(self, low: int, high: int) -> int | None:
        """Return the rise from load to load where it is the same from `low` to `high`."""
        if high > self.most:
            return None
        if low == high:
            return 0
        rises = np.diff(self.cost[low : high + 1])
        return int(rises[0]) if (rises == rises[0]).all() else None

    def least(self, price: int) -> int:
        """Return the least cost when each unit of load earns `price`."""
        return int((self.cost - price * np.arange(len(self.cost))).min())


class NoCost(Curve):
    """A load that costs nothing up to the most there can be, however much that is."""

    def __init__(self, most: int) -> None:
        super().__init__(np.broadcast_to(np.int64(0), most + 1))

    @cached_property
    def rises(self) -> bool:
        """True."""
        return True

    def slope_between(self, low: int, high: int) -> int | None:
        """Return 0 where such loads can be."""
        return 0 if low <= high <= self.most else None

    def least(self, price: int) -> int:
        """Return what the largest load earns."""
        return min(0, -price * self.most)


@dataclass(frozen=True, eq=False)
class Fill:
    """What came of one knapsack.

    Parameters
    ----------
    least
        No choice of items costs less; `proven`, the first of `choices` costs that.
    floor
        What the prices alone say: `least` or lower.
    prices
        Shape (2,): of the loads, 0 or more.
    choices
        Good choices of items, each as ascending item numbers; the best comes first.
    """

    least: int
    floor: int
    prices: Ints
    choices: list[Ints]


def fill(net: Ints, use: Ints, curves: Sequence[Curve], prices: Ints) -> Fill:
    """Choose items at least cost.

    Parameters
    ----------
    net
        Shape (items,): what taking each item costs, less than 0 where it earns.
    use
        Shape (2, items), 0 or more: what each item adds to the two loads.
    curves
        What the two loads cost.
    prices
        Shape (2,): of the loads, from which to look for better ones.
    """
    if not all(curve.rises for curve in curves):
        return _fill(net, use, curves, prices)
    earning = np.flatnonzero(net < 0)  # no other item is worth its load
    found = _fill(net[earning], use[:, earning], curves, prices)
    return replace(found, choices=[earning[choice] for choice in found.choices])


def _fill(net: Ints, use: Ints, curves: Sequence[Curve], prices: Ints) -> Fill:
    floor, prices = max(
        ((_floor(net, use, curves, tried), tried) for tried in _prices(net, use, curves, prices)),
        key=lambda found: found[0],
    )
    reduced = net + prices @ use
    order = np.argsort(np.abs(reduced), kind="stable")
    near = np.abs(reduced)[order]
    cost, choices = sum(int(curve.cost[0]) for curve in curves), [np.zeros(0, np.int64)]
    least = floor
    size = min(_FIRST_CORE, len(net))
    while size <= _LARGEST_CORE:
        beyond = order[size:]
        core = _Core(order[:size], beyond[reduced[beyond] < 0], reduced[order[:size]])
        found = _best_of_core(net, use, curves, core, cost - floor)
        improved = found is not None and found.cost < cost
        if found is not None and found.cost <= cost:
            cost, choices = found.cost, found.choices
        needed = int(np.searchsorted(near, cost - floor))
        complete = found is None or found.complete
        if complete and needed <= size:
            least = cost
            break
        if not complete and not improved:
            break
        size = min(len(net), max(needed, size + _FIRST_CORE if complete else _FIRST_CORE))
    return Fill(least, floor, prices, choices)


def _floor(net: Ints, use: Ints, curves: Sequence[Curve], prices: Ints) -> int:
    """Return what no choice can cost less than, as the prices say."""
    least = sum(curve.least(int(price)) for curve, price in zip(curves, prices, strict=True))
    return least + int(np.minimum(net + prices @ use, 0).sum())


def _prices(net: Ints, use: Ints, curves: Sequence[Curve], begin: Ints) -> Iterator[Ints]:
    """Yield prices of the loads at which taking what earns more fills them about right."""
    prices = begin
    yield prices
    for _ in range(_PASSES):
        for mine in reversed(range(len(curves))):
            prices = prices.copy()
            prices[mine] = 0
            prices[mine] = _price(net + prices @ use, use[mine], curves[mine])
            yield prices


def _price(net: Ints, use: Ints, curve: Curve) -> int:
    """Return the price where the best items' earnings a unit of load meet the rise of the cost."""
    wanted = np.flatnonzero((net < 0) & (use > 0))
    worth = -net[wanted] // use[wanted]
    order = np.argsort(-worth, kind="stable")
    worth = worth[order]
    load = np.cumsum(use[wanted][order])
    before, after = curve.rise(np.append(0, load[:-1])), curve.rise(load)
    dear = np.flatnonzero(worth <= after)
    first = int(dear[0]) if len(dear) else len(worth)
    if first < len(worth) and (first == 0 or worth[first] > before[first]):
        return int(worth[first])
    return int(min(worth[first - 1], after[first - 1])) if first else 0


@dataclass(frozen=True, eq=False)
class _Core:
    """The items that are open, those taken beside them, and what the prices make of the open."""

    items: Ints
    taken: Ints
    reduced: Ints


@dataclass(frozen=True, eq=False)
class _Best:
    """The best choices of a core; the first costs the least if the search was complete."""

    cost: int
    choices: list[Ints]
    complete: bool


def _best_of_core(
    net: Ints, use: Ints, curves: Sequence[Curve], core: _Core, gap: int
) -> _Best | None:
    """Return the best choices among the core when the items `taken` are.

    None where those do not fit. Choices that are more than `gap` above the floor may be missed.
    """
    base = use[:, core.taken].sum(axis=1)
    room = np.array([curve.most for curve in curves]) - base
    if room.min() < 0:
        return None
    begin, costs, uses = int(net[core.taken].sum()), net[core.items], use[:, core.items]
    spans = np.minimum(room, uses.sum(axis=1))
    rises = []
    for axis, curve in enumerate(curves):
        low, high = int(base[axis]), int(base[axis] + uses[axis].sum())
        slope = curve.slope_between(low, high)
        rises.append(curve.cost[low : low + spans[axis] + 1])
        if slope is not None:  # then each item costs that much more, whatever the load
            costs = costs + slope * uses[axis]
            uses[axis], spans[axis], rises[axis] = 0, 0, rises[axis][:1]
    cells = int(np.prod(spans + 1))
    if cells > _CELLS and spans.min() == 0:
        free = int(np.argmax(spans))
        reached = reach_loads(
            costs, uses[free], core.reduced, int(spans[free]), gap, rising=curves[free].rises
        )
        return _best_reached(reached, core, begin + int(rises[1 - free][0]), rises[free])
    if cells * len(core.items) > _CELLS_AT_MOST:
        return _Best(_NEVER, [], complete=False)
    table, joined = _least_at_each_load(costs, uses, spans)
    cost = (begin + table + rises[0][:, None] + rises[1]).ravel()
    few = np.argpartition(cost, min(_CHOICES, len(cost)) - 1)[:_CHOICES]
    few = few[np.lexsort((few, cost[few]))]
    choices = []
    for cell in few[cost[few] < _NEVER // 2].tolist():
        mine = _joined(joined, uses, divmod(cell, table.shape[1]))
        choices.append(np.sort(np.concatenate([core.taken, core.items[mine]])))
    return _Best(int(cost[few[0]]), choices, complete=True)


def _best_reached(reached: Reached, core: _Core, begin: int, rise: Ints) -> _Best:
    """Return the best choices among those at the loads that are reached."""
    states = reached.states
    if len(states.load) == 0:
        return _Best(_NEVER, [], complete=reached.complete)
    cost = begin + states.spent + rise[states.load]
    few = np.argsort(cost, kind="stable")[:_CHOICES]
    choices = [
        np.sort(np.concatenate([core.taken, core.items[reached.taken(one)]]))
        for one in few.tolist()
    ]
    return _Best(int(cost[few[0]]), choices, complete=reached.complete)


def _least_at_each_load(costs: Ints, uses: Ints, spans: Ints) -> tuple[Ints, list[Bools]]:
    """Return the least cost of items that come to each pair of loads, and where each item joined.

    The tables have shape ``spans + 1``.
    """
    table = np.full(spans + 1, _NEVER)
    table[0, 0] = 0
    joined: list[Bools] = []
    for cost, a, b in zip(costs.tolist(), *uses.tolist(), strict=True):
        better = np.zeros(table.shape, np.bool_)
        if a <= spans[0] and b <= spans[1]:
            to = table[a:, b:]
            with_it = table[: spans[0] + 1 - a, : spans[1] + 1 - b] + cost
            np.less(with_it, to, out=better[a:, b:])
            np.minimum(to, with_it, out=to)
        joined.append(better)
    return table, joined


def _joined(joined: list[Bools], uses: Ints, loads: tuple[int, int]) -> Bools:
    """Return which items make up the least cost at a pair of loads."""
    a, b = loads
    found = np.zeros(len(joined), np.bool_)
    for item in range(len(joined) - 1, -1, -1):
        if joined[item][a, b]:
            found[item] = True
            a, b = a - int(uses[0, item]), b - int(uses[1, item])
    return found
