"""The simplex basis of a known assignment, from which a solve can begin.

In each unit's row the option taken is basic, in each priced use's row the segment that is partly
filled; in all other rows the slack is. The basis matrix is triangular.
"""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.math_opt import AT_LOWER, AT_UPPER, BASIC, Basis


def basis_of(arrays: Arrays, linear: Linearisation, assignment: Ints) -> Basis:
    """Return the basis of an assignment; it need not keep the ceilings."""
    program = linear.program
    columns = np.full(program.columns, AT_LOWER)
    rows = np.full(program.rows, BASIC)
    chosen = chosen_arcs(arrays, assignment)
    option = chosen.copy()
    waiting = np.flatnonzero(chosen < 0)
    option[waiting] = arrays.arcs + np.searchsorted(linear.waits, waiting)
    kept = np.flatnonzero(program.upper[option] > 0)
    columns[option[kept]] = BASIC
    rows[kept] = AT_UPPER
    use = resource_use(arrays, assignment).ravel()[linear.segment_cell]
    end = linear.segment_start + program.upper[linear.first_segment :]
    columns[linear.first_segment :][end <= use] = AT_UPPER
    inside = np.flatnonzero((linear.segment_start < use) & (use < end))
    columns[linear.first_segment + inside] = BASIC
    rows[linear.cell_row[linear.segment_cell[inside]]] = AT_UPPER
    return Basis(columns, rows)
