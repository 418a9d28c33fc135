"""Columns of the Dantzig-Wolfe master: each stands for one solution of a worker's knapsack.

Two kinds of columns meet here. The columns of the linear program are arcs and load segments; a
*master column* takes some of them together, and is called so wherever it could be mistaken for one
of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Bools, Ints


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
        Shape (entries,): the matrix.
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
