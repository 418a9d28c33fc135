"""Linear programs solved by the simplex method of GLOP, in floating point.

No bound is taken from what it answers: see `pricing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from caseload_balancer.arrays import Bools
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.math_opt import (
    AT_LOWER,
    BASIC,
    Basis,
    dense_vector,
    none_on_failure,
    program_message,
    solver_settings,
)
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram

_WORK_A_STEP: Final = 8e-10
"""Work of an iteration of the primal simplex method, for each row and column."""
_WORK_A_DUAL_STEP: Final = 1e-9
_WORK_A_FRESH_STEP: Final = 3e-10
"""The same of the dual method, and of that from a slack basis: most iterations are short. On ten
kinds of instances what is charged so is 0.4 to 1.4 times what was measured."""
_STEPS_TO_BUILD: Final = 500
"""Iterations that take as long as building the program."""


@dataclass(frozen=True, eq=False)
class LinearSolution:
    """What GLOP found.

    Parameters
    ----------
    values
        Shape (columns,).
    duals
        Shape (rows,).
    basis
        Where the next solve of the same program, with rows or columns added, may begin.
    work
        About how long an idle core takes, counted rather than timed, in the deadline's unit.
    """

    values: Floats
    duals: Floats
    basis: Basis
    work: float


def solve_linear(
    program: LinearProgram,
    active: Bools,
    *,
    deadline: Deadline,
    basis: Basis | None = None,
    dual: bool = False,
) -> LinearSolution | None:
    """Solve the program over its `active` columns with GLOP; the others stay at 0.

    Parameters
    ----------
    basis
        Where to begin.
    dual
        Whether the dual simplex is to be used: right after rows were added.

    Returns
    -------
    LinearSolution or None
        None where no optimum was found in time, or there is none.
    """
    from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
        callback_pb2,
        model_parameters_pb2,
        parameters_pb2,
        result_pb2,
    )
    from ortools.math_opt.core.python import solver  # noqa: PLC0415 (as above)

    settings = solver_settings(deadline)
    if settings is None:
        return None
    if dual:
        settings.lp_algorithm = parameters_pb2.LP_ALGORITHM_DUAL_SIMPLEX
    model = program_message(program, active, np.zeros(program.columns, np.bool_))
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if basis is not None:
        _start_from(hints.initial_basis, basis, model)
    answer = none_on_failure(
        lambda interrupter: solver.solve(
            model,
            parameters_pb2.SOLVER_TYPE_GLOP,
            parameters_pb2.SolverInitializerProto(),
            settings,
            hints,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter,
        ),
        what="GLOP",
        deadline=deadline,
    )
    if answer is None or answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        deadline.note_end()
        return None
    size = len(model.variables.ids) + len(model.linear_constraints.ids)
    iterations = answer.solve_stats.simplex_iterations
    step = _WORK_A_STEP
    if dual:
        step = _WORK_A_FRESH_STEP if basis is None else _WORK_A_DUAL_STEP
    work = size * (step * iterations + _WORK_A_STEP * _STEPS_TO_BUILD)
    return _read(program, answer.solutions[0], work)


def _start_from(message: Any, basis: Basis, model: Any) -> None:
    """Fill the message of an initial basis; in rows added since it was found, the slack is basic.

    It stays empty where columns of the basis are not active, as then it is no basis.
    """
    columns = np.array(model.variables.ids, np.int64)
    rows = np.array(model.linear_constraints.ids, np.int64)
    status = np.full(max(len(basis.rows), int(rows.max(initial=-1)) + 1), BASIC)
    status[: len(basis.rows)] = basis.rows
    if np.sum(basis.columns[columns] == BASIC) + np.sum(status[rows] == BASIC) != len(rows):
        return
    message.variable_status.ids.extend(columns.tolist())
    message.variable_status.values.extend(basis.columns[columns].tolist())
    message.constraint_status.ids.extend(rows.tolist())
    message.constraint_status.values.extend(status[rows].tolist())


def _read(program: LinearProgram, solution: Any, work: float) -> LinearSolution:
    columns = np.full(program.columns, AT_LOWER)
    rows = np.full(program.rows, BASIC)
    for found, read in (
        (columns, solution.basis.variable_status),
        (rows, solution.basis.constraint_status),
    ):
        found[np.array(read.ids, np.int64)] = np.array(read.values, np.int64)
    return LinearSolution(
        values=dense_vector(solution.primal_solution.variable_values, program.columns),
        duals=dense_vector(solution.dual_solution.dual_values, program.rows),
        basis=Basis(columns, rows),
        work=work,
    )
