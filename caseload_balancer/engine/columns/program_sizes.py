"""What the size of a linear program rules out: cuts of the whole, rounding at once, GLOP alone."""

from __future__ import annotations

from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.parameters import Parameters

_WORK_AN_ENTRY: Final = 1e-6
"""Without so much work left, smoothed duals and what follows them end too early: of a service of 50
workers x 1,000 units with groups, 165,000 entries, the gap was 4.6 % with the work of 0.5 s instead
of 1.0, and 0.4 % instead of 0.6 with that of 1 s."""


def is_rough(linear: Linearisation, parameters: Parameters) -> bool:
    """Return whether a program is so large that it can only be solved and rounded roughly."""
    return len(linear.program.row) > parameters.columns.smoothed_from_entries


def is_large(linear: Linearisation, parameters: Parameters, *, last: bool) -> bool:
    """Return whether Gomory cuts of a program, of the last tier or an earlier one, take long."""
    entries = len(linear.program.row)
    return is_rough(linear, parameters) or (last and entries > parameters.cuts.gomory_entries)


def begins_smoothed(
    arrays: Arrays, linear: Linearisation, deadline: Deadline, parameters: Parameters, *, last: bool
) -> bool:
    """Return whether smoothed duals choose the first columns: GLOP alone would take long.

    Where groups count, the linear program of a large problem is too far from the best assignment to
    be rounded, so that smoothed duals will do.
    """
    if len(linear.segment_cell) == 0 or deadline.passed():
        return False
    many = arrays.units >= parameters.columns.smoothed_from_units
    grouped = is_large(linear, parameters, last=last) and not linear.only_loads
    enough = deadline.work_left() >= _WORK_AN_ENTRY * len(linear.program.row)
    return many or is_rough(linear, parameters) or (grouped and enough)
