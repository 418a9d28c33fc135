"""A linear program that is solved repeatedly, each time with other costs and more columns.

GLOP keeps its copy between the solves, so that only changes are passed to it, and each solve begins
at the basis where the last one ended.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from caseload_balancer.arrays import Ints
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

_WORK_A_STEP: Final = 3.3e-9
"""Work of an iteration for each column that was added; the first columns hardly count."""
_STEPS_TO_BEGIN: Final = 250
"""Iterations that take as long as passing the changes and reading the answer."""
_SHARE_OF_A_FIRST_STEP: Final = 0.2
"""From the slack basis most iterations are short: 0.16 and 0.22 were measured in masters of 500
workers x 6,600 units. In small ones they hardly count."""


class IncrementalProgram:
    """A linear program with a solver of its own.

    Parameters
    ----------
    program
        All rows, and the first columns.
    """

    def __init__(self, program: LinearProgram) -> None:
        from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
            parameters_pb2,
        )
        from ortools.math_opt.core.python import solver  # noqa: PLC0415 (as above)

        everything = np.ones(program.columns, np.bool_)
        message = program_message(program, everything, ~everything, all_rows=True)
        initial = parameters_pb2.SolverInitializerProto()
        self._solver = solver.new(parameters_pb2.SOLVER_TYPE_GLOP, message, initial)
        self._rows, self._first = program.rows, program.columns
        self._cost = program.cost
        self._basis: Any = None

    @property
    def basis(self) -> Basis | None:
        """Where the last solve ended."""
        if self._basis is None:
            return None
        found = Basis(np.full(self.columns, AT_LOWER), np.full(self._rows, BASIC))
        for status, read in (
            (found.columns, self._basis.variable_status),
            (found.rows, self._basis.constraint_status),
        ):
            status[np.array(read.ids, np.int64)] = np.array(read.values, np.int64)
        return found

    def start_from(self, basis: Basis) -> None:
        """Begin the next solve at a basis of the first columns; later ones are at 0."""
        from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
            solution_pb2,
        )

        self._basis = solution_pb2.BasisProto()
        later = np.full(self.columns - len(basis.columns), AT_LOWER)
        for message, status in (
            (self._basis.variable_status, np.append(basis.columns, later)),
            (self._basis.constraint_status, basis.rows),
        ):
            message.ids.extend(range(len(status)))
            message.values.extend(status.tolist())

    @property
    def columns(self) -> int:
        """Number of columns so far."""
        return len(self._cost)

    def update(self, cost: Ints, most: Ints, entries: tuple[Ints, Ints, Ints]) -> None:
        """Set all costs, and add the columns beyond those there are.

        Parameters
        ----------
        cost
            Shape (columns,), those to add included.
        most
            Shape (columns to add,).
        entries
            Row, column and value of each entry of these, sorted by row, then column.
        """
        from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
            model_update_pb2,
        )

        before, new = self.columns, range(self.columns, len(cost))
        changed = np.append(np.flatnonzero(cost[:before] != self._cost), new).astype(np.int64)
        update = model_update_pb2.ModelUpdateProto()
        update.objective_updates.linear_coefficients.ids.extend(changed.tolist())
        update.objective_updates.linear_coefficients.values.extend(cost[changed].tolist())
        update.new_variables.ids.extend(new)
        update.new_variables.lower_bounds.extend([0.0] * len(new))
        update.new_variables.upper_bounds.extend(most.tolist())
        update.new_variables.integers.extend([False] * len(new))
        row, column, value = entries
        matrix = update.linear_constraint_matrix_updates
        matrix.row_ids.extend(row.tolist())
        matrix.column_ids.extend(column.tolist())
        matrix.coefficients.extend(value.tolist())
        self._solver.update(update)
        self._cost = cost
        if self._basis is not None:
            self._basis.variable_status.ids.extend(new)
            self._basis.variable_status.values.extend([AT_LOWER] * len(new))

    def solve(self, deadline: Deadline) -> tuple[Floats, Floats] | None:
        """Return the values of the columns and the duals of the rows.

        None where no optimum was found in time, or the solver failed.
        """
        share = _SHARE_OF_A_FIRST_STEP if self._basis is None else 1.0
        answer = self._answer(deadline)
        if answer is None:
            return None
        steps = share * answer.solve_stats.simplex_iterations + _STEPS_TO_BEGIN
        deadline.spend(_WORK_A_STEP * (self.columns - self._first) * steps)
        found = answer.solutions[0]
        self._basis = found.basis
        return (
            dense_vector(found.primal_solution.variable_values, self.columns),
            dense_vector(found.dual_solution.dual_values, self._rows),
        )

    def _answer(self, deadline: Deadline) -> Any:
        from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
            callback_pb2,
            model_parameters_pb2,
            result_pb2,
        )

        settings = solver_settings(deadline)
        if settings is None:
            return None
        settings.glop.use_preprocessing = False  # it would lose where the last solve ended
        hints = model_parameters_pb2.ModelSolveParametersProto()
        if self._basis is not None:
            hints.initial_basis.CopyFrom(self._basis)
        no_callback = callback_pb2.CallbackRegistrationProto()
        answer = none_on_failure(
            lambda interrupter: self._solver.solve(
                settings, hints, None, no_callback, None, interrupter
            ),
            what="GLOP",
            deadline=deadline,
        )
        if answer is None or answer.termination.reason != result_pb2.TERMINATION_REASON_OPTIMAL:
            deadline.note_end()
            return None
        return answer
