"""What some duals of the patterns come to: a bound, and what it says of arcs, loads and workers.

Everything follows from whole numbers: the reduced costs, and the knapsack of each worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.engine.columns.reduced_costs import NEVER, Prices, load_curves
from caseload_balancer.engine.dantzig_wolfe.forcing import gains_of_forcing
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import PatternRow, pattern_row
from caseload_balancer.engine.dantzig_wolfe.knapsacks import Fills, fill
from caseload_balancer.engine.dantzig_wolfe.subproblems import Blocks
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Pricing


@dataclass(frozen=True, eq=False, kw_only=True)
class PricedPatterns:
    """A bound by patterns.

    Parameters
    ----------
    arrays, linear, blocks
        The problem, its linear program, and what each worker could take.
    total
        The bound, times the scale of the pricing.
    pricing
        Of the rows that join the blocks.
    fills
        What each worker comes to at least.
    """

    arrays: Arrays
    linear: Linearisation
    blocks: Blocks
    total: int
    pricing: Pricing
    fills: Fills

    @property
    def bound(self) -> int:
        """No assignment has a lower value."""
        return -(-self.total // self.pricing.scale)

    def above(self, other: PricedPatterns) -> bool:
        """Return whether the bound is better than another."""
        return self.total * other.pricing.scale > other.total * self.pricing.scale

    def prices(self, support: Bools) -> Prices:
        """Return what each option and load adds to the bound at least.

        A worker's floor rises by an option's reduced cost, and by what a load is above the best
        one; but what the worker comes to at least is above that floor already.

        Parameters
        ----------
        support
            Shape (arcs,): see `Prices`.
        """
        arrays, linear, blocks, fills = self.arrays, self.linear, self.blocks, self.fills
        reduced, most = self.pricing.reduced_cost.copy(), linear.program.most
        above = np.zeros(len(reduced), np.int64)
        block, item = np.nonzero(blocks.there)
        column = blocks.column[block, item]
        for use, worth in zip(blocks.use, fills.prices, strict=True):
            reduced[column] += worth[block] * use[block, item]
        above[column] = (fills.least - fills.floor)[block]
        curves = {
            key: (use, gain - int(gain.min()))
            for key, (use, gain) in load_curves(arrays, linear, self.pricing).items()
        }
        curves |= self._load_curves()
        gain = np.maximum(0, np.maximum(0, reduced) - above)
        gain = np.where(most > 0, gain, NEVER)
        wait = np.full(arrays.units, NEVER)
        wait[linear.waits] = gain[linear.first_wait :][: len(linear.waits)]
        return Prices(
            arrays=arrays,
            total=self.total,
            arc=gain[: arrays.arcs],
            wait=wait,
            curves=curves,
            scale=self.pricing.scale,
            support=support,
        )

    def forced_prices(self, support: Bools, value: int) -> Prices:
        """Return what options add to the bound, exactly where that decides about `value`.

        A unit at one worker is at no other, so what it costs to leave it out there adds up.
        """
        arrays, blocks, fills = self.arrays, self.blocks, self.fills
        prices = self.prices(support)
        room = value * prices.scale - prices.total
        into, out = np.zeros(len(prices.arc), np.int64), np.zeros(len(prices.arc), np.int64)
        plain = blocks.costless & ~blocks.use[1:].any(axis=(0, 2))
        for block in np.flatnonzero(plain).tolist():
            item = np.flatnonzero(blocks.there[block])
            column = blocks.column[block, item]
            into[column], out[column] = gains_of_forcing(
                self.pricing.reduced_cost[column],
                blocks.use[0, block, item],
                int(blocks.bends[0].most[block]),
                price=int(fills.prices[0, block]),
                least=int(fills.least[block]),
                room=room,
            )
        left = np.zeros(arrays.units, np.int64)
        np.add.at(left, arrays.arc_unit, out)
        return replace(
            prices,
            arc=np.maximum(prices.arc, into + left[arrays.arc_unit] - out),
            wait=np.minimum(NEVER, prices.wait + left),
        )

    def rows(self, arc: Bools) -> list[PatternRow]:
        """Return for each worker what some arcs cost at least.

        Parameters
        ----------
        arc
            Shape (arcs,): the only ones that may be taken.
        """
        kept = np.zeros(self.linear.program.columns, np.bool_)
        kept[: len(arc)] = arc
        blocks, found = self.blocks.keeping(kept), []
        again = fill(blocks.knapsacks(self.pricing.reduced_cost), self.fills.prices)
        least = np.maximum(self.fills.least, again.least)
        for block in np.flatnonzero(blocks.costless & blocks.there.any(axis=1)).tolist():
            column = blocks.column[block, blocks.there[block]]
            net = self.pricing.reduced_cost[column]
            found.append(pattern_row(column, net, int(least[block]), self.pricing.scale))
        return found

    def _load_curves(self) -> dict[tuple[int, int], tuple[Ints, Ints]]:
        """Return what loads add to the bound at least, beyond what a worker comes to anyway."""
        found: dict[tuple[int, int], tuple[Ints, Ints]] = {}
        blocks, fills = self.blocks, self.fills
        knapsacks = blocks.knapsacks(self.pricing.reduced_cost)
        for bends, costs, worth, cell in zip(
            blocks.bends, knapsacks.costs, fills.prices, blocks.cell, strict=True
        ):
            known = costs.least(worth) + fills.least - fills.floor
            for block in bends.paid().tolist():
                load = bends.points(block)
                gain = costs.of(np.full(len(load), block), load) - worth[block] * load
                key = divmod(int(cell[block]), self.arrays.workers)
                found[key] = (load, gain - known[block])
        return found
