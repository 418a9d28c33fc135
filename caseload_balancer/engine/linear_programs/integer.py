"""Mixed-integer programs, solved by the HiGHS that OR-Tools is built with.

HiGHS separates rounding cuts from the load rows and finds good solutions at the root in a fraction
of a second (Huangfu and Hall, "Parallelizing the dual revised simplex method", Mathematical
Programming Computation 10, 2018, for its simplex). On the roundings it was measured on it found
better assignments than SCIP in about the same time. Its answers are candidates: they are valued
again in whole numbers, and no bound is taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseload_balancer.arrays import Bools
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.math_opt import (
    dense_vector,
    none_on_failure,
    program_message,
    solver_settings,
)
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram

_SETTINGS: Final = MappingProxyType({"mip_heuristic_run_root_reduced_cost": False})
"""That heuristic solves nearly the same program again; without it the root took half as long where
it was measured."""
WHOLE_GAP: Final = 0.99
"""Absolute gap below which values in whole numbers are the same."""
_WORK_A_STEP: Final = 2.4e-5
_WORK_A_COLUMN: Final = 1.5e-6
_WORK_A_PAIR: Final = 4e-9
"""Work of an iteration of the simplex method, of a column, and of a pair of columns in presolve."""
_COLUMNS_AT_FULL_SPEED: Final = 7_000
"""Beyond which an iteration takes as much longer as there are more columns: with cuts, 0.17 ms were
measured for 3,000 to 6,000 columns, 0.26 for 10,000 to 15,000 and 0.35 for 20,000."""
_WORK_TO_READ: Final = 1e-6
"""Of a column, when presolve alone decides: 0.1 s were measured for 20,000."""
_PAIRED: Final = 2_000
"""Columns that are compared with each other at most."""
_STEPS_OF_A_FULL_ROOT: Final = 100
"""Fewer iterations say that presolve left less of the program. Not fitted: 60 to 1,100 microseconds
an iteration were measured, and nothing that is known afterwards tells which."""


@dataclass(frozen=True, eq=False)
class IntegerAnswer:
    """What came of a search.

    Parameters
    ----------
    values
        Shape (columns,): the best solution found; None without one.
    finished
        Whether the search ended by itself, up to the gap it was given.
    work
        Deterministic work done, in seconds of an idle core or so.
    """

    values: Floats | None
    finished: bool
    work: float


def solve_integer(
    program: LinearProgram,
    active: Bools,
    integer: Bools,
    *,
    deadline: Deadline,
    nodes: int,
    gap: float,
) -> IntegerAnswer:
    """Search for a solution over the `active` columns in which the `integer` ones are integers.

    Parameters
    ----------
    nodes
        Branch-and-bound nodes at most: a limit that does not depend on the machine.
    gap
        Absolute gap at which the search may end.
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
        return IntegerAnswer(None, finished=False, work=0.0)
    settings.node_limit = nodes
    settings.absolute_gap_tolerance, settings.relative_gap_tolerance = gap, 0.0
    settings.highs.bool_options.update(_SETTINGS)
    answer = none_on_failure(
        lambda interrupter: solver.solve(
            program_message(program, active, integer),
            parameters_pb2.SOLVER_TYPE_HIGHS,
            parameters_pb2.SolverInitializerProto(),
            settings,
            model_parameters_pb2.ModelSolveParametersProto(),
            None,
            callback_pb2.CallbackRegistrationProto(),
            None,
            interrupter,
        ),
        what="HiGHS",
        deadline=deadline,
    )
    if answer is None:
        return IntegerAnswer(None, finished=False, work=_work(0, int(active.sum())))
    ended = (
        result_pb2.TERMINATION_REASON_OPTIMAL,
        result_pb2.TERMINATION_REASON_INFEASIBLE,
        result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
    )
    values = None
    if answer.solutions and answer.solutions[0].HasField("primal_solution"):
        values = dense_vector(answer.solutions[0].primal_solution.variable_values, program.columns)
    finished = answer.termination.reason in ended
    if not finished:
        deadline.note_end()
    return IntegerAnswer(
        values,
        finished=finished,
        work=_work(answer.solve_stats.simplex_iterations, int(active.sum())),
    )


def _work(iterations: int, columns: int) -> float:
    """Return about how long that takes: HiGHS does not count its work itself.

    Without an iteration presolve has settled it, in no time.
    """
    step = _WORK_A_STEP * max(1.0, columns / _COLUMNS_AT_FULL_SPEED)
    root = _WORK_A_COLUMN * columns + _WORK_A_PAIR * min(columns, _PAIRED) ** 2
    left = min(1.0, iterations / _STEPS_OF_A_FULL_ROOT)
    return _WORK_TO_READ * columns + step * iterations + left * root
