"""Knapsacks with convex costs of their loads, solved exactly, many at once.

Prices of the loads split the items into those clearly worth taking, those clearly not, and a few
in between, the *core* (Balas and Zemel, "An algorithm for large zero-one knapsack problems",
Operations Research 28, 1980). A solution that differs from the prices' choice in an item outside
the core loses more than a gap, so the best solution within the core is the best of all if it loses
no more than the gap; else the gap is widened and the core grows (after Pisinger, "An expanding-core
algorithm for the exact 0-1 knapsack problem", EJOR 87, 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.knapsack_data import Knapsacks
from caseload_balancer.engine.dantzig_wolfe.labels import Core, label_loads
from caseload_balancer.engine.dantzig_wolfe.load_costs import NEVER
from caseload_balancer.engine.dantzig_wolfe.load_prices import best_prices
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, KnapsackParameters

_MOST_WORK_BEYOND: Final = 0.03
"""What is left, by which one pricing may go: usual ones take less, and end."""
_WIDEST: Final = NEVER >> 2
"""No gap is wider."""
_WORK_AT_LEAST: Final = 5.6e-4
_WORK_AN_ITEM: Final = 1.7e-8
"""Of each item for each load. With what labels take, this is 1.4 times what was fitted to 346
pricings of twelve kinds of instances, one at a time: other threads slow them down."""


@dataclass(frozen=True, eq=False)
class KnapsackSolutions:
    """Optimal and other good solutions of knapsacks.

    Parameters
    ----------
    least
        Shape (workers,): no solution costs less; the optimum, unless the search was given up.
    floor
        Shape (workers,): the Lagrangian bound at `prices`, `least` or lower.
    prices
        Shape (loads, workers): of the loads, 0 or more.
    worker
        Shape (solutions,), ascending: whose solution it is; the best of a worker comes first.
    taken
        Shape (solutions, items): the items it takes.
    work
        Deterministic work done.
    """

    least: Ints
    floor: Ints
    prices: Ints
    worker: Ints
    taken: Bools
    work: float


def solve_knapsacks(
    knapsacks: Knapsacks,
    prices: Ints,
    parameters: KnapsackParameters = DEFAULTS.knapsacks,
    deadline: Deadline | None = None,
) -> KnapsackSolutions:
    """Solve each knapsack: take items, perhaps none, at least cost.

    Parameters
    ----------
    prices
        Shape (loads, workers): of the loads, from which to look for better ones.
    parameters
        Of knapsacks.
    deadline
        When to leave what is not solved yet at its Lagrangian bound, with no solution. Usual prices
        leave few items to decide; where all are open, a single pricing takes seconds.
    """
    knapsacks = _without_useless_items(knapsacks)
    prices = best_prices(knapsacks, prices, parameters.price_passes)
    search = _CoreSearch(knapsacks, prices, parameters, deadline)
    with_items_left = np.arange(knapsacks.workers)
    while len(with_items_left):
        parts = np.array_split(
            with_items_left, -(-len(with_items_left) // parameters.workers_together)
        )
        with_items_left = np.concatenate([search.widen_gap(part) for part in parts])
    worker, taken = search.solutions()
    work = search.work + _WORK_AT_LEAST + _WORK_AN_ITEM * knapsacks.use.size
    return KnapsackSolutions(search.floor + search.loss, search.floor, prices, worker, taken, work)


def _without_useless_items(knapsacks: Knapsacks) -> Knapsacks:
    """Leave out items that earn nothing, of workers whose costs never fall with a load."""
    rises = np.all([cost.rises() for cost in knapsacks.costs], axis=0)
    idle = (knapsacks.net >= 0) & rises[:, None]
    net = np.where(idle, NEVER, knapsacks.net)
    return Knapsacks(net, np.where(idle, 0, knapsacks.use), knapsacks.costs)


@dataclass(frozen=True, eq=False)
class _Core:
    """The items in the cores of some workers, and what is taken beside them.

    Parameters
    ----------
    open
        See `labels.Core`, with workers counted among these.
    item
        Shape (open items,): the place of each among all items of its worker.
    taken
        Shape (workers, items): the items taken beside those open.
    load
        Shape (loads, workers): what these come to.
    whole
        Shape (workers,): whether all items within the gap are in the core.
    """

    open: Core
    item: Ints
    taken: Bools
    load: Ints
    whole: Bools


class _CoreSearch:
    """Looks for the best solutions of each worker within a gap above its floor, which is widened.

    Parameters
    ----------
    knapsacks
        To solve.
    prices
        Shape (loads, workers): of the loads.
    """

    def __init__(
        self,
        knapsacks: Knapsacks,
        prices: Ints,
        parameters: KnapsackParameters,
        deadline: Deadline | None,
    ) -> None:
        self._parameters = parameters
        self._deadline = deadline
        self._knapsacks = knapsacks
        self._prices = prices
        self._reduced = knapsacks.reduced(prices)
        self.floor = knapsacks.floor(prices, self._reduced)
        self._cheapest = [
            cost.least(price) for cost, price in zip(knapsacks.costs, prices, strict=True)
        ]
        self._rises = knapsacks.costs[0].rises()
        few = min(self._parameters.largest_core, knapsacks.net.shape[1]) - 1
        near = np.partition(np.abs(self._reduced), few, axis=1)[:, : few + 1]
        self._near = np.minimum(np.sort(near, axis=1), _WIDEST)
        self._gap = self._near[:, : self._parameters.first_core][:, -1]
        self.loss = np.zeros(knapsacks.workers, np.int64)
        self.work = self._begun = 0.0
        none = np.zeros((0, knapsacks.net.shape[1]), np.bool_)
        self._choices: list[tuple[Ints, Bools]] = [(np.zeros(0, np.int64), none)]

    def widen_gap(self, workers: Ints) -> Ints:
        """Look for the best solutions of some workers, and return who needs a wider gap."""
        gap, core = self._gap[workers], self._core(workers)
        most = np.stack([cost.most[workers] for cost in self._knapsacks.costs])
        alone = bool(self._rises[workers].all()) and not core.open.use[1:].any()
        price = self._prices[0, workers] if alone else None
        self._begun = 0.0
        labels = label_loads(
            core.open, most - core.load, gap, self._parameters.labels, price, self._ended
        )
        if labels is None:
            self.work += self._begun
            return workers[:0]
        self.work += labels.work
        mine = labels.worker
        loss = labels.loss + self._above_cheapest(workers[mine], core.load[:, mine] + labels.load)
        order = np.lexsort((loss, mine))
        order = order[loss[order] < _WIDEST]
        place = np.arange(len(order)) - np.searchsorted(mine[order], mine[order])
        best = np.full(len(workers), _WIDEST)
        best[mine[order[place == 0]]] = loss[order[place == 0]]
        sure = core.whole & ~labels.truncated
        settled = sure & (best <= gap)
        done = settled | ~sure
        self.loss[workers[sure]] = np.minimum(best, gap + 1)[sure]
        few = order[(place < self._parameters.solutions) & done[mine[order]]]
        chosen = core.taken[mine[few]]
        which, entry = labels.items_taken(few)
        chosen[which, core.item[entry]] = True
        self._choices.append((workers[mine[few]], chosen))
        self._gap[workers] = np.minimum(best, self._wider_gap(workers))
        return np.asarray(workers[~done])

    def _ended(self, work: float) -> bool:
        """Return whether to end, after so much work on labels that is not counted yet."""
        self._begun = work
        if self._deadline is None:
            return False
        left = self._deadline.work_left() + _MOST_WORK_BEYOND
        return self.work + work > left or self._deadline.passed()

    def solutions(self) -> tuple[Ints, Bools]:
        """Return the solutions found, as in `KnapsackSolutions`."""
        worker, taken = (np.concatenate(part) for part in zip(*self._choices, strict=True))
        order = np.argsort(worker, kind="stable")
        return worker[order], taken[order]

    def _core(self, workers: Ints) -> _Core:
        """Return the cores: the items whose reduced cost is within the gap."""
        reduced, use = self._reduced[workers], self._knapsacks.use[:, workers]
        near = np.abs(reduced) <= self._gap[workers][:, None]
        worker, item = np.nonzero(near)
        order = np.lexsort((np.abs(reduced)[worker, item], worker))
        worker, item = worker[order], item[order]
        place = np.arange(len(worker)) - np.searchsorted(worker, worker)
        few = np.flatnonzero(place < self._parameters.largest_core)[::-1]
        few = few[np.argsort(worker[few], kind="stable")]  # those furthest from the prices first
        worker, item = worker[few], item[few]
        opened = np.zeros(near.shape, np.bool_)
        opened[worker, item] = True
        taken = (reduced < 0) & ~opened
        load = (use * taken).sum(axis=2)
        open_use = use[:, worker, item]
        for mine, cost in enumerate(self._knapsacks.costs):
            high = load[mine].copy()
            np.add.at(high, worker, open_use[mine])
            straight = cost.straight_rate(workers, load[mine], high) == self._prices[mine, workers]
            open_use[mine, straight[worker]] = 0  # its price is what it costs, whatever is taken
        core = Core(worker, open_use, reduced[worker, item])
        return _Core(core, item, taken, load, (opened == near).all(axis=1))

    def _above_cheapest(self, worker: Ints, load: Ints) -> Ints:
        """Return by how much loads, at their prices, are dearer than the cheapest loads."""
        above = np.zeros(len(worker), np.int64)
        for mine, cost in enumerate(self._knapsacks.costs):
            earned = self._prices[mine, worker] * load[mine]
            above += cost.of(worker, load[mine]) - earned - self._cheapest[mine][worker]
            above = np.minimum(above, NEVER)
        return above

    def _wider_gap(self, workers: Ints) -> Ints:
        """Return wider gaps, with more items in them."""
        gap = self._gap[workers]
        within = (self._near[workers] <= gap[:, None]).sum(axis=1)
        more = within + self._parameters.first_core - 1
        last = self._near.shape[1] - 1
        nearest = np.where(more > last, _WIDEST, self._near[workers, np.minimum(more, last)])
        return np.asarray(
            np.minimum(np.maximum(self._parameters.gap_growth * gap, nearest), _WIDEST)
        )
