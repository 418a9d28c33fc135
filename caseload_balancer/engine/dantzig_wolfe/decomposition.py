"""Dantzig-Wolfe decomposition: everything that a worker takes is one column of a master program.

The capacity rows of a few loads of each worker move from the linear program into subproblems, one a
worker (Dantzig and Wolfe, "Decomposition principle for linear programs", Operations Research 8,
1960; for generalised assignment: Savelsbergh, "A branch-and-price algorithm for the generalized
assignment problem", Operations Research 45, 1997). The rows left are the linking rows. For any
duals of these, each subproblem is a knapsack, solved exactly, and the sum of the optima is a
Lagrangian bound in whole numbers. The restricted master over the columns so far proposes other
duals, which are stabilised.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs
from caseload_balancer.engine.columns.mir_cuts import with_cuts
from caseload_balancer.engine.columns.odd_cycles import separate_odd_cycles
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.dantzig_wolfe.column_pool import fitting_solutions, solutions_with
from caseload_balancer.engine.dantzig_wolfe.masters import Masters
from caseload_balancer.engine.dantzig_wolfe.priced_subproblems import (
    PricedSubproblems,
    price_subproblems,
)
from caseload_balancer.engine.dantzig_wolfe.restricted_master import MasterSolution
from caseload_balancer.engine.dantzig_wolfe.stabilised_duals import StabilisedDuals
from caseload_balancer.engine.dantzig_wolfe.subproblems import (
    build_subproblems,
    main_resources,
    violated_resources,
)
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.linear_programs.tolerances import FEASIBILITY, INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, Parameters

_ZERO_WEIGHT: Final = 1e-9
"""A smaller weight counts as zero."""
_SMALLEST_GAP: Final = 1.0
"""By how much it may miss it in the end: bounds are whole numbers."""


class DantzigWolfe:
    """A decomposition under way: master, subproblems, and the best duals so far.

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
        Assignments whose columns are in the master from the beginning.
    resources
        Those whose capacity rows go into the subproblems; by default the one or two that tighten
        the bound most.
    parameters
        Of the search.
    """

    def __init__(
        self,
        arrays: Arrays,
        linear: Linearisation,
        program: LinearProgram,
        duals: Floats,
        incumbents: Sequence[Ints] = (),
        resources: Ints | None = None,
        parameters: Parameters = DEFAULTS,
    ) -> None:
        self._arrays = arrays
        self._all_parameters, self._parameters = parameters, parameters.decomposition
        self.linear = linear
        self._full_program = program
        if resources is None:
            resources = main_resources(
                linear, arrays.workers, duals, self._parameters.first_capacity_rows
            )
        self._resources = resources
        self._subproblems = build_subproblems(linear, arrays.arc_worker, arrays.workers, resources)
        self._in_subproblem = np.isin(np.arange(program.columns), self._subproblems.columns)
        self._linking = linking = np.ones(program.rows, np.bool_)
        linking[self._subproblems.rows] = False
        self._program = program.only_rows(linking)
        self._masters = Masters(self._program, self._in_subproblem, self._subproblems, parameters)
        self._prices = -self._subproblems.row_values(duals)
        usual = float(np.abs(duals[: arrays.units]).mean()) if arrays.units else 0.0
        self._duals = duals[linking]
        self._stable = StabilisedDuals(self._duals, usual, self._parameters)
        self._tolerance = self._parameters.tolerance
        self.steps = 0
        self._best: PricedSubproblems | None = None
        self._solution: MasterSolution | None = None
        for assignment in incumbents:
            self.add_assignment(assignment)

    @property
    def bound(self) -> int | None:
        """The best bound so far; None before the first step."""
        return None if self._best is None else self._best.bound

    def step(self, deadline: Deadline) -> bool:
        """Price other duals, solve the master, and return whether there may be better duals."""
        priced = self._price(self._stable.smoothed(self._duals), deadline)
        if priced is None:
            return True
        deadline.spend(priced.work)
        new = self._masters.add(self._subproblems, priced.solutions.worker, priced.solutions.taken)
        self.steps += 1
        return self._solve(deadline) and not self._stable.repeats(new)

    def add_assignment(self, assignment: Ints) -> None:
        """Add the columns of an assignment, one for each worker."""
        chosen = chosen_arcs(self._arrays, assignment)
        columns = chosen[chosen >= 0]
        taken = solutions_with(self._subproblems, self._program.columns, columns)
        self._masters.add(self._subproblems, *taken)

    def restricted_to(self, kept: Bools) -> DantzigWolfe:
        """Return a decomposition over fewer arcs, which begins at these duals and these columns.

        Parameters
        ----------
        kept
            Shape (arcs,), or (arcs + waits,) to leave out waiting as well.
        """
        other = copy(self)
        DantzigWolfe._restrict(other, kept)
        return other

    def with_more_rows(self, deadline: Deadline) -> DantzigWolfe | None:
        """Return a decomposition whose solutions keep rows that the master's solution violates.

        Those are capacity rows of resources of which master columns in use take more than the
        limit, and odd cycles. It begins at these duals and columns, and has taken a step. None
        where no such row is violated, or time is up.
        """
        if self._best is None or self._solution is None:
            return None
        contents, weights = self._masters.columns.contents, self._solution.weights
        in_use = np.zeros(len(contents), np.bool_)  # some may have come after the solution
        in_use[: len(weights)] = weights > _ZERO_WEIGHT
        used = contents.only(in_use)
        largest, most = self._parameters.largest_added_use, self._parameters.capacity_rows
        workers = self._arrays.workers
        more = violated_resources(self.linear, workers, used, largest, self._resources)
        resources = np.concatenate([self._resources, more[: most - len(self._resources)]])
        cycles = separate_odd_cycles(self._arrays, self.linear, self._solution.values)
        if len(resources) == len(self._resources) and not cycles:
            return None
        program, row = self._full_program, self._subproblems.row
        program = with_cuts(program, cycles) if cycles else program
        duals = np.zeros(program.rows)
        duals[: len(self._linking)][self._linking] = self._stable.best
        prices = self._best.solutions.prices / self._best.pricing.scale
        duals[row[row >= 0]] = -prices[row >= 0]
        mine = self._all_parameters
        found = DantzigWolfe(
            self._arrays, self.linear, program, duals, resources=resources, parameters=mine
        )
        if self._masters.are_proximal:
            found._stable.box = self._stable.box
        fitting = fitting_solutions(found._subproblems, program.columns, contents)
        found._masters.add(found._subproblems, *fitting)
        found.step(deadline)
        return None if found._solution is None else found

    def _restrict(self, kept: Bools) -> None:
        most = self._program.upper.copy()
        most[: len(kept)][~kept] = 0
        own = replace(self.linear.program, upper=np.minimum(self.linear.program.upper, most))
        self.linear = replace(self.linear, program=own)
        self.steps = 0
        self._program = replace(self._program, upper=most)
        self._subproblems = self._subproblems.restricted_to(most > 0)
        self._masters = self._masters.restricted_to(self._program)
        self._stable = copy(self._stable)
        self._duals = self._stable.best
        self._best = self._solution = None

    def release_memory(self) -> None:
        """Free the memory of the solver until the next step."""
        self._masters.release_memory()

    def widen_box(self, factor: float) -> None:
        """Let duals move further from the best."""
        self._stable.widen(factor)

    def tighten_tolerance(self) -> bool:
        """Search for duals without a tolerance from now on; return False if that was so before."""
        if self._tolerance == 0:
            return False
        self._tolerance = 0.0
        self._masters.leave_proximal()
        self._stable.narrow()
        return True

    @property
    def worth_rounding(self) -> bool:
        """Whether the master's solution uses little enough slack to be worth rounding."""
        few, enough = self._parameters.slack_worth_rounding, self._parameters.steps_before_rounding
        return self.steps >= enough and self.slack_is_within(few)

    def slack_is_within(self, share: float) -> bool:
        """Return whether a solution uses so much slack at most, as a share of the units."""
        return self._solution is not None and self.slack <= share * self._arrays.units

    def values(self) -> Floats:
        """Return the master's solution as one of the linear program, shape (columns,)."""
        solution = self._solution
        return np.zeros(self._program.columns) if solution is None else solution.values

    @property
    def entries(self) -> int:
        """Entries of the master columns so far."""
        return len(self._masters.columns.row)

    @property
    def objective(self) -> float:
        """The optimum of the master: no duals in the box have a better bound."""
        optimum = np.inf if self._solution is None else self._solution.objective
        return optimum + self.linear.constant

    @property
    def slack(self) -> float:
        """By how much the master's solution violates rows, in all."""
        return 0.0 if self._solution is None else self._solution.slack

    def prices(self) -> Prices:
        """Return what each option and load adds to the best bound at least."""
        return self.priced.prices(self.support)

    @property
    def priced(self) -> PricedSubproblems:
        """The subproblems priced at the best duals; only after a step."""
        if self._best is None:
            raise RuntimeError("nothing was priced yet")
        return self._best

    @property
    def support(self) -> Bools:
        """Shape (arcs,): the arcs that the master's solution takes, whole or in part."""
        return np.asarray(self.values()[: self._arrays.arcs] > INTEGRALITY)

    def _price(self, duals: Floats, deadline: Deadline) -> PricedSubproblems | None:
        """Return the bound of some duals, kept if it is the best; None when out of time."""
        if deadline.passed():
            return None
        priced = price_subproblems(
            self._arrays,
            self.linear,
            self._program,
            self._subproblems,
            duals,
            self._prices,
            self._all_parameters.knapsacks,
            deadline,
        )
        self._prices = priced.solutions.prices / priced.pricing.scale
        better = self._best is None or priced.is_better_than(self._best)
        self._stable.learn(duals, priced.bound, self.objective, better=better)
        if better:
            self._best = priced
        return priced

    def _solve(self, deadline: Deadline) -> bool:
        if self._best is None:
            return deadline.passed()
        bound, stable = self._best.bound, self._stable
        enough = bound + self._missing_at_most(bound) - self.linear.constant
        solution = self._masters.solve(stable.best, stable.box, enough, deadline)
        if solution is None:
            return deadline.passed()
        self._solution = solution
        self._duals = solution.duals
        if bound < self.objective - self._missing_at_most(self.objective):
            return True
        if self._masters.are_proximal:
            return False
        stable.widen(self._parameters.box_widening)
        return solution.slack > FEASIBILITY  # with slack in use the box is too narrow

    def _missing_at_most(self, objective: float) -> float:
        """Return how far the bound may be from an objective when there is no more to gain."""
        return max(_SMALLEST_GAP, self._tolerance * abs(objective))
