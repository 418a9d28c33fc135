"""A bound beyond cuts: what each worker takes is chosen as a whole, as a *pattern*.

The rows of a few loads of each worker are taken out of the linear program (Dantzig and Wolfe,
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
from copy import copy
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import PatternRow
from caseload_balancer.engine.dantzig_wolfe.knapsacks import fill
from caseload_balancer.engine.dantzig_wolfe.priced_columns import PricedPatterns
from caseload_balancer.engine.dantzig_wolfe.restricted_master import Master, MasterSolution, Takings
from caseload_balancer.engine.dantzig_wolfe.subproblems import (
    find_blocks,
    large_loads,
    passed_loads,
)
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram, price

_NEW_SHARE: Final = 0.7
"""Of the master's duals in those tried, where the rest are the best so far."""
_BOX: Final = 0.003
"""How far from its best dual a row's may be at first, as a share of the units' mean dual."""
_GROWTH: Final = 1.4
_SHRINKAGE: Final = 0.65
"""By what that is multiplied after better duals, and after worse ones."""
_WIDENED: Final = 3.0
"""By what, when no duals in the box are better."""
_TIGHT: Final = 1e-5
"""Share of the objective by which a bound may miss it at first."""
_SMALLEST_GAP: Final = 1.0
"""By how much it may miss it in the end: bounds are whole numbers."""
_RIPE: Final = 6
_FEW_MISSED: Final = 0.007
"""Steps, and the share of units that are missed at most, before a solution is worth rounding."""
_WORK_A_FILL: Final = 3.5e-5
"""Work of a knapsack, about, in the deadline's unit."""
_LOADS: Final = 5
"""Loads of a worker that patterns mind at most."""
_NOTHING: Final = 1e-6
"""What the relaxation takes less of, it does not take."""


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
    loads
        The resources of whose loads patterns are made; by default the dearest.
    """

    def __init__(
        self,
        arrays: Arrays,
        linear: Linearisation,
        program: LinearProgram,
        duals: Floats,
        incumbents: Sequence[Ints] = (),
        loads: Ints | None = None,
    ) -> None:
        self._arrays = arrays
        self.linear = linear
        self._whole = program
        self._loads = large_loads(linear, arrays.workers, duals) if loads is None else loads
        self._blocks = find_blocks(linear, arrays.arc_worker, arrays.workers, self._loads)
        self._inside = np.zeros(program.columns, np.bool_)
        joining = np.ones(program.rows, np.bool_)
        self._inside[self._blocks.columns] = True
        joining[self._blocks.rows] = False
        self._joining = joining
        self._program = program.only_rows(joining)
        self._master = Master(self._program, self._inside, len(self._blocks))
        self._prices = -self._blocks.row_values(duals)
        self._centre = self._duals = duals[joining]
        usual = float(np.abs(duals[: arrays.units]).mean()) if arrays.units else 0.0
        self._box = max(1, int(_BOX * usual))
        self._tight = _TIGHT
        self.steps = 0
        self._seen: set[tuple[int, bytes]] = set()
        self._best: PricedPatterns | None = None
        self._solution: MasterSolution | None = None
        for assignment in incumbents:
            self.meet(assignment)

    @property
    def bound(self) -> int | None:
        """The best bound so far; None before the first step."""
        return None if self._best is None else self._best.bound

    def step(self, deadline: Deadline) -> bool:
        """Try other duals, and return whether there may be better ones still."""
        tried = self._centre + _NEW_SHARE * (self._duals - self._centre)
        priced = self._priced(tried, deadline)
        if priced is None:
            return True
        deadline.spend(_WORK_A_FILL * len(self._blocks))
        self._learn(priced.fills.worker, priced.fills.taken)
        self.steps += 1
        return self._solve(deadline)

    def meet(self, assignment: Ints) -> None:
        """Add the patterns of an assignment."""
        self._learn(*self._choices_of(assignment))

    def within(self, kept: Bools) -> PatternSearch:
        """Return a search over fewer arcs, which begins at these duals and these patterns.

        Parameters
        ----------
        kept
            Shape (arcs,), or (arcs + waits,) to leave out waiting as well.
        """
        other = copy(self)
        PatternSearch._restrict(other, kept)
        return other

    def minding_more(self, deadline: Deadline) -> PatternSearch | None:
        """Return a search that minds all loads of which patterns take too much, if there are any.

        It begins where this one ended, and has taken a step. None where patterns mind all loads
        that matter, or time is up.
        """
        if self._best is None or self._solution is None:
            return None
        passed = passed_loads(self.linear, self._arrays.workers, self._solution.mixed)
        more = np.setdiff1d(passed, self._loads)[: _LOADS - len(self._loads)]
        if len(more) == 0:
            return None
        prices, row = self._best.fills.prices / self._best.pricing.scale, self._blocks.row
        duals = np.zeros(self._whole.rows)
        duals[self._joining] = self._centre
        duals[row[row >= 0]] = -prices[row >= 0]
        loads = np.concatenate([self._loads, more])
        found = PatternSearch(self._arrays, self.linear, self._whole, duals, loads=loads)
        found._adopt(self._master.takings)
        found.step(deadline)
        return None if found._solution is None else found

    def _adopt(self, takings: Takings) -> None:
        """Add the patterns of other blocks that hold the same arcs, as far as they are possible."""
        blocks = self._blocks
        block, item = np.nonzero(blocks.there)
        owner, place = np.full((2, self._program.columns), -1)
        owner[blocks.column[block, item]], place[blocks.column[block, item]] = block, item
        entry = np.flatnonzero(owner[takings.column] >= 0)
        pattern, column = takings.pattern[entry], takings.column[entry]
        worker = np.full(len(takings), -1)
        worker[pattern] = owner[column]
        taken = np.zeros((len(takings), blocks.there.shape[1]), np.bool_)
        taken[pattern, place[column]] = True
        some = worker >= 0
        self._learn(worker[some], taken[some])

    def _restrict(self, kept: Bools) -> None:
        most = self._program.most.copy()
        most[: len(kept)][~kept] = 0
        own = replace(self.linear.program, most=np.minimum(self.linear.program.most, most))
        self.linear = replace(self.linear, program=own)
        self.steps = 0
        self._program = replace(self._program, most=most)
        self._blocks = self._blocks.keeping(most > 0)
        self._master = self._master.within(self._program)
        self._seen = set(self._seen)
        self._duals = self._centre
        self._best = self._solution = None

    def rest(self) -> None:
        """Give memory free, for as long as no step is taken."""
        self._master.rest()

    def widen(self, factor: float) -> None:
        """Let duals move further from the best."""
        self._box = int(self._box * factor) + 1

    def refine(self) -> bool:
        """Look closer at the best duals from now on; return False where that was done before."""
        if self._tight == 0:
            return False
        self._tight, self._box = 0.0, 1
        return True

    @property
    def ripe(self) -> bool:
        """Whether the solution misses little enough to be worth rounding."""
        few = _FEW_MISSED * self._arrays.units
        return self._solution is not None and self.steps >= _RIPE and self.missed <= few

    def values(self) -> Floats:
        """Return the solution of the master program, shape (columns,)."""
        if self._solution is None:
            return np.zeros(self._program.columns)
        return self._solution.values

    @property
    def entries(self) -> int:
        """Entries of the patterns met so far."""
        return self._master.entries

    @property
    def objective(self) -> float:
        """What the master program came to last: no duals near are better."""
        reached = np.inf if self._solution is None else self._solution.objective
        return reached + self.linear.constant

    @property
    def missed(self) -> float:
        """How much the solution lacks of rows, or has too much."""
        return 0.0 if self._solution is None else self._solution.missed

    def prices(self) -> Prices:
        """Return what each option and load adds to the best bound at least."""
        return self._known.prices(self._support)

    def forced_prices(self, value: int) -> Prices:
        """Return what options add to the best bound, exactly where that decides about `value`."""
        return self._known.forced_prices(self._support, value)

    def rows(self, arc: Bools) -> list[PatternRow]:
        """Return for each worker what some arcs cost at least, at the best duals.

        Parameters
        ----------
        arc
            Shape (arcs,): the only ones that may be taken.
        """
        return self._known.rows(arc)

    @property
    def _known(self) -> PricedPatterns:
        if self._best is None:
            raise RuntimeError("nothing was priced yet")
        return self._best

    @property
    def _support(self) -> Bools:
        return np.asarray(self.values()[: self._arrays.arcs] > _NOTHING)

    def _priced(self, duals: Floats, deadline: Deadline) -> PricedPatterns | None:
        """Return what some duals come to; keep them if they are the best so far.

        None when out of time.
        """
        if deadline.passed():
            return None
        pricing = price(self._program, duals)
        prices = np.rint(self._prices * pricing.scale).astype(np.int64)
        fills = fill(self._blocks.knapsacks(pricing.reduced_cost), prices)
        self._prices = fills.prices / pricing.scale
        inside = self._inside
        total = pricing.bound + self.linear.constant * pricing.scale
        total -= int(np.minimum(pricing.reduced_cost, 0)[inside] @ self._program.most[inside])
        priced = PricedPatterns(
            arrays=self._arrays,
            linear=self.linear,
            blocks=self._blocks,
            total=total + int(fills.least.sum()),
            pricing=pricing,
            fills=fills,
        )
        if self._best is None or priced.above(self._best):
            self._box = int(self._box * _GROWTH) + 1
            self._best, self._centre = priced, duals
        else:
            self._box = max(1, int(self._box * _SHRINKAGE))
        return priced

    def _solve(self, deadline: Deadline) -> bool:
        solution = self._master.solve(self._centre, self._box, deadline)
        if solution is None or self._best is None:
            return deadline.passed()
        self._solution = solution
        self._duals = solution.duals
        if self._best.bound < self.objective - max(
            _SMALLEST_GAP, self._tight * abs(self.objective)
        ):
            return True
        self.widen(_WIDENED)
        return solution.missed > _NOTHING  # then the box is in the way

    def _choices_of(self, assignment: Ints) -> tuple[Ints, Bools]:
        """Return what each block takes in an assignment, as in `Fills`."""
        chosen = chosen_arcs(self._arrays, assignment)
        taken = np.zeros(self._program.columns, np.bool_)
        taken[chosen[chosen >= 0]] = True
        return np.arange(len(self._blocks)), taken[self._blocks.column] & self._blocks.there

    def _learn(self, worker: Ints, taken: Bools) -> None:
        """Add patterns, as in `Fills`: those that are new and that the worker may hold."""
        blocks = self._blocks
        which, item = np.nonzero(taken)
        column = blocks.column[worker[which], item]
        loads = np.stack(
            [np.bincount(which, use[worker[which], item], len(worker)) for use in blocks.use]
        ).astype(np.int64)
        end = np.searchsorted(which, np.arange(len(worker) + 1))
        new = np.zeros(len(worker), np.bool_)
        for choice in np.flatnonzero(blocks.allow(worker, loads)).tolist():
            key = (int(worker[choice]), column[end[choice] : end[choice + 1]].tobytes())
            new[choice] = key not in self._seen
            self._seen.add(key)
        number, mine = np.cumsum(new) - 1, new[which]
        worker, loads = worker[new], loads[:, new]
        items = (number[which[mine]], column[mine], np.ones(int(mine.sum()), np.int64))
        filled = [
            bends.filled(worker, load) for bends, load in zip(blocks.bends, loads, strict=True)
        ]
        entries = (np.concatenate(part) for part in zip(items, *filled, strict=True))
        self._master.add(Takings(worker, *entries))
