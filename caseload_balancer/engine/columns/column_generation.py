"""Column generation over arcs: a linear program over few columns, with a bound over all of them.

Only a few arcs of each unit are active at first; arcs of negative reduced cost are added until
there are none (Barnhart et al., "Branch-and-price", Operations Research 46, 1998). The first solve
begins at the basis of a known assignment; for a large problem, at the columns near smoothed duals.
Cuts may then raise the bound. Every bound is computed from the duals in whole numbers, over all
arcs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.columns.active_columns import ActiveColumns
from caseload_balancer.engine.columns.dual_descent import start_from_smoothed_duals
from caseload_balancer.engine.columns.gomory_cuts import separate_gomory_cuts, work_of_a_round
from caseload_balancer.engine.columns.lagrangian_bounds import charge_indicators, total_bound
from caseload_balancer.engine.columns.limit_duals import start_from_limits
from caseload_balancer.engine.columns.mir_cuts import (
    Cut,
    LoadRow,
    load_rows,
    separate_mir_cuts,
    with_cuts,
)
from caseload_balancer.engine.columns.odd_cycles import separate_odd_cycles
from caseload_balancer.engine.columns.program_sizes import begins_smoothed, is_large, is_rough
from caseload_balancer.engine.columns.reduced_costs import Prices, price_options
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.bases import basis_of
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.linear_programs.math_opt import AT_UPPER, BASIC, Basis
from caseload_balancer.engine.linear_programs.pricing import Pricing, price
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.simplex import LinearSolution, solve_linear
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, Parameters

_EXACT: Final = 1e-4
"""How far an objective may be above a whole number that it stands for."""


class ArcColumnGeneration:
    """The linear program of a tier, solved by column generation and tightened by cuts.

    Parameters
    ----------
    arrays
        The problem.
    tier, ceilings
        To bound, with the most that each earlier tier may come to.
    incumbent
        Shape (units,): an assignment to begin from.
    parameters
        Of the search.

    Attributes
    ----------
    is_large, is_rough
        Whether Gomory cuts would take long to find; and whether to round it would, too.
    best_program_and_duals
        The program, perhaps with cuts, and its duals that gave the best bound.
    """

    def __init__(
        self,
        arrays: Arrays,
        tier: int,
        ceilings: Sequence[int],
        incumbent: Ints,
        parameters: Parameters = DEFAULTS,
    ) -> None:
        self._arrays = arrays
        self._all_parameters, self._parameters = parameters, parameters.columns
        self._tier, self._ceilings = tier, tuple(ceilings)
        self._is_last = tier == arrays.tiers - 1
        self.linear = linearise(arrays, tier, ceilings)
        self._program = self.linear.program
        self.is_large = is_large(self.linear, parameters, last=self._is_last)
        self.is_rough = is_rough(self.linear, parameters)
        self._chosen = ActiveColumns(arrays, self.linear, incumbent, parameters)
        self._basis: Basis = basis_of(arrays, self.linear, incumbent)
        self._solution: LinearSolution | None = None
        self._load_rows: list[LoadRow] | None = None
        self._pricing: Pricing | None = None
        self._best: tuple[Pricing, int] | None = None
        self.best_program_and_duals = (self._program, np.zeros(self._program.rows))
        self.incumbent = incumbent

    def solve(self, deadline: Deadline, *, rough: bool = False) -> bool:
        """Generate columns until none is missing, and return whether there is a solution.

        Parameters
        ----------
        rough
            Whether to stop as soon as more columns no longer lower the objective, although the
            bound may still be below it.
        """
        before, begun = np.inf, deadline.spent()
        from_smoothed = self._solution is None and self._start_from_smoothed_duals(deadline)
        if self._solution is None:
            self._start_from_limits(deadline)
        if from_smoothed and self._can_do_without_simplex:
            return True
        for number in range(self._parameters.rounds):
            first = from_smoothed and number == 0
            solved = self._solve_once(deadline, dual=first, fresh=first)
            spent = deadline.spent() - begun
            near = self.is_within(self._parameters.gap) or self._is_near_enough(deadline, spent)
            if near or not solved:
                break
            objective = self._objective()
            stalled = rough and before - objective <= self._parameters.stalled * abs(objective)
            if stalled or not self._add_improving_columns():
                break
            before = objective
        return self._solution is not None

    @property
    def _can_do_without_simplex(self) -> bool:
        """Whether smoothed duals will do: groups, earlier tiers and limits lead them astray."""
        missing = values(self._arrays, self.incumbent)[self._tier] - self.bound
        near = missing <= self._parameters.smoothed_gap * abs(self.bound)
        return near and self._is_last and self.is_large and self.linear.only_loads

    def _start_from_limits(self, deadline: Deadline) -> None:
        """Begin with a bound and columns by what limits are worth, if all that binds are limits.

        The incumbent serves as the solution until the first solve.
        """
        mine, begin = self._all_parameters, self.incumbent
        started = start_from_limits(
            self._arrays, self._tier, self.linear, begin, deadline=deadline, parameters=mine
        )
        if started is not None:
            pricing = price(self._program, started.duals)
            self._record(pricing, started.duals)
            self._chosen.begin_near(pricing.reduced_cost, started.values, begin)
            self._solution = LinearSolution(started.values, started.duals, self._basis, 0.0)

    def _start_from_smoothed_duals(self, deadline: Deadline) -> bool:
        """Choose the first columns by smoothed duals if the problem is large; return whether.

        The smoothed solution serves as the solution until the first solve.
        """
        arrays, linear = self._arrays, self.linear
        if not begins_smoothed(arrays, linear, deadline, self._all_parameters, last=self._is_last):
            return False
        tier, limits, mine = self._tier, self._ceilings, self._all_parameters
        found = start_from_smoothed_duals(
            arrays, tier, limits, linear, self.incumbent, deadline=deadline, parameters=mine
        )
        if found is None:
            return False
        self.is_rough |= self.is_large
        self._record(found.pricing, found.duals)
        self.incumbent = found.incumbent
        self._basis = basis_of(arrays, linear, self.incumbent)
        self._chosen.begin_near(found.pricing.reduced_cost, found.values, self.incumbent)
        self._solution = LinearSolution(found.values, found.duals, self._basis, 0.0)
        return True

    def _is_near_enough(self, deadline: Deadline, spent: float) -> bool:
        """Return whether to leave it at that: less work is left than was spent here."""
        if self._solution is None or deadline.work_left() >= spent:
            return False
        objective = self._objective()
        return self.bound >= objective - self._parameters.gap_in_haste * abs(objective)

    def is_within(self, gap: float) -> bool:
        """Return whether the bound is within this share of the best that more columns could do."""
        if self._solution is None or self._best is None:
            return False
        objective = self._objective()
        return self.bound >= math.ceil(objective - max(_EXACT, gap * abs(objective)))

    @property
    def bound(self) -> int:
        """The best bound so far; only once there is a solution."""
        if self._best is None:
            raise RuntimeError("nothing was solved yet")
        return -(-self._best[1] // self._best[0].scale)

    def add_mir_cuts(self, deadline: Deadline) -> bool:
        """Add MIR cuts and solve again; return whether that gained anything."""
        if self._solution is None:
            return False
        if self._load_rows is None:
            self._load_rows = load_rows(self.linear)
        before, solution = self._objective(), self._solution.values
        parameters = self._all_parameters.cuts
        found = [
            cut for row in self._load_rows for cut in separate_mir_cuts(row, solution, parameters)
        ]
        added = self._add(found, deadline)
        return added and self._objective() > before + self._parameters.stalled * abs(before)

    def add_odd_cycles(self, deadline: Deadline) -> bool:
        """Add odd cycles and solve again; return whether there were any, and a solution."""
        found = separate_odd_cycles(self._arrays, self.linear, self.values)
        return self._add(found, deadline)

    def add_gomory_cuts(self, deadline: Deadline) -> bool:
        """Add Gomory cuts and solve again; return whether there were any, and a solution."""
        if self._solution is None or self.is_large or deadline.passed():
            return False
        values = self._solution.values
        found = separate_gomory_cuts(
            self._program, self._chosen.active, values, self._basis, self._all_parameters.cuts
        )
        deadline.spend(work_of_a_round(self._program))
        return self._add(found, deadline)

    def _add(self, found: list[Cut], deadline: Deadline) -> bool:
        """Add cuts and solve again; return whether there were any, and a solution."""
        if not found:
            return False
        self._drop_slack_cuts()
        without = self._program
        self._program = with_cuts(without, found)
        if not self._solve_once(deadline, dual=True):
            self._program = without  # the basis is of this one
            return False
        rounds = 1
        while not self.is_within(self._parameters.gap) and self._add_improving_columns():
            if rounds == self._parameters.rounds_after_cuts or not self._solve_once(deadline):
                break
            rounds += 1
        return True

    @property
    def values(self) -> Floats:
        """The solution, shape (columns,)."""
        if self._solution is None:
            raise RuntimeError("nothing was solved yet")
        return self._solution.values

    @property
    def support(self) -> Bools:
        """The arcs that the solution takes, shape (arcs,)."""
        return np.asarray(self.values[: self._arrays.arcs] > INTEGRALITY)

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
        active, at_upper = self._chosen.active, self._chosen.at_upper
        program = self._program.fixed_at_upper(at_upper)
        basis = None if fresh else self._basis
        solution = solve_linear(program, active, deadline=deadline, basis=basis, dual=dual)
        if solution is None and basis is not None:  # a bad basis can lead to failure
            solution = solve_linear(program, active, deadline=deadline)
        if solution is None:
            return False
        deadline.spend(solution.work)
        self._basis = Basis(
            np.where(at_upper, AT_UPPER, solution.basis.columns), solution.basis.rows
        )
        values = np.where(at_upper, self._program.upper, solution.values)
        self._solution = replace(solution, values=values, basis=self._basis)
        duals = charge_indicators(self.linear, self._program, active, solution.duals)
        self._pricing = price(self._program, duals)
        self._record(self._pricing, duals)
        return True

    def _add_improving_columns(self) -> bool:
        """Activate columns of negative reduced cost; return whether there were any."""
        return self._pricing is not None and self._chosen.add_improving(self._pricing.reduced_cost)

    def _record(self, pricing: Pricing, duals: Floats) -> None:
        """Remember the pricing if its bound is the best so far."""
        total = total_bound(self._arrays, self.linear, pricing)
        if self._best is None or total * self._best[0].scale > self._best[1] * pricing.scale:
            self._best = (pricing, total)
            self.best_program_and_duals = (self._program, duals)

    def _drop_slack_cuts(self) -> None:
        """Drop the cuts that are not tight in the solution."""
        kept = self._basis.rows != BASIC
        kept[: self.linear.program.rows] = True
        self._program = self._program.only_rows(kept)
        self._basis = Basis(self._basis.columns, self._basis.rows[kept])
