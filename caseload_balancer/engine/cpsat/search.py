"""One run of CP-SAT, with the settings this library needs it to have."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.engine.cpsat.loading import load_cp_sat
from caseload_balancer.engine.cpsat.model import TierModel
from caseload_balancer.engine.deadlines import Deadline

Outcome = Literal["optimal", "found", "none exists", "too large", "unknown"]

_OVERHEAD_SECONDS: Final = 0.05
"""Kept back from the time left, for reading the answer."""
_WORK_AT_LEAST: Final = 1e-3
_ROUNDING: Final = 1e-6
"""The solver reports whole bounds as floating-point numbers, off by far less than this."""


@dataclass(frozen=True, eq=False)
class Answer:
    """What CP-SAT says.

    Parameters
    ----------
    outcome
        Whether it found an assignment, and whether that is a best one; ``too large`` where it was
        not asked, for it could not be trusted with the numbers.
    assignment
        Shape (units,); None where it found none.
    bound
        No assignment of the model has a lower value.
    """

    outcome: Outcome
    assignment: Ints | None
    bound: int


def search(built: TierModel, *, deadline: Deadline, seed: int) -> Answer:
    """Solve a model until it is proven or the deadline passes.

    One worker, a seed and a limit on deterministic work make the answer reproducible; the wall
    clock only cuts off what takes far longer than expected. CP-SAT's own handling of Ctrl-C
    stays off: after it, the next Ctrl-C would end Python at once.
    """
    cp_model = load_cp_sat()
    seconds = deadline.remaining() - _OVERHEAD_SECONDS
    if seconds <= 0 or deadline.passed():
        return Answer("unknown", None, built.constant)
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.num_workers = 1
    settings.random_seed = seed % 2**31
    settings.linearization_level = 2
    settings.max_time_in_seconds = seconds
    if math.isfinite(deadline.work_left()):
        settings.max_deterministic_time = max(_WORK_AT_LEAST, deadline.work_left())
    settings.catch_sigint_signal = False
    settings.presolve_inclusion_work_limit = 0
    with deadline.stopping(solver.stop_search):
        status = solver.solve(built.model)
    deadline.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        deadline.note_end(within=_OVERHEAD_SECONDS)
    if status == cp_model.MODEL_INVALID:
        raise AssertionError(built.model.validate())
    if status == cp_model.INFEASIBLE:
        return Answer("none exists", None, built.constant)
    least = max(0, math.ceil(solver.best_objective_bound - _ROUNDING))
    if status == cp_model.UNKNOWN:
        return Answer("unknown", None, least + built.constant)
    outcome: Outcome = "optimal" if status == cp_model.OPTIMAL else "found"
    return Answer(outcome, _read(built, solver), least + built.constant)


def _read(built: TierModel, solver: Any) -> Ints:
    variables = built.variables
    arrays = variables.arrays
    assignment = np.full(arrays.units, WAITING, np.int64)
    for arc, variable in variables.arc.items():
        if solver.boolean_value(variable):
            assignment[arrays.arc_unit[arc]] = arrays.arc_worker[arc]
    return assignment
