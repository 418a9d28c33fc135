"""The restricted master of the decomposition: weights of the columns so far, and duals.

Each linking row may be violated at a price near its best dual, by slack columns. That keeps the
next duals in a box around the best ones (du Merle, Villeneuve, Desrosiers and Hansen, "Stabilized
column generation", Discrete Mathematics 194, 1999).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.dantzig_wolfe.master_columns import (
    ColumnContents,
    MasterColumns,
    MasterRows,
)
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.linear_programs.incremental import IncrementalProgram
from caseload_balancer.engine.linear_programs.math_opt import AT_LOWER, BASIC, Basis
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram

_SLACK_AT_MOST: Final = 1_000
"""Upper bound of a slack column: more than any few master columns violate a row by."""


@dataclass(frozen=True, eq=False)
class MasterSolution:
    """The optimum over the master columns so far, or nearly that.

    Parameters
    ----------
    values
        Shape (columns of the linear program,): the solution of the linear program that the master
        columns, each times its weight, add up to.
    duals
        Shape (rows,): those proposed.
    objective
        What their bound is at most; no duals in the box give a better one.
    slack
        By how much rows are violated, in all.
    weights
        Shape (master columns,).
    """

    values: Floats
    duals: Floats
    objective: float
    slack: float
    weights: Floats


class RestrictedMaster:
    """Finds weights of the master columns so that the linking rows hold.

    Parameters
    ----------
    program
        The linking rows: those of the linear program that are in no subproblem, over all columns.
    in_subproblem
        Shape (columns,): the columns that master columns are made of; the others are columns of
        the master themselves, from the beginning.
    subproblems
        Number of subproblems: the weights of the master columns of each sum to one at most.
    """

    def __init__(self, program: LinearProgram, in_subproblem: Bools, subproblems: int) -> None:
        self._program = program
        self._in_subproblem = in_subproblem
        self._static = np.flatnonzero(~in_subproblem & (program.upper > 0))
        self._subproblems = subproblems
        self._master_columns = MasterColumns.none()
        self._incremental: IncrementalProgram | None = None
        self._basis: Basis | None = None
        self._rows = MasterRows(program)

    @property
    def columns(self) -> MasterColumns:
        """The master columns so far."""
        return self._master_columns

    @property
    def static(self) -> Ints:
        """The columns of the linear program that are in no subproblem."""
        return self._static

    def add(self, contents: ColumnContents) -> None:
        """Add master columns."""
        if len(contents):
            self._master_columns = self._master_columns.joined_with(self._rows.columns(contents))

    def restricted_to(self, program: LinearProgram) -> RestrictedMaster:
        """Return a master of the same rows in which columns have smaller upper bounds."""
        other = copy(self)
        RestrictedMaster._restrict(other, program)
        return other

    def _restrict(self, program: LinearProgram) -> None:
        self.release_memory()
        static, master_columns = self._static, self._master_columns
        kept = master_columns.contents.fitting(program.upper)
        self._program = program
        self._static = np.flatnonzero(~self._in_subproblem & (program.upper > 0))
        self._master_columns = master_columns.only(kept)
        if self._basis is not None:
            slack = np.ones(2 * program.rows, np.bool_)
            kept_columns = np.concatenate([np.isin(static, self._static), slack, kept])
            self._basis = self._basis_of(kept_columns, self._basis, master_columns)

    def _basis_of(
        self, kept_columns: Bools, basis: Basis, master_columns: MasterColumns
    ) -> Basis | None:
        """Return a basis of the columns that are left, None where none can be made of it.

        For each basic column that is gone, a row with an entry in it becomes basic: that of its
        subproblem, or a linking row.
        """
        columns = np.full(len(kept_columns), AT_LOWER)
        columns[: len(basis.columns)] = basis.columns
        lost = np.flatnonzero(~kept_columns & (columns == BASIC)) - (
            len(kept_columns) - len(master_columns)
        )
        served = np.concatenate(
            [
                self._program.rows + np.unique(master_columns.contents.subproblem[lost[lost >= 0]]),
                np.unique(master_columns.row[np.isin(master_columns.master_column, lost)]),
            ]
        )
        slack = served[basis.rows[served] != BASIC][: len(lost)]
        rows = basis.rows.copy()
        rows[slack] = BASIC
        return Basis(columns[kept_columns], rows) if len(slack) == len(lost) else None

    def solve(self, centre: Floats, box: int, deadline: Deadline) -> MasterSolution | None:
        """Return the optimum with the duals within `box` of `centre`.

        None where time ran out, or the solver failed, and failed again without its last basis.
        """
        program, static, rows = self._program, self._static, self._program.rows
        whole = np.rint(centre).astype(np.int64)
        slack_cost = np.concatenate([whole + box, box - whole])
        cost = np.concatenate([program.cost[static], slack_cost, self._master_columns.cost])
        solution = self._solved_with_all_columns(cost, deadline)
        if solution is None and not deadline.passed():
            self._incremental = None
            solution = self._solved_with_all_columns(cost, deadline)
        if solution is None:
            self._incremental = None
            return None
        found, duals = solution
        values = np.zeros(program.columns)
        values[static] = found[: len(static)]
        weights = found[len(found) - len(self._master_columns) :]
        contents = self._master_columns.contents
        np.add.at(values, contents.column, weights[contents.master_column] * contents.amount)
        slack = float(found[len(static) : len(static) + 2 * rows].sum())
        return MasterSolution(values, duals[:rows], float(cost @ found), slack, weights)

    def _solved_with_all_columns(
        self, cost: Ints, deadline: Deadline
    ) -> tuple[Floats, Floats] | None:
        """Solve with all columns at these costs, beginning at the basis of the last solve."""
        return contained(
            lambda: self._ask_with_all_columns(cost, deadline),
            None,
            what="GLOP",
            deadline=deadline,
        )

    def _ask_with_all_columns(self, cost: Ints, deadline: Deadline) -> tuple[Floats, Floats] | None:
        if self._incremental is None:
            self._incremental = IncrementalProgram(self._first_program())
        present = self._incremental.columns - len(self._static) - 2 * self._program.rows
        new = np.ones(len(self._master_columns) - present, np.int64)
        self._incremental.update(cost, new, self._entries(present))
        if self._basis is not None:
            self._incremental.start_from(self._basis)
            self._basis = None
        return self._incremental.solve(deadline)

    def release_memory(self) -> None:
        """Free the memory of the solver until the next solve."""
        if self._incremental is not None:
            self._basis = self._incremental.basis
            self._incremental = None

    def _first_program(self) -> LinearProgram:
        """Return the program without master columns: static and slack columns, two slacks a row."""
        program, static = self._program, self._static
        number = np.full(program.columns, -1)
        number[static] = np.arange(len(static))
        own = np.flatnonzero(number[program.column] >= 0)
        rows = np.arange(program.rows)
        one = np.ones(program.rows, np.int64)
        slack = len(static) + rows
        row = np.concatenate([program.row[own], rows, rows])
        column = np.concatenate([number[program.column[own]], slack, slack + program.rows])
        value = np.concatenate([program.value[own], one, -one])
        order = np.lexsort((column, row))
        most = np.full(2 * program.rows, _SLACK_AT_MOST)
        return LinearProgram(
            cost=np.concatenate([program.cost[static], np.zeros(2 * program.rows, np.int64)]),
            upper=np.concatenate([program.upper[static], most]),
            rhs=np.concatenate([program.rhs, np.ones(self._subproblems, np.int64)]),
            equal=np.concatenate([program.equal, np.zeros(self._subproblems, np.bool_)]),
            row=row[order],
            column=column[order],
            value=value[order],
        )

    def _entries(self, begin: int) -> tuple[Ints, Ints, Ints]:
        """Return row, column and value of each entry of the master columns from `begin` on."""
        master_columns, first = self._master_columns, len(self._static) + 2 * self._program.rows
        mine = np.arange(begin, len(master_columns))
        own = np.flatnonzero(master_columns.master_column >= begin)
        row = np.concatenate(
            [
                master_columns.row[own],
                self._program.rows + master_columns.contents.subproblem[begin:],
            ]
        )
        column = first + np.concatenate([master_columns.master_column[own], mine])
        value = np.concatenate([master_columns.value[own], np.ones(len(mine), np.int64)])
        order = np.lexsort((column, row))
        return row[order], column[order], value[order]
