"""The master program of a decomposition: which patterns to mix, and the duals that follow.

Rows may be missed at a price near their best duals, which keeps the next duals in a box around
those (du Merle, Villeneuve, Desrosiers and Hansen, "Stabilized column generation", Discrete
Mathematics 194, 1999).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs import (
    AT_ZERO,
    Basis,
    Floats,
    LinearProgram,
    solve_linear,
)
from caseload_balancer.problem.arrays import Bools, Ints

_MISSED_AT_MOST: Final = 1_000
"""How far a row may be missed: further than any few patterns take it."""


@dataclass(frozen=True, eq=False)
class MasterSolution:
    """The optimum over the patterns so far.

    Parameters
    ----------
    values
        Shape (columns of the program without patterns,): its columns, mixed from the patterns.
    duals
        Shape (rows,), in the box.
    objective
        No duals in the box give a better bound.
    """

    values: Floats
    duals: Floats
    objective: float


class Master:
    """Mixes patterns so that the rows are kept.

    Parameters
    ----------
    program
        The rows that join the blocks, over all columns.
    inside
        Shape (columns,): the columns that come in patterns; the others are there by themselves.
    blocks
        Number of blocks: of the patterns of each, at most one in all is taken.
    """

    def __init__(self, program: LinearProgram, inside: Bools, blocks: int) -> None:
        self._program = program
        self._alone = np.flatnonzero(~inside & (program.most > 0))
        self._blocks = blocks
        self._patterns: list[tuple[Ints, Ints]] = []
        self._owner: list[int] = []
        self._basis: Basis | None = None
        self._by_column = np.argsort(program.column, kind="stable")
        columns = np.arange(program.columns + 1)
        self._first = np.searchsorted(program.column[self._by_column], columns)

    def add(self, block: int, column: Ints, amount: Ints) -> None:
        """Add a pattern of a block: how much it takes of which columns."""
        self._patterns.append((column, amount))
        self._owner.append(block)

    def solve(self, centre: Floats, box: int, deadline: Deadline) -> MasterSolution | None:
        """Return the optimum with the duals within `box` of `centre`; None when out of time."""
        master = self._build(np.rint(centre).astype(np.int64), box)
        everything = np.ones(master.columns, np.bool_)
        basis = self._basis
        if basis is not None:
            more = np.full(master.columns - len(basis.columns), AT_ZERO)
            basis = Basis(np.concatenate([basis.columns, more]), basis.rows)
        solution = solve_linear(master, everything, deadline=deadline, basis=basis)
        if solution is None:
            return None
        deadline.spend(solution.work)
        self._basis = solution.basis
        values = np.zeros(self._program.columns)
        values[self._alone] = solution.values[: len(self._alone)]
        weights = solution.values[len(solution.values) - len(self._patterns) :]
        for used in np.flatnonzero(weights).tolist():
            column, amount = self._patterns[used]
            values[column] += weights[used] * amount
        duals = solution.duals[: self._program.rows]
        return MasterSolution(values, duals, float(master.cost @ solution.values))

    def _build(self, centre: Ints, box: int) -> LinearProgram:
        """Return the program: columns alone, what a row may lack or have too much, patterns."""
        program, alone, patterns = self._program, self._alone, len(self._patterns)
        cost, row, column, value = self._pattern_entries()
        number = np.full(program.columns, -1)
        number[alone] = np.arange(len(alone))
        own = np.flatnonzero(number[program.column] >= 0)
        rows = np.arange(program.rows)
        one = np.ones(program.rows, np.int64)
        first = len(alone) + 2 * program.rows
        every_row = np.concatenate([program.row[own], rows, rows, row])
        missed = len(alone) + rows
        every_column = np.concatenate(
            [number[program.column[own]], missed, missed + program.rows, first + column]
        )
        order = np.lexsort((every_column, every_row))
        return LinearProgram(
            cost=np.concatenate([program.cost[alone], centre + box, box - centre, cost]),
            most=np.concatenate(
                [
                    program.most[alone],
                    np.full(2 * program.rows, _MISSED_AT_MOST),
                    np.ones(patterns, np.int64),
                ]
            ),
            upper=np.concatenate([program.upper, np.ones(self._blocks, np.int64)]),
            equal=np.concatenate([program.equal, np.zeros(self._blocks, np.bool_)]),
            row=every_row[order],
            column=every_column[order],
            value=np.concatenate([program.value[own], one, -one, value])[order],
        )

    def _pattern_entries(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return what each pattern costs, and the rows, patterns and values of their entries."""
        program, patterns = self._program, len(self._patterns)
        taken = [columns for columns, _ in self._patterns]
        column = np.concatenate([np.zeros(0, np.int64), *taken])
        amount = np.concatenate([np.zeros(0, np.int64), *(one for _, one in self._patterns)])
        pattern = np.repeat(np.arange(patterns), [len(columns) for columns in taken])
        cost = np.zeros(patterns, np.int64)
        np.add.at(cost, pattern, program.cost[column] * amount)
        sizes = self._first[column + 1] - self._first[column]
        offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = self._by_column[np.repeat(self._first[column], sizes) + offset]
        key = program.row[entry] * patterns + np.repeat(pattern, sizes)
        keys, place = np.unique(key, return_inverse=True)
        value = np.zeros(len(keys), np.int64)
        np.add.at(value, place, program.value[entry] * np.repeat(amount, sizes))
        owner = program.rows + np.array(self._owner, np.int64)
        return (
            cost,
            np.concatenate([keys // max(1, patterns), owner]),
            np.concatenate([keys % max(1, patterns), np.arange(patterns)]),
            np.concatenate([value, np.ones(patterns, np.int64)]),
        )
