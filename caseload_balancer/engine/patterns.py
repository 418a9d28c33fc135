"""A bound beyond cuts: what each worker takes is chosen as a whole, as a *pattern*.

The rows of up to two loads of each worker are taken out of the linear program (Dantzig and Wolfe,
"Decomposition principle for linear programs", Operations Research 8, 1960; for generalised
assignment: Savelsbergh, "A branch-and-price algorithm for the generalized assignment problem",
Operations Research 45, 1997). For any duals of the rows left, the least that each worker comes to
is a knapsack, solved exactly, and the sum is a bound in whole numbers. The master program over
the patterns met so far proposes other duals; those tried lie between them and the best so far
(Wentges, "Weighted Dantzig-Wolfe decomposition for linear mixed-integer programming",
International Transactions in Operational Research 4, 1997).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from caseload_balancer.engine.blocks import find_blocks
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.forcing import gains_of_forcing
from caseload_balancer.engine.knapsacks import Fill, fill
from caseload_balancer.engine.linear_programs import Floats, LinearProgram, Pricing, price
from caseload_balancer.engine.linearisation import Linearisation
from caseload_balancer.engine.masters import Master, MasterSolution
from caseload_balancer.engine.pattern_rows import PatternRow, pattern_row
from caseload_balancer.engine.pricing import NEVER, Prices, load_curves
from caseload_balancer.problem.arrays import Arrays, Bools, Ints
from caseload_balancer.problem.evaluation import chosen_arcs

_NEW_SHARE: Final = 0.4
"""Of the master's duals in those tried, where the rest are the best so far."""
_BOX: Final = 0.003
"""How far from its best dual a row's may be at first, as a share of the units' mean dual."""
_GROWTH: Final = 1.4
_SHRINKAGE: Final = 0.65
"""By what that is multiplied after better duals, and after worse ones."""
_TIGHT: Final = 1e-5
"""Share of the objective by which a bound may miss it when the search ends."""
_WORK_A_FILL: Final = 1.5e-4
"""Work of a knapsack, about, in the deadline's unit."""
_NOTHING: Final = 1e-6
"""What the relaxation takes less of, it does not take."""


@dataclass(frozen=True, eq=False)
class _Priced:
    """What some duals come to: the bound, times the scale of the pricing."""

    total: int
    pricing: Pricing
    fills: list[Fill]

    @property
    def bound(self) -> int:
        return -(-self.total // self.pricing.scale)

    def above(self, other: _Priced) -> bool:
        return self.total * other.pricing.scale > other.total * self.pricing.scale


class PatternSearch:
    """A bound by patterns, under way.

    Parameters
    ----------
    arrays
        The problem.
    linear
        The linear program of the tier.
    program
        The same, perhaps with cuts.
    duals
        Shape (rows of `program`,): where to begin.
    incumbents
        Assignments whose patterns are known from the beginning.
    """

    def __init__(
        self,
        arrays: Arrays,
        linear: Linearisation,
        program: LinearProgram,
        duals: Floats,
        incumbents: Sequence[Ints],
    ) -> None:
        self._arrays = arrays
        self._linear = linear
        self._blocks = find_blocks(linear, arrays.arc_worker, arrays.workers, duals)
        self._inside = np.zeros(program.columns, np.bool_)
        joining = np.ones(program.rows, np.bool_)
        for block in self._blocks:
            self._inside[block.column] = True
            self._inside[block.pieces] = True
            joining[block.rows] = False
        self._program = program.only_rows(joining)
        self._master = Master(self._program, self._inside, len(self._blocks))
        self._prices = [-block.row_values(duals) for block in self._blocks]
        self._centre = self._duals = duals[joining]
        usual = float(np.abs(duals[: arrays.units]).mean()) if arrays.units else 0.0
        self._box = max(1, int(_BOX * usual))
        self._seen: set[tuple[int, bytes]] = set()
        self._best: _Priced | None = None
        self._solution: MasterSolution | None = None
        for assignment in incumbents:
            self._add_assignment(assignment)

    @property
    def bound(self) -> int | None:
        """The best bound so far; None before the first step."""
        return None if self._best is None else self._best.bound

    def step(self, deadline: Deadline) -> bool:
        """Try other duals, and return whether there may be better ones still."""
        priced = self._priced(self._centre + _NEW_SHARE * (self._duals - self._centre))
        deadline.spend(_WORK_A_FILL * len(self._blocks))
        for number, one in enumerate(priced.fills):
            for choice in one.choices:
                self._add(number, choice)
        return self._solve(deadline)

    def values(self) -> Floats:
        """Return the solution of the master program, shape (columns,)."""
        if self._solution is None:
            return np.zeros(self._program.columns)
        return self._solution.values

    def prices(self) -> Prices:
        """Return what each option and load adds to the best bound at least.

        A worker's floor rises by an option's reduced cost, and by what a load is above the best
        one; but what the worker comes to at least is above that floor already.
        """
        if self._best is None:
            raise RuntimeError("nothing was priced yet")
        arrays, linear, pricing = self._arrays, self._linear, self._best.pricing
        reduced, most = pricing.reduced_cost.copy(), linear.program.most
        above = np.zeros(len(reduced), np.int64)
        curves = {
            key: (use, gain - int(gain.min()))
            for key, (use, gain) in load_curves(arrays, linear, pricing).items()
        }
        for block, one in zip(self._blocks, self._best.fills, strict=True):
            gap = one.least - one.floor
            reduced[block.column] += one.prices @ block.use
            above[block.column] = gap
            for load, worth in zip(block.loads, one.prices.tolist(), strict=True):
                if len(load.piece):
                    at = np.arange(load.most + 1)
                    gain = load.curve(pricing).cost - worth * at
                    gain = np.maximum(0, gain - gain.min() - gap)
                    curves[divmod(load.group, arrays.workers)] = (load.unit * at, gain)
        gain = np.maximum(0, np.maximum(0, reduced) - above)
        gain = np.where(most > 0, gain, NEVER)
        wait = np.full(arrays.units, NEVER)
        wait[linear.waits] = gain[linear.first_wait :][: len(linear.waits)]
        return Prices(
            arrays=arrays,
            total=self._best.total,
            arc=gain[: arrays.arcs],
            wait=wait,
            curves=curves,
            scale=pricing.scale,
            support=self.values()[: arrays.arcs] > _NOTHING,
        )

    def forced_prices(self, value: int) -> Prices:
        """Return what options add to the best bound, exactly where that decides about `value`.

        A unit at one worker is at no other, so what it costs to leave it out there adds up.
        """
        prices = self.prices()
        if self._best is None:
            raise RuntimeError("nothing was priced yet")
        room = value * prices.scale - prices.total
        into, out = np.zeros(len(prices.arc), np.int64), np.zeros(len(prices.arc), np.int64)
        for block, one in zip(self._blocks, self._best.fills, strict=True):
            if len(block.pieces) or block.use[1:].any():
                continue
            into[block.column], out[block.column] = gains_of_forcing(
                self._best.pricing.reduced_cost[block.column],
                block.use[0],
                block.loads[0].most,
                price=int(one.prices[0]),
                least=one.least,
                room=room,
            )
        left = np.zeros(self._arrays.units, np.int64)
        np.add.at(left, self._arrays.arc_unit, out)
        return replace(
            prices,
            arc=np.maximum(prices.arc, into + left[self._arrays.arc_unit] - out),
            wait=np.minimum(NEVER, prices.wait + left),
        )

    def rows(self, arc: Bools) -> list[PatternRow]:
        """Return for each worker what some arcs cost at least, at the best duals.

        Parameters
        ----------
        arc
            Shape (arcs,): the only ones that may be taken.
        """
        if self._best is None:
            raise RuntimeError("nothing was priced yet")
        pricing, found = self._best.pricing, []
        for block, one in zip(self._blocks, self._best.fills, strict=True):
            kept = np.flatnonzero(arc[block.column])
            if len(block.pieces) == 0 and len(kept):
                net = pricing.reduced_cost[block.column[kept]]
                again = fill(net, block.use[:, kept], block.curves(pricing), one.prices)
                least = max(one.least, again.least)
                found.append(pattern_row(block.column[kept], net, least, pricing.scale))
        return found

    def _priced(self, duals: Floats) -> _Priced:
        """Return what some duals come to; keep them if they are the best so far."""
        pricing = price(self._program, duals)
        fills = [
            fill(
                pricing.reduced_cost[block.column],
                block.use,
                block.curves(pricing),
                np.rint(prices * pricing.scale).astype(np.int64),
            )
            for block, prices in zip(self._blocks, self._prices, strict=True)
        ]
        self._prices = [one.prices / pricing.scale for one in fills]
        inside = self._inside
        total = pricing.bound + self._linear.constant * pricing.scale
        total -= int(np.minimum(pricing.reduced_cost, 0)[inside] @ self._program.most[inside])
        priced = _Priced(total + sum(one.least for one in fills), pricing, fills)
        if self._best is None or priced.above(self._best):
            self._box = int(self._box * _GROWTH) + 1
            self._best, self._centre = priced, duals
        else:
            self._box = max(1, int(self._box * _SHRINKAGE))
        return priced

    def _solve(self, deadline: Deadline) -> bool:
        solution = self._master.solve(self._centre, self._box, deadline)
        if solution is None or self._best is None:
            return False
        self._solution = solution
        self._duals = solution.duals
        reachable = solution.objective + self._linear.constant
        return self._best.bound < reachable - max(1.0, _TIGHT * abs(reachable))

    def _add_assignment(self, assignment: Ints) -> None:
        chosen = chosen_arcs(self._arrays, assignment)
        taken = np.zeros(self._arrays.arcs, np.bool_)
        taken[chosen[chosen >= 0]] = True
        for number, block in enumerate(self._blocks):
            self._add(number, np.flatnonzero(taken[block.column]))

    def _add(self, number: int, items: Ints) -> None:
        """Add a pattern, if it is new and the worker may hold it."""
        key = (number, items.tobytes())
        block = self._blocks[number]
        loads = block.use[:, items].sum(axis=1)
        if key in self._seen or not block.allows(loads):
            return
        self._seen.add(key)
        pieces, amount = block.filled(loads)
        column = np.concatenate([block.column[items], pieces])
        self._master.add(number, column, np.concatenate([np.ones(len(items), np.int64), amount]))
