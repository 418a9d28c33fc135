"""Gomory cuts: rows of the simplex tableau, rounded.

Where the linear program splits a unit, a combination of its tight rows says that the fractional
column and the columns at their bounds sum up to a fraction. All columns and slacks are whole
numbers in an assignment, so such a row can be rounded (Gomory, "Outline of an algorithm for integer
solutions to linear programs", Bulletin of the American Mathematical Society 64, 1958; Balas, Ceria,
Cornuéjols and Natraj, "Gomory cuts revisited", Operations Research Letters 19, 1996). Unlike the
MIR cuts of one load row, these combine the rows of several workers. Any multipliers give a valid
row, so they are rounded to fractions of a common denominator first, and each cut has whole numbers
(Cook, Dash, Fukasawa and Goycoolea, "Numerically safe Gomory mixed-integer cuts", INFORMS Journal
on Computing 21, 2009).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.columns.mir_cuts import Cut
from caseload_balancer.engine.linear_programs.math_opt import AT_UPPER, BASIC, Basis
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.parameters import DEFAULTS, CutParameters

_SPLIT: Final = 1e-3
"""A column further than this from a whole number is fractional."""
_DENOMINATORS: Final = np.arange(1, 200)[:, None]
"""Tried for multipliers of a row."""
_LARGEST_DENOMINATOR: Final = 720
"""The denominator where none of these is exact."""
_EXACT: Final = 1e-6
"""A multiplier nearer than this to a whole number counts as it."""
_LARGEST_SUM: Final = 2.0**58
"""Sums of rows stay below, so that 64 bits suffice."""
_LARGEST_COEFFICIENT: Final = 1_000_000
"""Cuts with larger numbers would make the linear program ill-conditioned."""
_WORK_A_ROUND: Final = 2.5e-3
_WORK_AN_ENTRY: Final = 8e-8
"""0.03 s were measured for 13,000 entries."""


def work_of_a_round(program: LinearProgram) -> float:
    """Return about what it takes to separate the cuts of one solution."""
    return _WORK_A_ROUND + _WORK_AN_ENTRY * len(program.row)


def separate_gomory_cuts(
    program: LinearProgram,
    active: Bools,
    values: Floats,
    basis: Basis,
    parameters: CutParameters = DEFAULTS.cuts,
) -> list[Cut]:
    """Return the deepest cuts of a solution that rounding rows of its tableau yields.

    Parameters
    ----------
    program
        All of whose columns, and the slack of whose rows, are whole numbers in an assignment.
    active
        Shape (columns,): the columns that were active in the solution.
    values, basis
        The solution. Inactive columns are at 0, or at their upper bounds.
    parameters
        Of cuts.
    """
    rows = _as_fractions(_multipliers(program, active, values, basis, parameters))
    at_most = basis.columns == AT_UPPER
    complemented = at_most | (2 * values > program.upper)
    least = parameters.gomory_fraction
    seen = _RowRounding(program, values, complemented, least, active | at_most)
    everything = _RowRounding(program, values, complemented, least)
    deepest = _deepest([seen.cut(*row) for row in rows], program.columns, parameters)
    found = [everything.cut(*rows[number]) for number in deepest]
    return [cut for cut in found if np.abs(cut.coefficient).max() <= _LARGEST_COEFFICIENT]


def _deepest(cuts: list[Cut], columns: int, parameters: CutParameters) -> list[int]:
    """Return the numbers of the deepest cuts, none of which is nearly parallel to another."""
    order = sorted(range(len(cuts)), key=lambda number: -cuts[number].efficacy)
    found: list[int] = []
    directions: list[Floats] = []
    for number in order:
        cut = cuts[number]
        weak = cut.efficacy <= parameters.gomory_least_efficacy
        if weak or len(found) == parameters.gomory_cuts:
            break
        direction = np.zeros(columns)
        direction[cut.column] = cut.coefficient / np.linalg.norm(cut.coefficient)
        if all(direction @ other <= parameters.gomory_parallel for other in directions):
            found.append(number)
            directions.append(direction)
    return found


def _multipliers(
    program: LinearProgram,
    active: Bools,
    values: Floats,
    basis: Basis,
    parameters: CutParameters,
) -> Floats:
    """Return the multipliers that leave one fractional basic column, shape (splits, rows).

    The multiplier of a row with a single basic column follows from the others, which solve a
    smaller system of equations.
    """
    tight, basic = basis.rows != BASIC, active & (basis.columns == BASIC)
    entry = np.flatnonzero(tight[program.row] & basic[program.column])
    alone = np.bincount(program.row[entry], minlength=program.rows) == 1
    last = entry[alone[program.row[entry]]]
    core = basic.copy()
    core[program.column[last]] = False
    row, column = np.flatnonzero(tight & ~alone), np.flatnonzero(core)
    away = np.abs(values - np.rint(values))[column]
    split = np.argsort(-away, kind="stable")[: parameters.gomory_columns]
    split = split[away[split] > _SPLIT]
    found = np.zeros((len(split), program.rows))
    if len(row) != len(column) or len(row) > parameters.gomory_core or len(split) == 0:
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
        np.abs(program.value * 1.0) * program.upper[program.column],
        minlength=program.rows,
    )
    reach += np.abs(program.rhs)
    return np.asarray(found[np.abs(found) @ reach * _LARGEST_DENOMINATOR < _LARGEST_SUM])


def _as_fractions(multipliers: Floats) -> list[tuple[Ints, int]]:
    """Return multipliers as whole numbers over a denominator: numerators and denominator."""
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


class _RowRounding:
    """Rounds combinations of rows to cuts.

    Parameters
    ----------
    values
        Shape (columns,): the solution.
    complemented
        Shape (columns,): the columns that are counted downwards from their upper bounds.
    least_fraction
        Right-hand sides nearer to a whole number give cuts of efficacy 0.
    columns_seen
        Shape (columns,): the columns that are considered; all by default.
    """

    def __init__(
        self,
        program: LinearProgram,
        values: Floats,
        complemented: Bools,
        least_fraction: float,
        columns_seen: Bools | None = None,
    ) -> None:
        entry = (
            slice(None) if columns_seen is None else np.flatnonzero(columns_seen[program.column])
        )
        self._program = program
        self._row, self._column = program.row[entry], program.column[entry]
        self._value = program.value[entry]
        self._values, self._complemented = values, complemented
        self._least_fraction = least_fraction

    def cut(self, multiplier: Ints, denominator: int) -> Cut:
        """Return the cut of a sum of rows, each times its multiplier over the denominator.

        Its efficacy is 0 where the right-hand side is nearly whole.
        """
        program = self._program
        column, total = self._summed(multiplier)
        complemented = self._complemented[column]
        most = np.where(complemented, program.upper[column], 0)
        room = int(multiplier @ program.rhs - total @ most)
        scale = denominator - room % denominator
        sign = np.where(complemented, -1, 1)
        coefficient = np.zeros(program.columns, np.int64)
        coefficient[column] = sign * _rounded(sign * total, denominator, scale)
        rhs = room // denominator * scale + int(coefficient[column] @ most)
        slack = np.where(program.equal, 0, _rounded(multiplier, denominator, scale))
        rhs -= int(slack @ program.rhs)
        column, total = self._summed(slack)
        coefficient[column] -= total
        column = np.flatnonzero(coefficient)
        coefficient = coefficient[column]
        divisor = max(1, int(np.gcd.reduce(coefficient)))
        coefficient, rhs = coefficient // divisor, rhs // divisor
        beyond = float(coefficient @ self._values[column]) - rhs
        steep = self._least_fraction < scale / denominator < 1 - self._least_fraction
        efficacy = beyond / max(1.0, float(np.linalg.norm(coefficient))) if steep else 0.0
        return Cut(column, coefficient, rhs, efficacy)

    def _summed(self, multiplier: Ints) -> tuple[Ints, Ints]:
        """Return the columns that occur in a sum of rows, and their coefficients."""
        times = multiplier[self._row]
        entry = np.flatnonzero(times)
        total = np.zeros(self._program.columns, np.int64)
        np.add.at(total, self._column[entry], times[entry] * self._value[entry])
        column = np.flatnonzero(total)
        return column, total[column]


def _rounded(value: Ints, denominator: int, scale: int) -> Ints:
    """Return values divided and rounded down, times `scale`, plus the part of large fractions."""
    whole, rest = np.divmod(value, denominator)
    return np.asarray(whole * scale + np.maximum(0, rest - (denominator - scale)))
