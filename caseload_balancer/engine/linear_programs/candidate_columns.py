"""What candidates leave of a linear program: fewer columns, and segments within the windows.

Reduced costs leave a window for each load. A segment below it is filled in every assignment that
is left, and one above it in none; so little is left to branch on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from caseload_balancer.arrays import Bools
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import LinearProgram


def candidate_program(
    linear: Linearisation, program: LinearProgram, candidates: Candidates
) -> tuple[LinearProgram, Bools]:
    """Return the program left to assignments made of candidates, and its active columns.

    Parameters
    ----------
    program
        That of `linear`, perhaps with more rows.
    """
    first, cell, at = linear.first_segment, linear.segment_cell, linear.segment_start
    upper = program.upper.copy()
    upper[: linear.first_wait] *= candidates.arc
    upper[linear.first_wait :][: len(linear.waits)] *= candidates.wait[linear.waits]
    filled = at + upper[first:] <= candidates.least.ravel()[cell]
    most = np.clip(candidates.most.ravel()[cell] - at, 0, upper[first:])
    upper[first:] = np.where(filled, upper[first:], most)
    at_upper = np.zeros(program.columns, np.bool_)
    at_upper[first:] = filled
    left = replace(program, upper=upper).fixed_at_upper(at_upper)
    return left, np.asarray((upper > 0) & ~at_upper)
