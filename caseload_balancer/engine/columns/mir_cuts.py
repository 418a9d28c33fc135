"""Mixed-integer rounding cuts from the load row of one worker.

With ``s`` the use beyond a breakpoint ``b``, ``sum a[j] x[j] - s <= b`` holds for every
assignment. Complement the arcs that are nearly taken, divide by ``d``, round, and the result cuts
off fractional loads (Marchand and Wolsey, "Aggregation and mixed integer rounding to solve
MIPs", Operations Research 49, 2001). Multiplied by ``d - r``, with ``r`` the remainder of the
right-hand side, all coefficients are whole numbers, so a bound from the cuts can be exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats

_BREAKPOINTS: Final = 12
"""Breakpoints tried on each side of a load."""
_ROWS_EACH: Final = 3
"""Cuts kept of one load row in one round."""
_LEAST_EFFICACY: Final = 1e-3
_WHOLE: Final = 1e-6
"""How near to 0 or 1 counts as whole."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LoadRow:
    """One row ``sum use[j] x[column[j]] - sum of pieces <= room``.

    Parameters
    ----------
    column, use
        The columns that take 0 or 1, and what each uses.
    piece, at
        The columns of the pieces of the convex cost, in order, and the use at which each begins.
    limit
        The hard limit of the use.
    """

    column: Ints
    use: Ints
    piece: Ints
    at: Ints
    limit: int


@dataclass(frozen=True, eq=False)
class Cut:
    """``coefficient @ x[column] <= upper``, in whole numbers."""

    column: Ints
    coefficient: Ints
    upper: int
    efficacy: float


def load_rows(linear: Linearisation) -> list[LoadRow]:
    """Return the rows of a relaxation that cuts can come from."""
    program = linear.program
    order = np.searchsorted(program.row, np.arange(program.rows + 1))
    found = []
    for cell in np.flatnonzero(linear.cell_row >= 0):
        row = linear.cell_row[cell]
        entries = slice(order[row], order[row + 1])
        column, use = program.column[entries], program.value[entries]
        options = column < linear.first_piece
        first, last = np.searchsorted(linear.piece_cell, [cell, cell + 1])
        piece = linear.first_piece + np.arange(first, last)
        if options.any():
            found.append(
                LoadRow(
                    column=column[options],
                    use=use[options],
                    piece=piece,
                    at=linear.piece_at[first:last],
                    limit=int(program.upper[row] + program.most[piece].sum()),
                )
            )
    return found


def separate(row: LoadRow, point: Floats) -> list[Cut]:
    """Return the deepest cuts of `point` that rounding the row yields, deepest first.

    Parameters
    ----------
    point
        Shape (columns of the program,): the solution of the relaxation.
    """
    x = point[row.column]
    fractional = (x > _WHOLE) & (x < 1 - _WHOLE)
    if not fractional.any():
        return []
    beyond = np.append(np.cumsum(point[row.piece][::-1])[::-1], 0.0)
    at = np.append(row.at, row.limit)
    middle = int(np.searchsorted(at, row.use @ x))
    near = np.arange(max(0, middle - _BREAKPOINTS), min(len(at), middle + _BREAKPOINTS))
    divisor = np.unique(row.use[fractional])
    divisor = divisor[divisor > 1]
    support = x > _WHOLE
    found: list[Cut] = []
    for least in (0.5, 1 - _WHOLE):
        flipped = x > least
        found += _round(row, x, support, flipped, near, at, beyond, divisor)
    found.sort(key=lambda cut: -cut.efficacy)
    return found[:_ROWS_EACH]


def _round(
    row: LoadRow,
    x: Floats,
    support: Bools,
    flipped: Bools,
    near: Ints,
    at: Ints,
    beyond: Floats,
    divisor: Ints,
) -> list[Cut]:
    sign = np.where(flipped, -1, 1)
    room = at[near] - row.use[flipped].sum()
    remainder = room[:, None] % divisor
    valid = remainder > 0
    mine = support.nonzero()[0]
    use = (sign * row.use)[mine]
    value = np.where(flipped, 1 - x, x)[mine]
    rounded = _coefficients(use, divisor[None, :, None], remainder[:, :, None])
    upper = (room[:, None] // divisor) * (divisor - remainder)
    violation = rounded @ value - upper - beyond[near][:, None]
    norm = np.sqrt((rounded**2).sum(axis=2) + 1.0)
    efficacy = np.where(valid, violation / norm, 0.0)
    found = []
    for k, d in zip(
        *np.unravel_index(np.argsort(-efficacy, axis=None)[:_ROWS_EACH], efficacy.shape),
        strict=True,
    ):
        if efficacy[k, d] < _LEAST_EFFICACY:
            break
        whole = _coefficients(sign * row.use, divisor[d], remainder[k, d])
        kept = whole != 0
        pieces = row.piece[near[k] :]
        found.append(
            Cut(
                column=np.concatenate([row.column[kept], pieces]),
                coefficient=np.concatenate([(sign * whole)[kept], np.full(len(pieces), -1)]),
                upper=int(upper[k, d] - whole[flipped].sum()),
                efficacy=float(efficacy[k, d]),
            )
        )
    return found


def _coefficients(use: Ints, divisor: Ints, remainder: Ints) -> Ints:
    """Return the rounded coefficients, times ``divisor - remainder``."""
    whole = (use // divisor) * (divisor - remainder)
    return np.asarray(whole + np.maximum(0, use % divisor - remainder))
