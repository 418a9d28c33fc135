"""Columns of the Dantzig-Wolfe master: each stands for one solution of a worker's knapsack.

Two kinds of columns meet here. The columns of the linear program are arcs and load segments; a
*master column* takes some of them together, and is called so wherever it could be mistaken for one
of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram


@dataclass(frozen=True, eq=False)
class ColumnContents:
    """What master columns are made of: how much they take of columns of the linear program.

    Parameters
    ----------
    subproblem
        Shape (master columns,): the worker's subproblem that each is a solution of.
    master_column, column, amount
        Shape (entries,): a master column, a column of the linear program, and how much is taken.
    """

    subproblem: Ints
    master_column: Ints
    column: Ints
    amount: Ints

    @classmethod
    def none(cls) -> ColumnContents:
        """Return the contents of no master columns."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.subproblem)

    def joined_with(self, more: ColumnContents) -> ColumnContents:
        """Return the contents of these master columns and then of `more`."""
        return ColumnContents(
            np.concatenate([self.subproblem, more.subproblem]),
            np.concatenate([self.master_column, more.master_column + len(self)]),
            np.concatenate([self.column, more.column]),
            np.concatenate([self.amount, more.amount]),
        )

    def fitting(self, most: Ints) -> Bools:
        """Return which master columns keep to upper bounds, shape (master columns,).

        Parameters
        ----------
        most
            Shape (columns,): the most that may be taken of each column.
        """
        kept = np.ones(len(self), np.bool_)
        kept[self.master_column[self.amount > most[self.column]]] = False
        return kept

    def only(self, kept: Bools) -> ColumnContents:
        """Return the contents of the `kept` master columns."""
        entry = kept[self.master_column]
        number = np.cumsum(kept) - 1
        return ColumnContents(
            self.subproblem[kept],
            number[self.master_column[entry]],
            self.column[entry],
            self.amount[entry],
        )


@dataclass(frozen=True, eq=False)
class MasterColumns:
    """Master columns with their costs and their entries in the rows of the master.

    Parameters
    ----------
    contents
        What they are made of.
    cost
        Shape (master columns,).
    row, master_column, value
        Shape (entries,): the matrix, sorted by master column, then row.
    """

    contents: ColumnContents
    cost: Ints
    row: Ints
    master_column: Ints
    value: Ints

    @classmethod
    def none(cls) -> MasterColumns:
        """Return no master columns."""
        nothing = np.zeros(0, np.int64)
        return cls(ColumnContents.none(), nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.contents)

    def reduced_costs(self, duals: Floats) -> Floats:
        """Return what each costs at some duals of the rows, shape (master columns,)."""
        charged = self.value * duals[self.row]
        return np.asarray(self.cost - np.bincount(self.master_column, charged, len(self)))

    def joined_with(self, more: MasterColumns) -> MasterColumns:
        """Return these master columns and then `more`."""
        return MasterColumns(
            self.contents.joined_with(more.contents),
            np.concatenate([self.cost, more.cost]),
            np.concatenate([self.row, more.row]),
            np.concatenate([self.master_column, more.master_column + len(self)]),
            np.concatenate([self.value, more.value]),
        )

    def only(self, kept: Bools) -> MasterColumns:
        """Return the `kept` master columns."""
        entry = kept[self.master_column]
        return MasterColumns(
            self.contents.only(kept),
            self.cost[kept],
            self.row[entry],
            (np.cumsum(kept) - 1)[self.master_column[entry]],
            self.value[entry],
        )


class MasterRows:
    """Works out the entries of master columns in the linking rows.

    Parameters
    ----------
    program
        The linking rows, over all columns.
    """

    def __init__(self, program: LinearProgram) -> None:
        self._program = program
        self._by_column = np.argsort(program.column, kind="stable")
        columns = np.arange(program.columns + 1)
        self._first = np.searchsorted(program.column[self._by_column], columns)

    def columns(self, contents: ColumnContents) -> MasterColumns:
        """Return master columns with their costs and entries."""
        program, master_columns = self._program, len(contents)
        column, amount, master_column = contents.column, contents.amount, contents.master_column
        cost = np.zeros(master_columns, np.int64)
        np.add.at(cost, master_column, program.cost[column] * amount)
        sizes = self._first[column + 1] - self._first[column]
        offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = self._by_column[np.repeat(self._first[column], sizes) + offset]
        key = np.repeat(master_column, sizes) * program.rows + program.row[entry]
        keys, place = np.unique(key, return_inverse=True)
        value = np.zeros(len(keys), np.int64)
        np.add.at(value, place, program.value[entry] * np.repeat(amount, sizes))
        return MasterColumns(contents, cost, keys % program.rows, keys // program.rows, value)
