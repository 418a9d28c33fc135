"""The columns that a decomposition has found, and the masters that propose duals by them.

A proximal master comes near the best duals in few steps, but never quite there; then a restricted
master in its box takes over.
"""

from __future__ import annotations

from copy import copy

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.column_pool import ColumnPool
from caseload_balancer.engine.dantzig_wolfe.master_columns import MasterColumns
from caseload_balancer.engine.dantzig_wolfe.proximal_master import ProximalMaster
from caseload_balancer.engine.dantzig_wolfe.restricted_master import (
    MasterSolution,
    RestrictedMaster,
)
from caseload_balancer.engine.dantzig_wolfe.subproblems import Subproblems
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.parameters import Parameters


class Masters:
    """A restricted master, and perhaps a proximal one before it.

    Parameters
    ----------
    program
        The linking rows, over all columns.
    in_subproblem
        Shape (columns,): those that master columns are made of.
    subproblems
        The knapsack of each worker.
    parameters
        Of the search; those of the decomposition say whether a proximal master comes first.
    """

    def __init__(
        self,
        program: LinearProgram,
        in_subproblem: Bools,
        subproblems: Subproblems,
        parameters: Parameters,
    ) -> None:
        self._restricted = RestrictedMaster(program, in_subproblem, len(subproblems))
        self._pool = ColumnPool()
        self._proximal = (
            ProximalMaster(program, self._restricted.static, len(subproblems), parameters.proximal)
            if parameters.decomposition.proximal
            else None
        )

    @property
    def columns(self) -> MasterColumns:
        """The master columns so far."""
        return self._restricted.columns

    @property
    def are_proximal(self) -> bool:
        """Whether duals still come from a proximal master."""
        return self._proximal is not None

    def add(self, subproblems: Subproblems, worker: Ints, taken: Bools) -> int:
        """Add the new and feasible of some solutions of subproblems, and return how many."""
        new = self._pool.new_columns(subproblems, worker, taken)
        self._restricted.add(new)
        return len(new)

    def solve(
        self, centre: Floats, box: int, enough: float, deadline: Deadline
    ) -> MasterSolution | None:
        """Return a solution with other duals; None where there was no time, or a solver failed.

        Parameters
        ----------
        centre
            Shape (rows,): the best duals.
        box
            How far from these the others may be, or go for each unit that a row is violated by.
        enough
            What the duals of a proximal master have to promise, unless that takes too long.
        """
        if self._proximal is None:
            return self._restricted.solve(centre, box, deadline)
        return self._proximal.solve(self.columns, centre, box, enough, deadline)

    def leave_proximal(self) -> None:
        """Have the restricted master propose duals from now on."""
        self._proximal = None

    def restricted_to(self, program: LinearProgram) -> Masters:
        """Return restricted masters of the same rows, whose columns have smaller upper bounds."""
        other = copy(self)
        Masters._restrict(other, program)
        return other

    def _restrict(self, program: LinearProgram) -> None:
        self._restricted = self._restricted.restricted_to(program)
        self._pool = self._pool.copy()
        self._proximal = None

    def release_memory(self) -> None:
        """Free the memory of the solver until the next step."""
        self._restricted.release_memory()
