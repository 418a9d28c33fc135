"""Linear programs in whole numbers: solved in floating point, bounded exactly.

GLOP answers with rounded duals. Any duals give a valid Lagrangian bound, so the bound is
computed from them again in whole numbers and owes nothing to the solver's tolerances
(Neumaier and Shcherbina, "Safe bounds in linear and mixed-integer linear programming", 2004).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.deadlines import Deadline

Floats = NDArray[np.float64]

AT_LOWER: Final = 2
AT_UPPER: Final = 3
BASIC: Final = 5
"""math_opt's numbers for the status of a column or row in a basis."""
_BITS: Final = 61
"""Sums of whole numbers stay below two to this power."""
_WORK_A_STEP: Final = 2e-9
"""Work of a simplex iteration, for each row and column."""
_WORK_A_DUAL_STEP: Final = 6e-10
"""The same for the dual simplex method from a slack basis: most iterations are short."""
_STEPS_TO_BUILD: Final = 500
"""Iterations that take as long as building the program."""
_FRACTION_BITS: Final = 20
"""Binary places kept of a dual, where the numbers leave room for as many."""


@dataclass(frozen=True, eq=False, kw_only=True)
class LinearProgram:
    """Minimise ``cost @ x`` with ``A @ x <= rhs`` (or ``==``) and ``0 <= x <= upper``.

    Parameters
    ----------
    cost, upper
        Shape (columns,), whole numbers.
    rhs, equal
        Shape (rows,): right-hand sides, and which rows are equations.
    row, column, value
        Shape (entries,): the matrix, sorted by row, then column.
    """

    cost: Ints
    upper: Ints
    rhs: Ints
    equal: Bools
    row: Ints
    column: Ints
    value: Ints

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cost)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.rhs)

    def with_rows(self, rhs: Ints, row: Ints, column: Ints, value: Ints) -> LinearProgram:
        """Return the program with more ``<=`` rows; `row` counts from 0, sorted."""
        return replace(
            self,
            rhs=np.concatenate([self.rhs, rhs]),
            equal=np.concatenate([self.equal, np.zeros(len(rhs), np.bool_)]),
            row=np.concatenate([self.row, row + self.rows]),
            column=np.concatenate([self.column, column]),
            value=np.concatenate([self.value, value]),
        )

    def fixed_at_upper(self, at_upper: Bools) -> LinearProgram:
        """Return the program left when the `at_upper` columns are fixed at their upper bounds."""
        rhs = self.rhs.copy()
        entry = np.flatnonzero(at_upper[self.column])
        np.subtract.at(rhs, self.row[entry], self.value[entry] * self.upper[self.column[entry]])
        return replace(self, rhs=rhs)

    def only_rows(self, kept: Bools) -> LinearProgram:
        """Return the program with the rows where `kept` is true."""
        number = np.cumsum(kept) - 1
        entry = kept[self.row]
        return replace(
            self,
            rhs=self.rhs[kept],
            equal=self.equal[kept],
            row=number[self.row[entry]],
            column=self.column[entry],
            value=self.value[entry],
        )


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


@dataclass(frozen=True, eq=False)
class Basis:
    """Status of each column and row, in the numbers of math_opt."""

    columns: Ints
    rows: Ints


@dataclass(frozen=True, eq=False)
class Pricing:
    """Exact consequences of some duals.

    Parameters
    ----------
    bound
        No solution of the program is below it, times `scale`.
    reduced_cost
        Shape (columns,), times `scale`.
    scale
        By what the duals were multiplied before they were rounded.
    """

    bound: int
    reduced_cost: Ints
    scale: int


def price(program: LinearProgram, duals: Floats) -> Pricing:
    """Return the Lagrangian bound of rounded `duals` and the reduced costs, in whole numbers."""
    usable = np.where(program.equal, duals, np.minimum(duals, 0.0))
    usable = np.where(np.isfinite(usable), usable, 0.0)
    size = (
        np.abs(program.cost * 1.0) @ program.upper
        + np.abs(usable) @ np.abs(program.rhs)
        + (np.abs(usable)[program.row] * np.abs(program.value)) @ program.upper[program.column]
    )
    scale = 1 << max(0, min(_FRACTION_BITS, _BITS - int(size + 2).bit_length()))
    whole = np.rint(usable * scale).astype(np.int64)
    reduced = program.cost * scale
    np.subtract.at(reduced, program.column, whole[program.row] * program.value)
    gain = np.minimum(reduced, 0) @ program.upper
    return Pricing(int(whole @ program.rhs) + int(gain), reduced, scale)


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
        lambda: solver.solve(
            model,
            parameters_pb2.SOLVER_TYPE_GLOP,
            parameters_pb2.SolverInitializerProto(),
            settings,
            hints,
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            None,
        )
    )
    if answer is None or answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
        return None
    size = len(model.variables.ids) + len(model.linear_constraints.ids)
    iterations = answer.solve_stats.simplex_iterations
    step = _WORK_A_DUAL_STEP if dual and basis is None else _WORK_A_STEP
    work = size * (step * iterations + _WORK_A_STEP * _STEPS_TO_BUILD)
    return _read(program, answer.solutions[0], work)


def none_on_failure(solve: Callable[[], Any]) -> Any:
    """Return the answer of a solver, None where it failed over numerical trouble.

    A program or setting that it refuses is an error all the same.
    """
    from pybind11_abseil.status import (  # noqa: PLC0415 (it comes with OR-Tools)
        StatusCode,
        StatusNotOk,
    )

    try:
        return solve()
    except StatusNotOk as error:
        if error.status.code() != StatusCode.INTERNAL:
            raise
        return None


def solver_settings(deadline: Deadline) -> Any:
    """Return math_opt's settings for a search in the time that is left, None when none is."""
    from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
        parameters_pb2,
    )

    seconds = deadline.remaining()
    if seconds <= 0:
        return None
    settings = parameters_pb2.SolveParametersProto()
    settings.time_limit.FromNanoseconds(int(min(seconds, 1e6) * 1e9))
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


def dense_vector(read: Any, length: int) -> Floats:
    """Return math_opt's sparse vector as an array."""
    found = np.zeros(length)
    found[np.array(read.ids, np.int64)] = np.array(read.values)
    return found
