"""The master program of a decomposition: which patterns to mix, and the duals that follow.

Rows may be missed at a price near their best duals, which keeps the next duals in a box around
those (du Merle, Villeneuve, Desrosiers and Hansen, "Stabilized column generation", Discrete
Mathematics 194, 1999).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.growing import GrowingProgram
from caseload_balancer.engine.linear_programs.programs import (
    AT_ZERO,
    BASIC,
    Basis,
    Floats,
    LinearProgram,
)

_MISSED_AT_MOST: Final = 1_000
"""How far a row may be missed: further than any few patterns take it."""
_NOTHING: Final = 1e-9
"""A pattern of which less is taken, is not."""


@dataclass(frozen=True, eq=False)
class Takings:
    """What patterns take: how much of each column.

    Parameters
    ----------
    block
        Shape (patterns,): whose they are.
    pattern, column, amount
        Shape (takings,).
    """

    block: Ints
    pattern: Ints
    column: Ints
    amount: Ints

    @classmethod
    def none(cls) -> Takings:
        """Return no patterns."""
        nothing = np.zeros(0, np.int64)
        return cls(nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.block)

    def and_these(self, more: Takings) -> Takings:
        """Return these patterns and more of them."""
        return Takings(
            np.concatenate([self.block, more.block]),
            np.concatenate([self.pattern, more.pattern + len(self)]),
            np.concatenate([self.column, more.column]),
            np.concatenate([self.amount, more.amount]),
        )

    def within(self, most: Ints) -> Bools:
        """Return which patterns take of no column more than `most`, shape (patterns,)."""
        kept = np.ones(len(self), np.bool_)
        kept[self.pattern[self.amount > most[self.column]]] = False
        return kept

    def only(self, kept: Bools) -> Takings:
        """Return some of the patterns."""
        entry = kept[self.pattern]
        number = np.cumsum(kept) - 1
        return Takings(
            self.block[kept], number[self.pattern[entry]], self.column[entry], self.amount[entry]
        )


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
    missed
        How much rows lack or have too much, in all.
    mixed
        The patterns of which something is taken.
    """

    values: Floats
    duals: Floats
    objective: float
    missed: float
    mixed: Takings


@dataclass(frozen=True, eq=False)
class _Patterns:
    """Patterns, as columns of a master program.

    Parameters
    ----------
    takings
        What they take.
    cost
        Shape (patterns,).
    row, pattern, value
        Shape (entries,): the matrix.
    """

    takings: Takings
    cost: Ints
    row: Ints
    pattern: Ints
    value: Ints

    @classmethod
    def none(cls) -> _Patterns:
        nothing = np.zeros(0, np.int64)
        return cls(Takings.none(), nothing, nothing, nothing, nothing)

    def __len__(self) -> int:
        return len(self.takings)

    def and_these(self, more: _Patterns) -> _Patterns:
        """Return these patterns and more of them."""
        return _Patterns(
            self.takings.and_these(more.takings),
            np.concatenate([self.cost, more.cost]),
            np.concatenate([self.row, more.row]),
            np.concatenate([self.pattern, more.pattern + len(self)]),
            np.concatenate([self.value, more.value]),
        )

    def only(self, kept: Bools) -> _Patterns:
        """Return some of the patterns."""
        entry = kept[self.pattern]
        return _Patterns(
            self.takings.only(kept),
            self.cost[kept],
            self.row[entry],
            (np.cumsum(kept) - 1)[self.pattern[entry]],
            self.value[entry],
        )


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
        self._inside = inside
        self._alone = np.flatnonzero(~inside & (program.most > 0))
        self._blocks = blocks
        self._patterns = _Patterns.none()
        self._growing: GrowingProgram | None = None
        self._basis: Basis | None = None
        self._by_column = np.argsort(program.column, kind="stable")
        columns = np.arange(program.columns + 1)
        self._first = np.searchsorted(program.column[self._by_column], columns)

    @property
    def takings(self) -> Takings:
        """What the patterns take."""
        return self._patterns.takings

    @property
    def entries(self) -> int:
        """Entries of the patterns."""
        return len(self._patterns.row)

    def add(self, takings: Takings) -> None:
        """Add patterns."""
        if len(takings):
            self._patterns = self._patterns.and_these(self._compiled(takings))

    def within(self, program: LinearProgram) -> Master:
        """Return a master of the same rows in which columns have less at most."""
        other = copy(self)
        Master._restrict(other, program)
        return other

    def _restrict(self, program: LinearProgram) -> None:
        self.rest()
        alone, patterns = self._alone, self._patterns
        kept = patterns.takings.within(program.most)
        self._program = program
        self._alone = np.flatnonzero(~self._inside & (program.most > 0))
        self._patterns = patterns.only(kept)
        if self._basis is not None:
            slack = np.ones(2 * program.rows, np.bool_)
            there = np.concatenate([np.isin(alone, self._alone), slack, kept])
            self._basis = self._basis_of(there, self._basis, patterns)

    def _basis_of(self, there: Bools, basis: Basis, patterns: _Patterns) -> Basis | None:
        """Return a basis of the columns still there, where one can be made of it.

        For each pattern that it loses, a row that this served has slack: that of its block,
        which takes less now, or one of those it helped to keep.
        """
        columns = np.full(len(there), AT_ZERO)
        columns[: len(basis.columns)] = basis.columns
        lost = np.flatnonzero(~there & (columns == BASIC)) - (len(there) - len(patterns))
        served = np.concatenate(
            [
                self._program.rows + np.unique(patterns.takings.block[lost[lost >= 0]]),
                np.unique(patterns.row[np.isin(patterns.pattern, lost)]),
            ]
        )
        slack = served[basis.rows[served] != BASIC][: len(lost)]
        rows = basis.rows.copy()
        rows[slack] = BASIC
        return Basis(columns[there], rows) if len(slack) == len(lost) else None

    def solve(self, centre: Floats, box: int, deadline: Deadline) -> MasterSolution | None:
        """Return the optimum with the duals within `box` of `centre`.

        None where there is none in time, or the solver failed again when it began from nothing.
        """
        program, alone, rows = self._program, self._alone, self._program.rows
        whole = np.rint(centre).astype(np.int64)
        missing = np.concatenate([whole + box, box - whole])
        cost = np.concatenate([program.cost[alone], missing, self._patterns.cost])
        solution = self._grown(cost, deadline)
        if solution is None and not deadline.passed():
            self._growing = None
            solution = self._grown(cost, deadline)
        if solution is None:
            self._growing = None
            return None
        found, duals = solution
        values = np.zeros(program.columns)
        values[alone] = found[: len(alone)]
        weights = found[len(found) - len(self._patterns) :]
        takings = self._patterns.takings
        np.add.at(values, takings.column, weights[takings.pattern] * takings.amount)
        missed = float(found[len(alone) : len(alone) + 2 * rows].sum())
        mixed = takings.only(weights > _NOTHING)
        return MasterSolution(values, duals[:rows], float(cost @ found), missed, mixed)

    def _grown(self, cost: Ints, deadline: Deadline) -> tuple[Floats, Floats] | None:
        """Solve the program with all patterns at this cost, from where the last solve ended."""
        if self._growing is None:
            self._growing = GrowingProgram(self._without_patterns())
        grown = self._growing.columns - len(self._alone) - 2 * self._program.rows
        new = np.ones(len(self._patterns) - grown, np.int64)
        self._growing.change(cost, new, self._entries(grown))
        if self._basis is not None:
            self._growing.begin_at(self._basis)
            self._basis = None
        return self._growing.solve(deadline)

    def rest(self) -> None:
        """Give the solver's memory free, for as long as nothing is solved."""
        if self._growing is not None:
            self._basis = self._growing.basis
            self._growing = None

    def _without_patterns(self) -> LinearProgram:
        """Return the columns alone, and what each row may lack or have too much."""
        program, alone = self._program, self._alone
        number = np.full(program.columns, -1)
        number[alone] = np.arange(len(alone))
        own = np.flatnonzero(number[program.column] >= 0)
        rows = np.arange(program.rows)
        one = np.ones(program.rows, np.int64)
        missed = len(alone) + rows
        row = np.concatenate([program.row[own], rows, rows])
        column = np.concatenate([number[program.column[own]], missed, missed + program.rows])
        value = np.concatenate([program.value[own], one, -one])
        order = np.lexsort((column, row))
        most = np.full(2 * program.rows, _MISSED_AT_MOST)
        return LinearProgram(
            cost=np.concatenate([program.cost[alone], np.zeros(2 * program.rows, np.int64)]),
            most=np.concatenate([program.most[alone], most]),
            upper=np.concatenate([program.upper, np.ones(self._blocks, np.int64)]),
            equal=np.concatenate([program.equal, np.zeros(self._blocks, np.bool_)]),
            row=row[order],
            column=column[order],
            value=value[order],
        )

    def _entries(self, begin: int) -> tuple[Ints, Ints, Ints]:
        """Return row, column and value of each entry of the patterns from `begin` on."""
        patterns, first = self._patterns, len(self._alone) + 2 * self._program.rows
        mine = np.arange(begin, len(patterns))
        own = np.flatnonzero(patterns.pattern >= begin)
        row = np.concatenate(
            [patterns.row[own], self._program.rows + patterns.takings.block[begin:]]
        )
        column = first + np.concatenate([patterns.pattern[own], mine])
        value = np.concatenate([patterns.value[own], np.ones(len(mine), np.int64)])
        order = np.lexsort((column, row))
        return row[order], column[order], value[order]

    def _compiled(self, takings: Takings) -> _Patterns:
        """Return patterns with what each costs, and their entries in the program's rows."""
        program, patterns = self._program, len(takings)
        column, amount, pattern = takings.column, takings.amount, takings.pattern
        cost = np.zeros(patterns, np.int64)
        np.add.at(cost, pattern, program.cost[column] * amount)
        sizes = self._first[column + 1] - self._first[column]
        offset = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        entry = self._by_column[np.repeat(self._first[column], sizes) + offset]
        key = program.row[entry] * patterns + np.repeat(pattern, sizes)
        keys, place = np.unique(key, return_inverse=True)
        value = np.zeros(len(keys), np.int64)
        np.add.at(value, place, program.value[entry] * np.repeat(amount, sizes))
        return _Patterns(takings, cost, keys // patterns, keys % patterns, value)
