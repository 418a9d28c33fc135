"""Linear programs in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from caseload_balancer.arrays import Bools, Ints

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class LinearProgram:
    """Minimise ``cost @ x`` with ``A @ x <= rhs`` (or ``==``) and ``0 <= x <= upper``.

    Parameters
    ----------
    cost, upper
        Shape (columns,), whole numbers.
    rhs, equal
        Shape (rows,): right-hand sides, and which rows are equations.
    row, column, value
        Shape (entries,): the matrix, sorted by row, then column.
    """

    cost: Ints
    upper: Ints
    rhs: Ints
    equal: Bools
    row: Ints
    column: Ints
    value: Ints

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.rhs)

    def with_rows(self, rhs: Ints, row: Ints, column: Ints, value: Ints) -> LinearProgram:
        """Return the program with more ``<=`` rows; `row` counts from 0, sorted."""
        return replace(
            self,
            rhs=np.concatenate([self.rhs, rhs]),
            equal=np.concatenate([self.equal, np.zeros(len(rhs), np.bool_)]),
            row=np.concatenate([self.row, row + self.rows]),
            column=np.concatenate([self.column, column]),
            value=np.concatenate([self.value, value]),
        )

    def fixed_at_upper(self, at_upper: Bools) -> LinearProgram:
        """Return the program left when the `at_upper` columns are fixed at their upper bounds."""
        rhs = self.rhs.copy()
        entry = np.flatnonzero(at_upper[self.column])
        np.subtract.at(rhs, self.row[entry], self.value[entry] * self.upper[self.column[entry]])
        return replace(self, rhs=rhs)

    def only_rows(self, kept: Bools) -> LinearProgram:
        """Return the program with the rows where `kept` is true."""
        number = np.cumsum(kept) - 1
        entry = kept[self.row]
        return replace(
            self,
            rhs=self.rhs[kept],
            equal=self.equal[kept],
            row=number[self.row[entry]],
            column=self.column[entry],
            value=self.value[entry],
        )
