"""Programs, bases and answers in the messages of OR-Tools' math_opt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.failures import contained
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram

AT_LOWER: Final = 2
AT_UPPER: Final = 3
BASIC: Final = 5
"""math_opt's numbers for the status of a column or row in a basis."""


@dataclass(frozen=True, eq=False)
class Basis:
    """Status of each column and row, in the numbers of math_opt."""

    columns: Ints
    rows: Ints


def none_on_failure(ask: Callable[[Any], Any], *, what: str, deadline: Deadline) -> Any:
    """Return the answer of a solver, None where it failed.

    Numerical trouble is ordinary; any other failure is noted with the deadline.

    Parameters
    ----------
    ask
        Asks the solver, given what interrupts it; GLOP heeds that at once, HiGHS does not.
    what
        The solver's name.
    """

    def answer() -> Any:
        from ortools.util.python.pybind_solve_interrupter import (  # noqa: PLC0415 (as below)
            PySolveInterrupter,
        )
        from pybind11_abseil.status import (  # noqa: PLC0415 (it comes with OR-Tools)
            StatusCode,
            StatusNotOk,
        )

        interrupter = PySolveInterrupter()
        try:
            with deadline.stopping(interrupter.interrupt):
                return ask(interrupter)
        except StatusNotOk as error:
            if error.status.code() != StatusCode.INTERNAL:
                raise
            return None

    return contained(answer, None, what=what, deadline=deadline)


def solver_settings(deadline: Deadline) -> Any:
    """Return math_opt's settings for a search in the time that is left, None when none is."""
    from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
        parameters_pb2,
    )

    if not deadline.allows(0.0):
        return None
    settings = parameters_pb2.SolveParametersProto()
    settings.time_limit.FromNanoseconds(int(min(deadline.remaining(), 1e6) * 1e9))
    return settings


def program_message(
    program: LinearProgram, active: Bools, integer: Bools, *, all_rows: bool = False
) -> Any:
    """Return the program over its active columns, some of them integers, as math_opt's message.

    Rows without an active column are left out, unless `all_rows` is to be there.
    """
    from ortools.math_opt import model_pb2  # noqa: PLC0415 (OR-Tools is loaded when first needed)

    model = model_pb2.ModelProto()
    ids = np.flatnonzero(active)
    model.variables.ids.extend(ids.tolist())
    model.variables.lower_bounds.extend([0.0] * len(ids))
    model.variables.upper_bounds.extend(program.upper[ids].tolist())
    model.variables.integers.extend(integer[ids].tolist())
    priced = ids[program.cost[ids] != 0]
    model.objective.linear_coefficients.ids.extend(priced.tolist())
    model.objective.linear_coefficients.values.extend(program.cost[priced].tolist())
    kept = np.flatnonzero(active[program.column] & (program.value != 0))
    rows = np.arange(program.rows) if all_rows else np.unique(program.row[kept])
    model.linear_constraints.ids.extend(rows.tolist())
    lower = np.where(program.equal, program.rhs, -np.inf)
    model.linear_constraints.lower_bounds.extend(lower[rows].tolist())
    model.linear_constraints.upper_bounds.extend(program.rhs[rows].tolist())
    matrix = model.linear_constraint_matrix
    matrix.row_ids.extend(program.row[kept].tolist())
    matrix.column_ids.extend(program.column[kept].tolist())
    matrix.coefficients.extend(program.value[kept].tolist())
    return model


def dense_vector(read: Any, length: int) -> Floats:
    """Return math_opt's sparse vector as an array, with 0 for what is no number."""
    found = np.zeros(length)
    found[np.array(read.ids, np.int64)] = np.nan_to_num(
        np.array(read.values, np.float64), nan=0.0, posinf=0.0, neginf=0.0
    )
    return found
