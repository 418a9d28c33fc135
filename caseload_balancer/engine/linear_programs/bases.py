"""A simplex basis that stands for a known assignment, so that a solve begins there.

Each unit's row has the option taken in the basis, each priced use the piece it ends in; all
other rows are slack. The basis matrix is triangular, and the solve starts near its end.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import AT_MOST, AT_ZERO, BASIC, Basis


def basis_of(arrays: Arrays, linear: Linearisation, assignment: Ints) -> Basis:
    """Return the basis of an assignment; it need not keep the ceilings."""
    program = linear.program
    columns = np.full(program.columns, AT_ZERO)
    rows = np.full(program.rows, BASIC)
    chosen = chosen_arcs(arrays, assignment)
    option = chosen.copy()
    waiting = np.flatnonzero(chosen < 0)
    option[waiting] = arrays.arcs + np.searchsorted(linear.waits, waiting)
    kept = np.flatnonzero(program.most[option] > 0)
    columns[option[kept]] = BASIC
    rows[kept] = AT_MOST
    use = resource_use(arrays, assignment).ravel()[linear.piece_cell]
    end = linear.piece_at + program.most[linear.first_piece :]
    columns[linear.first_piece :][end <= use] = AT_MOST
    inside = np.flatnonzero((linear.piece_at < use) & (use < end))
    columns[linear.first_piece + inside] = BASIC
    rows[linear.cell_row[linear.piece_cell[inside]]] = AT_MOST
    return Basis(columns, rows)
