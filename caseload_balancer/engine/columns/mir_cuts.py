"""Mixed-integer rounding cuts from the load row of one worker.

With ``s`` the use beyond a breakpoint ``b``, ``sum a[j] x[j] - s <= b`` holds for every
assignment. Complement the arcs that are nearly taken, divide by ``d``, round, and the result cuts
off fractional loads (Marchand and Wolsey, "Aggregation and mixed integer rounding to solve
MIPs", Operations Research 49, 2001). Multiplied by ``d - r``, with ``r`` the remainder of the
right-hand side, all coefficients are whole numbers, so a bound from the cuts can be exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, CutParameters


@dataclass(frozen=True, eq=False, kw_only=True)
class LoadRow:
    """One row ``sum use[j] x[column[j]] - sum of segments <= room``.

    Parameters
    ----------
    column, use
        The columns that take 0 or 1, and what each uses.
    segment, at
        The columns of the segments of the convex cost, in order, and the use at which each starts.
    limit
        The hard limit of the use.
    """

    column: Ints
    use: Ints
    segment: Ints
    at: Ints
    limit: int


@dataclass(frozen=True, eq=False)
class Cut:
    """``coefficient @ x[column] <= rhs``, in whole numbers."""

    column: Ints
    coefficient: Ints
    rhs: int
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
        options = column < linear.first_segment
        first, last = np.searchsorted(linear.segment_cell, [cell, cell + 1])
        segment = linear.first_segment + np.arange(first, last)
        if options.any():
            found.append(
                LoadRow(
                    column=column[options],
                    use=use[options],
                    segment=segment,
                    at=linear.segment_start[first:last],
                    limit=int(program.rhs[row] + program.upper[segment].sum()),
                )
            )
    return found


def separate_mir_cuts(
    row: LoadRow, point: Floats, parameters: CutParameters = DEFAULTS.cuts
) -> list[Cut]:
    """Return the deepest cuts of `point` that rounding the row yields, deepest first.

    Parameters
    ----------
    point
        Shape (columns of the program,): the solution of the relaxation.
    parameters
        Of cuts.
    """
    x = point[row.column]
    fractional = (x > INTEGRALITY) & (x < 1 - INTEGRALITY)
    if not fractional.any():
        return []
    beyond = np.append(np.cumsum(point[row.segment][::-1])[::-1], 0.0)
    at = np.append(row.at, row.limit)
    middle = int(np.searchsorted(at, row.use @ x))
    near = np.arange(
        max(0, middle - parameters.mir_breakpoints),
        min(len(at), middle + parameters.mir_breakpoints),
    )
    divisor = np.unique(row.use[fractional])
    divisor = divisor[divisor > 1]
    support = x > INTEGRALITY
    found: list[Cut] = []
    for least in (0.5, 1 - INTEGRALITY):
        complemented = x > least
        found += _rounded_rows(row, x, support, complemented, near, at, beyond, divisor, parameters)
    found.sort(key=lambda cut: -cut.efficacy)
    return found[: parameters.mir_cuts_a_row]


def _rounded_rows(
    row: LoadRow,
    x: Floats,
    support: Bools,
    complemented: Bools,
    near: Ints,
    at: Ints,
    beyond: Floats,
    divisor: Ints,
    parameters: CutParameters,
) -> list[Cut]:
    sign = np.where(complemented, -1, 1)
    room = at[near] - row.use[complemented].sum()
    remainder = room[:, None] % divisor
    valid = remainder > 0
    mine = support.nonzero()[0]
    use = (sign * row.use)[mine]
    value = np.where(complemented, 1 - x, x)[mine]
    rounded = _coefficients(use, divisor[None, :, None], remainder[:, :, None])
    rhs = (room[:, None] // divisor) * (divisor - remainder)
    violation = rounded @ value - rhs - beyond[near][:, None]
    norm = np.sqrt((rounded.astype(np.float64) ** 2).sum(axis=2) + 1.0)
    efficacy = np.where(valid, violation / norm, 0.0)
    found = []
    for k, d in zip(
        *np.unravel_index(
            np.argsort(-efficacy, axis=None)[: parameters.mir_cuts_a_row], efficacy.shape
        ),
        strict=True,
    ):
        if efficacy[k, d] < parameters.mir_least_efficacy:
            break
        whole = _coefficients(sign * row.use, divisor[d], remainder[k, d])
        kept = whole != 0
        segments = row.segment[near[k] :]
        found.append(
            Cut(
                column=np.concatenate([row.column[kept], segments]),
                coefficient=np.concatenate([(sign * whole)[kept], np.full(len(segments), -1)]),
                rhs=int(rhs[k, d] - whole[complemented].sum()),
                efficacy=float(efficacy[k, d]),
            )
        )
    return found


def _coefficients(use: Ints, divisor: Ints, remainder: Ints) -> Ints:
    """Return the rounded coefficients, times ``divisor - remainder``."""
    whole = (use // divisor) * (divisor - remainder)
    return np.asarray(whole + np.maximum(0, use % divisor - remainder))


def with_cuts(program: LinearProgram, cuts: list[Cut]) -> LinearProgram:
    """Return a program with cuts as rows."""
    sizes = [len(cut.column) for cut in cuts]
    return program.with_rows(
        np.array([cut.rhs for cut in cuts], np.int64),
        np.repeat(np.arange(len(cuts)), sizes),
        np.concatenate([cut.column for cut in cuts]),
        np.concatenate([cut.coefficient for cut in cuts]),
    )
