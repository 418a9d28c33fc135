"""Gomory cuts: rows of the simplex tableau, rounded.

Where the linear program splits a unit, a combination of its tight rows says that the split column
and those at their bounds sum up to a fraction. All columns and all slack are whole numbers in an
assignment, so such a row can be rounded (Gomory, "Outline of an algorithm for integer solutions to
linear programs", Bulletin of the American Mathematical Society 64, 1958; Balas, Ceria, Cornuéjols
and Natraj, "Gomory cuts revisited", Operations Research Letters 19, 1996). Unlike the cuts of one
load row, these see what several workers can do together. Any multipliers give a valid row, so
they are rounded to fractions of a common denominator first, and each cut is one in whole numbers
(Cook, Dash, Fukasawa and Goycoolea, "Numerically safe Gomory mixed-integer cuts", INFORMS Journal
on Computing 21, 2009).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.columns.mir_cuts import Cut
from caseload_balancer.engine.linear_programs.programs import (
    AT_MOST,
    BASIC,
    Basis,
    Floats,
    LinearProgram,
)

_CUTS: Final = 30
"""Cuts returned at most, the deepest."""
_SPLITS: Final = 80
"""Split columns whose rows are rounded, those nearest to a half."""
_LARGEST_CORE: Final = 1_500
"""Rows by which split columns may hang together; more take too long to solve."""
_SPLIT: Final = 1e-3
"""How far from a whole number a column is split."""
_DENOMINATORS: Final = np.arange(1, 200)[:, None]
"""Tried for multipliers of a row."""
_LARGEST_DENOMINATOR: Final = 720
"""Taken where none of these is exact."""
_EXACT: Final = 1e-6
"""How near to a whole number, or to 0, a multiplier is one."""
_LARGEST_SUM: Final = 2.0**58
"""Sums of rows stay below, so that no whole number runs over."""
_LARGEST_COEFFICIENT: Final = 1_000_000
"""Larger numbers would do the linear program harm."""
_FRACTION: Final = 0.02
"""A right-hand side nearer to a whole number gives no cut worth having."""
_LEAST_EFFICACY: Final = 1e-4
"""Distance from the solution below which a cut is left out."""
_PARALLEL: Final = 0.5
"""Cosine of two cuts from which on the less deep one is left out."""


def tableau_cuts(program: LinearProgram, active: Bools, values: Floats, basis: Basis) -> list[Cut]:
    """Return the deepest cuts of a solution that rounding rows of its tableau yields.

    Parameters
    ----------
    program
        All of whose columns, and the slack of whose rows, are whole numbers in an assignment.
    active
        Shape (columns,): the columns that take part in the solution.
    values, basis
        The solution. Columns that take no part are at 0, or at their most.
    """
    rows = _in_whole_numbers(_multipliers(program, active, values, basis))
    at_most = basis.columns == AT_MOST
    flipped = at_most | (2 * values > program.most)
    seen = _Rounding(program, values, flipped, active | at_most)
    everything = _Rounding(program, values, flipped)
    deepest = _deepest([seen.cut(*row) for row in rows], program.columns)
    found = [everything.cut(*rows[number]) for number in deepest]
    return [cut for cut in found if np.abs(cut.coefficient).max() <= _LARGEST_COEFFICIENT]


def _deepest(cuts: list[Cut], columns: int) -> list[int]:
    """Return the numbers of the deepest cuts, none of which is nearly parallel to another."""
    order = sorted(range(len(cuts)), key=lambda number: -cuts[number].efficacy)
    found: list[int] = []
    directions: list[Floats] = []
    for number in order:
        cut = cuts[number]
        if cut.efficacy <= _LEAST_EFFICACY or len(found) == _CUTS:
            break
        direction = np.zeros(columns)
        direction[cut.column] = cut.coefficient / np.linalg.norm(cut.coefficient)
        if all(direction @ other <= _PARALLEL for other in directions):
            found.append(number)
            directions.append(direction)
    return found


def _multipliers(program: LinearProgram, active: Bools, values: Floats, basis: Basis) -> Floats:
    """Return what to multiply rows by to be left with one split column, shape (splits, rows).

    A row with a single basic column follows from the others; those left are solved together.
    """
    tight, basic = basis.rows != BASIC, active & (basis.columns == BASIC)
    entry = np.flatnonzero(tight[program.row] & basic[program.column])
    alone = np.bincount(program.row[entry], minlength=program.rows) == 1
    last = entry[alone[program.row[entry]]]
    core = basic.copy()
    core[program.column[last]] = False
    row, column = np.flatnonzero(tight & ~alone), np.flatnonzero(core)
    away = np.abs(values - np.rint(values))[column]
    split = np.argsort(-away, kind="stable")[:_SPLITS]
    split = split[away[split] > _SPLIT]
    found = np.zeros((len(split), program.rows))
    if len(row) != len(column) or len(row) > _LARGEST_CORE or len(split) == 0:
        return found[:0]
    mine = entry[~alone[program.row[entry]]]
    inside = mine[core[program.column[mine]]]
    matrix = np.zeros((len(column), len(row)))
    matrix[
        np.searchsorted(column, program.column[inside]), np.searchsorted(row, program.row[inside])
    ] = program.value[inside]
    wanted = np.zeros((len(column), len(split)))
    wanted[split, np.arange(len(split))] = 1.0
    try:
        found[:, row] = np.linalg.solve(matrix, wanted).T
    except np.linalg.LinAlgError:
        return found[:0]
    outside = mine[~core[program.column[mine]]]
    left = np.zeros((program.columns, len(split)))
    np.add.at(
        left,
        program.column[outside],
        found[:, program.row[outside]].T * program.value[outside, None],
    )
    found[:, program.row[last]] = -(left[program.column[last]] / program.value[last, None]).T
    reach = np.bincount(
        program.row,
        np.abs(program.value * 1.0) * program.most[program.column],
        minlength=program.rows,
    )
    reach += np.abs(program.upper)
    return np.asarray(found[np.abs(found) @ reach * _LARGEST_DENOMINATOR < _LARGEST_SUM])


def _in_whole_numbers(multipliers: Floats) -> list[tuple[Ints, int]]:
    """Return multipliers times a denominator, with this. Negated, they give the same cut."""
    found = []
    for mine in multipliers:
        some = np.flatnonzero(np.abs(mine) > _EXACT)
        times = mine[some] * _DENOMINATORS
        exact = np.flatnonzero((np.abs(times - np.rint(times)) < _EXACT).all(axis=1))
        denominator = int(_DENOMINATORS[exact[0], 0]) if len(exact) else _LARGEST_DENOMINATOR
        whole = np.zeros(len(mine), np.int64)
        whole[some] = np.rint(mine[some] * denominator + _EXACT)  # halves upwards, on any machine
        found.append((whole, denominator))
    return found


class _Rounding:
    """Rounds sums of rows.

    Parameters
    ----------
    values
        Shape (columns,): the solution.
    flipped
        Shape (columns,): the columns that count from their most downwards.
    there
        Shape (columns,): the columns that are looked at; all by default.
    """

    def __init__(
        self, program: LinearProgram, values: Floats, flipped: Bools, there: Bools | None = None
    ) -> None:
        entry = slice(None) if there is None else np.flatnonzero(there[program.column])
        self._program = program
        self._row, self._column = program.row[entry], program.column[entry]
        self._value = program.value[entry]
        self._values, self._flipped = values, flipped

    def cut(self, multiplier: Ints, denominator: int) -> Cut:
        """Return the cut that is the sum of all rows, so many times each, divided and rounded.

        Its efficacy is 0 where the right-hand side is nearly whole.
        """
        program = self._program
        column, total = self._summed(multiplier)
        flipped = self._flipped[column]
        most = np.where(flipped, program.most[column], 0)
        room = int(multiplier @ program.upper - total @ most)
        scale = denominator - room % denominator
        sign = np.where(flipped, -1, 1)
        coefficient = np.zeros(program.columns, np.int64)
        coefficient[column] = sign * _rounded(sign * total, denominator, scale)
        upper = room // denominator * scale + int(coefficient[column] @ most)
        slack = np.where(program.equal, 0, _rounded(multiplier, denominator, scale))
        upper -= int(slack @ program.upper)
        column, total = self._summed(slack)
        coefficient[column] -= total
        column = np.flatnonzero(coefficient)
        coefficient = coefficient[column]
        divisor = max(1, int(np.gcd.reduce(coefficient)))
        coefficient, upper = coefficient // divisor, upper // divisor
        beyond = float(coefficient @ self._values[column]) - upper
        steep = _FRACTION < scale / denominator < 1 - _FRACTION
        efficacy = beyond / max(1.0, float(np.linalg.norm(coefficient))) if steep else 0.0
        return Cut(column, coefficient, upper, efficacy)

    def _summed(self, multiplier: Ints) -> tuple[Ints, Ints]:
        """Return the columns that occur in a sum of rows, and with what."""
        times = multiplier[self._row]
        entry = np.flatnonzero(times)
        total = np.zeros(self._program.columns, np.int64)
        np.add.at(total, self._column[entry], times[entry] * self._value[entry])
        column = np.flatnonzero(total)
        return column, total[column]


def _rounded(value: Ints, denominator: int, scale: int) -> Ints:
    """Return values divided and rounded down, times `scale`, and what of a fraction counts."""
    whole, rest = np.divmod(value, denominator)
    return np.asarray(whole * scale + np.maximum(0, rest - (denominator - scale)))
