"""A linear program over promising columns, with a bound in whole numbers over all of them.

Only a few arcs a unit take part at first; those whose reduced cost comes out negative join until
there are none (column generation; Barnhart et al., "Branch-and-price", Operations Research 46,
1998). The first solve begins at a basis that stands for a known assignment; of a large problem,
near smoothed duals. Rounding cuts may then lift the bound. Every bound is computed from the duals
in whole numbers, over all arcs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.engine.columns.dual_descent import descend_by_prices
from caseload_balancer.engine.columns.gomory_cuts import tableau_cuts
from caseload_balancer.engine.columns.initial_columns import columns_near
from caseload_balancer.engine.columns.mir_cuts import Cut, LoadRow, load_rows, separate
from caseload_balancer.engine.columns.reduced_costs import Prices, price_options
from caseload_balancer.engine.columns.smoothed_duals import smoothed_duals
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.bases import basis_of
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.linear_programs.programs import (
    AT_MOST,
    BASIC,
    Basis,
    Floats,
    LinearProgram,
    LinearSolution,
    Pricing,
    price,
    solve_linear,
)
from caseload_balancer.engine.local_search.descent import Descent

_ARCS_AT_FIRST: Final = 5
"""Arcs of each unit that take part at first, and join at most in a round."""
_FEW_ARCS: Final = 4_000
"""Up to so many, all arcs take part from the beginning."""
_MANY_UNITS: Final = 3_000
"""From so many on, the simplex method begins near smoothed duals: alone it would take long."""
_ROUNDS_A_CUT: Final = 2
"""Of these, after each round of cuts."""
_PIECES_NEAR: Final = 12
"""Pieces of a convex cost on each side of the present load that take part at first."""
_ROUNDS: Final = 40
"""Rounds of pricing at most; the bound is valid whenever they end."""
_TIGHT: Final = 5e-6
"""Share of the objective by which a bound may miss it when no more columns are looked for."""
_ENTRIES: Final = 300_000
"""Of a program without tableau cuts; in larger ones patterns say more in the same time."""
_WORK_AN_ENTRY: Final = 8e-8
"""Of a round of them."""
_EXACT: Final = 1e-4
"""How far from a whole number an objective may be that means it."""
_STALLED: Final = 1e-6
"""Share of the objective below which a round of cuts has gained nothing."""
_NOTHING: Final = 1e-6
"""What the relaxation takes less of, it does not take."""


class ColumnSearch:
    """A linear program under way.

    Parameters
    ----------
    arrays
        The problem.
    tier, ceilings
        To bound, with the most that each earlier tier may come to.
    incumbent
        Shape (units,): an assignment to begin from.
    """

    def __init__(self, arrays: Arrays, tier: int, ceilings: Sequence[int], incumbent: Ints) -> None:
        self._arrays = arrays
        self._tier, self._ceilings = tier, tuple(ceilings)
        self.linear = linearise(arrays, tier, ceilings)
        self._program = self.linear.program
        self._own_rows = self._program.rows
        self._active = self._first_columns(incumbent)
        self._basis = basis_of(arrays, self.linear, incumbent)
        self._held = np.zeros(self._program.columns, np.bool_)
        self._leave_far_pieces(incumbent)
        self._solution: LinearSolution | None = None
        self._load_rows: list[LoadRow] | None = None
        self._pricing: Pricing | None = None
        self._best: tuple[Pricing, int] | None = None
        self.incumbent = incumbent
        self._best_at = (self._program, np.zeros(self._own_rows))

    def solve(self, deadline: Deadline, *, rough: bool = False) -> bool:
        """Generate columns until none is missing, and return whether there is a solution.

        Parameters
        ----------
        rough
            Whether to stop as soon as more columns gain nothing, although the bound may still
            be below the objective.
        """
        before = np.inf
        anew = self._solution is None and self._begin_near(deadline)
        for number in range(_ROUNDS):
            if (
                not self._solve_once(
                    deadline, dual=anew and number == 0, fresh=anew and number == 0
                )
                or self._is_tight()
            ):
                break
            objective = self._objective()
            stalled = rough and before - objective <= _STALLED * abs(objective)
            if stalled or not self._activate():
                break
            before = objective
        return self._solution is not None

    def _begin_near(self, deadline: Deadline) -> bool:
        """Choose the first columns by smoothed duals, where that is worth it, and say whether.

        What they balance is a solution until there is a better one.
        """
        arrays, linear = self._arrays, self.linear
        if arrays.units < _MANY_UNITS or len(linear.piece_cell) == 0 or deadline.passed():
            return False
        smoothed = smoothed_duals(arrays, linear, self.incumbent, deadline=deadline)
        if smoothed is None:
            return False
        pricing = price(self._program, smoothed.duals)
        self._note(pricing, smoothed.duals)
        support = smoothed.values[: arrays.arcs] > _NOTHING
        self.incumbent = descend_by_prices(
            arrays,
            self._tier,
            self._ceilings,
            price_options(arrays, linear, pricing, support),
            self.incumbent,
            deadline=deadline,
        )
        self._basis = basis_of(arrays, linear, self.incumbent)
        active, self._held = columns_near(
            arrays, linear, pricing.reduced_cost, smoothed.values, self.incumbent
        )
        active[: arrays.arcs] |= (self._program.most > 0)[: arrays.arcs] & self._beside_the_group(
            active[: arrays.arcs]
        )
        self._switch_links(active)
        self._active = active
        self._solution = LinearSolution(smoothed.values, smoothed.duals, self._basis, 0.0)
        return True

    def _is_tight(self) -> bool:
        """Return whether no further column could lift the bound to the next whole number."""
        if self._solution is None or self._best is None:
            return False
        objective = self._objective()
        return self.bound >= math.ceil(objective - max(_EXACT, _TIGHT * abs(objective)))

    @property
    def bound(self) -> int:
        """The best bound so far; to be asked for once there is a solution."""
        if self._best is None:
            raise RuntimeError("nothing was solved yet")
        pricing, total = self._best
        return -(-total // pricing.scale)

    def cut(self, deadline: Deadline) -> bool:
        """Add cuts of single load rows and solve again; return whether that gained anything."""
        if self._solution is None:
            return False
        if self._load_rows is None:
            self._load_rows = load_rows(self.linear)
        before, values = self._objective(), self._solution.values
        found = [cut for row in self._load_rows for cut in separate(row, values)]
        added = self._add(found, deadline)
        return added and self._objective() > before + _STALLED * abs(before)

    @property
    def is_large(self) -> bool:
        """Whether tableau cuts would take long to find."""
        return len(self._program.row) > _ENTRIES

    def cut_across(self, deadline: Deadline) -> bool:
        """Add tableau cuts and solve again; return whether there were any, and a solution."""
        if self._solution is None or self._basis is None or self.is_large or deadline.passed():
            return False
        values = self._solution.values
        found = tableau_cuts(self._program, self._active, values, self._basis)
        deadline.spend(_WORK_AN_ENTRY * len(self._program.row))
        return self._add(found, deadline)

    def _add(self, found: list[Cut], deadline: Deadline) -> bool:
        """Add cuts and solve again; return whether there were any, and a solution."""
        if not found:
            return False
        self._drop_slack_cuts()
        without = self._program
        self._program = _with_cuts(without, found)
        if not self._solve_once(deadline, dual=True):
            self._program = without  # the basis is of this one
            return False
        rounds = 1
        while not self._is_tight() and self._activate() and rounds < _ROUNDS_A_CUT:
            if not self._solve_once(deadline):
                break
            rounds += 1
        return True

    @property
    def best_at(self) -> tuple[LinearProgram, Floats]:
        """The program, perhaps with cuts, and its duals where the bound is from."""
        return self._best_at

    @property
    def values(self) -> Floats:
        """The solution, shape (columns,)."""
        if self._solution is None:
            raise RuntimeError("nothing was solved yet")
        return self._solution.values

    @property
    def support(self) -> Bools:
        """The arcs that the solution takes, shape (arcs,)."""
        return np.asarray(self.values[: self._arrays.arcs] > _NOTHING)

    def prices(self) -> Prices:
        """Return what each option adds to the bound at least."""
        if self._best is None:
            raise RuntimeError("nothing was solved yet")
        return price_options(self._arrays, self.linear, self._best[0], self.support)

    def _objective(self) -> float:
        if self._solution is None:
            return -np.inf
        return float(self._program.cost @ self._solution.values) + self.linear.constant

    def _solve_once(self, deadline: Deadline, *, dual: bool = False, fresh: bool = False) -> bool:
        program = self._program.holding(self._held)
        basis = None if fresh else self._basis
        solution = solve_linear(program, self._active, deadline=deadline, basis=basis, dual=dual)
        if solution is None and basis is not None:  # it may have led astray
            solution = solve_linear(program, self._active, deadline=deadline)
        if solution is None:
            return False
        deadline.spend(solution.work)
        solution.values[self._held] = self._program.most[self._held]
        solution.basis.columns[self._held] = AT_MOST
        self._solution = solution
        self._basis = solution.basis
        duals = self._with_link_duals(solution.duals)
        self._pricing = price(self._program, duals)
        self._note(self._pricing, duals)
        return True

    def _note(self, pricing: Pricing, duals: Floats) -> None:
        """Remember the pricing if its bound is the best so far."""
        total = self._total(pricing)
        if self._best is None or total * self._best[0].scale > self._best[1] * pricing.scale:
            self._best = (pricing, total)
            self._best_at = (self._program, duals)

    def _total(self, pricing: Pricing) -> int:
        """Return the bound times its scale, each unit's dual set afresh to its cheapest option."""
        options = self._arrays.arcs + len(self.linear.waits)
        most = self._program.most[:options]
        reduced = pricing.reduced_cost[:options]
        unit = np.concatenate([self._arrays.arc_unit, self.linear.waits])
        cheapest = np.full(self._arrays.units, np.iinfo(np.int64).max)
        np.minimum.at(cheapest, unit[most > 0], reduced[most > 0])
        total = pricing.bound + int(cheapest.sum()) - int(np.minimum(reduced, 0) @ most)
        return total + self.linear.constant * pricing.scale

    def _with_link_duals(self, duals: Floats) -> Floats:
        """Charge the links that take no part to arcs that would look too cheap without."""
        linear, program = self.linear, self._program
        if len(linear.link_of) == 0:
            return duals
        reduced = program.cost - np.bincount(
            program.column, duals[program.row] * program.value, minlength=program.columns
        )
        idle = ~self._active[linear.link_of] & (reduced[linear.link_of] > 0)
        needed = np.where(idle, np.maximum(0.0, -reduced[linear.arc_of]), 0.0)
        asked = np.bincount(linear.link_of, needed, minlength=program.columns)[linear.link_of]
        share = np.minimum(1.0, reduced[linear.link_of] / np.maximum(asked, _NOTHING))
        charged = duals.copy()
        charged[linear.member_row] -= needed * np.where(idle, share, 0.0)
        return charged

    def _first_columns(self, incumbent: Ints) -> Bools:
        arrays = self._arrays
        active = self._program.most > 0
        if arrays.arcs <= _FEW_ARCS:
            return active
        costs = Descent(arrays, incumbent).shift_costs()
        first = self._cheapest(costs, np.ones(arrays.arcs, np.bool_))
        first |= arrays.arc_worker == incumbent[arrays.arc_unit]
        active[: arrays.arcs] &= first | self._beside_the_group(first)
        self._switch_links(active)
        return active

    def _beside_the_group(self, arcs: Bools) -> Bools:
        """Return the arcs of groups to workers to whom some unit of the group has one of `arcs`."""
        arrays = self._arrays
        group = arrays.group_of_unit[arrays.arc_unit]
        key = group * arrays.workers + arrays.arc_worker
        return np.asarray((group >= 0) & np.isin(key, key[arcs]))

    def _switch_links(self, active: Bools) -> None:
        """Let a link take part, in place, if one of its arcs does."""
        linear = self.linear
        active[linear.link_of] = False
        np.logical_or.at(active, linear.link_of, active[linear.arc_of])

    def _leave_far_pieces(self, incumbent: Ints) -> None:
        """Hold the pieces far below the present loads, and leave out those far above."""
        linear = self.linear
        load = resource_use(self._arrays, incumbent).ravel()[linear.piece_cell]
        cells, size = np.unique(linear.piece_cell, return_counts=True)
        first = np.repeat(np.cumsum(size) - size, size)
        below = np.bincount(linear.piece_cell, linear.piece_at < load)[cells].astype(np.int64)
        away = np.arange(len(load)) - first - np.repeat(below, size)
        self._held[linear.first_piece :] = away < -_PIECES_NEAR
        self._active[linear.first_piece :] &= np.abs(away) <= _PIECES_NEAR

    def _activate(self) -> bool:
        """Let the columns take part that could gain; return whether there were any."""
        if self._pricing is None:
            return False
        arrays, first = self._arrays, self.linear.first_piece
        reduced = self._pricing.reduced_cost
        idle = ~self._active & (self._program.most > 0)
        gains = idle & np.where(self._held, reduced > 0, reduced < 0)
        arcs = gains[: arrays.arcs]
        if not arcs.any() and not gains[first:].any():
            return False
        grouped = arrays.group_of_unit[arrays.arc_unit] >= 0
        self._active[: arrays.arcs] |= self._cheapest(reduced, arcs) | (arcs & grouped)
        self._active[first:] |= gains[first:]
        self._held &= ~self._active
        self._switch_links(self._active)
        return True

    def _cheapest(self, cost: Ints, among: Bools) -> Bools:
        """Return the cheapest arcs of each unit, a few each, of those `among` which to choose."""
        arrays = self._arrays
        arc = np.flatnonzero(among)
        unit = arrays.arc_unit[arc]
        order = np.lexsort((cost[arc], unit))
        rank = np.arange(len(arc)) - np.searchsorted(unit, unit)
        found = np.zeros(arrays.arcs, np.bool_)
        found[arc[order[rank < _ARCS_AT_FIRST]]] = True
        return found

    def _drop_slack_cuts(self) -> None:
        """Drop the cuts that do not touch the solution."""
        if self._basis is None:
            return
        kept = self._basis.rows != BASIC
        kept[: self._own_rows] = True
        self._program = self._program.only_rows(kept)
        self._basis = Basis(self._basis.columns, self._basis.rows[kept])


def _with_cuts(program: LinearProgram, cuts: list[Cut]) -> LinearProgram:
    sizes = [len(cut.column) for cut in cuts]
    return program.with_rows(
        np.array([cut.upper for cut in cuts], np.int64),
        np.repeat(np.arange(len(cuts)), sizes),
        np.concatenate([cut.column for cut in cuts]),
        np.concatenate([cut.coefficient for cut in cuts]),
    )
