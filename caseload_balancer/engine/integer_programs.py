"""Small mixed-integer programs, solved by SCIP through OR-Tools.

SCIP separates mixed-integer rounding cuts from the load rows of a neighbourhood and finishes it in
a fraction of a second, where CP-SAT, which has to grow the convex costs from clauses, takes longer
(measured on neighbourhoods of 8 to 16 workers). Its answers are candidates: they are valued
again in whole numbers, and no bound is taken from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs import (
    Floats,
    LinearProgram,
    dense_vector,
    program_message,
)
from caseload_balancer.problem.arrays import Bools

_SETTINGS: Final = MappingProxyType(
    {"presolving/maxrestarts": 0, "separating/maxroundsroot": 10, "display/verblevel": 0}
)
"""Restarts and long rounds of cuts are for proofs; neighbourhoods are not proven."""


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
    whole: Bools,
    *,
    deadline: Deadline,
    nodes: int,
    gap: float,
    below: float | None = None,
) -> IntegerAnswer:
    """Search for a solution over the `active` columns in which the `whole` ones are integers.

    Parameters
    ----------
    nodes
        Branch-and-bound nodes at most: a limit that does not depend on the machine.
    gap
        Absolute gap at which the search may end.
    below
        Only solutions of a lower cost are wanted.
    """
    from ortools.math_opt import (  # noqa: PLC0415 (OR-Tools is loaded when first needed)
        callback_pb2,
        model_parameters_pb2,
        parameters_pb2,
        result_pb2,
    )
    from ortools.math_opt.core.python import solver  # noqa: PLC0415 (as above)

    seconds = deadline.remaining()
    if seconds <= 0:
        return IntegerAnswer(None, finished=False, work=0.0)
    settings = parameters_pb2.SolveParametersProto(
        threads=1, node_limit=nodes, absolute_gap_tolerance=gap, relative_gap_tolerance=0.0
    )
    settings.time_limit.FromNanoseconds(int(min(seconds, 1e6) * 1e9))
    if below is not None:
        settings.cutoff_limit = below
    settings.gscip.int_params.update(_SETTINGS)
    answer = solver.solve(
        program_message(program, active, whole),
        parameters_pb2.SOLVER_TYPE_GSCIP,
        parameters_pb2.SolverInitializerProto(),
        settings,
        model_parameters_pb2.ModelSolveParametersProto(),
        None,
        callback_pb2.CallbackRegistrationProto(),
        None,
        None,
    )
    ended = (
        result_pb2.TERMINATION_REASON_OPTIMAL,
        result_pb2.TERMINATION_REASON_INFEASIBLE,
        result_pb2.TERMINATION_REASON_INFEASIBLE_OR_UNBOUNDED,
    )
    values = None
    if answer.solutions and answer.solutions[0].HasField("primal_solution"):
        values = dense_vector(answer.solutions[0].primal_solution.variable_values, program.columns)
    return IntegerAnswer(
        values,
        finished=answer.termination.reason in ended
        or answer.termination.limit == result_pb2.LIMIT_CUTOFF,
        work=float(answer.gscip_output.stats.deterministic_time),
    )
