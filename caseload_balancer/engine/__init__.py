"""The exact engine: arrays in, an assignment with proven bounds out.

`solve` is the way in for everybody outside this room, and the names below are all that others may
use of it; what lies behind them may change with any version. Names are loaded when they are first
used, OR-Tools when the first search starts.

A problem is made by `caseload_balancer.arrays`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.late_names import late_names

if TYPE_CHECKING:
    from caseload_balancer.engine.cpsat.known_fault import KnownFault, known_fault
    from caseload_balancer.engine.deadlines import Deadline
    from caseload_balancer.engine.local_search.descent import descend
    from caseload_balancer.engine.parameters import Parameters
    from caseload_balancer.engine.presolving import Presolved, presolve
    from caseload_balancer.engine.results import (
        ImprovementCallback,
        Phase,
        Progress,
        ProgressCallback,
        Result,
        StopReason,
    )
    from caseload_balancer.engine.signals import stop_requests
    from caseload_balancer.engine.solver_process import start_process
    from caseload_balancer.engine.solver_processes import SolverProcesses, make_ready
    from caseload_balancer.engine.solving import solve
    from caseload_balancer.engine.strategies.choice import STRATEGIES

__all__ = [
    "STRATEGIES",
    "Deadline",
    "ImprovementCallback",
    "KnownFault",
    "Parameters",
    "Phase",
    "Presolved",
    "Progress",
    "ProgressCallback",
    "Result",
    "SolverProcesses",
    "StopReason",
    "descend",
    "known_fault",
    "make_ready",
    "presolve",
    "solve",
    "start_process",
    "stop_requests",
]

if not TYPE_CHECKING:  # type checkers know the names from above
    __getattr__ = late_names(
        __name__,
        {
            "STRATEGIES": "strategies.choice",
            "Deadline": "deadlines",
            "ImprovementCallback": "results",
            "KnownFault": "cpsat.known_fault",
            "Parameters": "parameters",
            "Phase": "results",
            "Presolved": "presolving",
            "Progress": "results",
            "ProgressCallback": "results",
            "Result": "results",
            "SolverProcesses": "solver_processes",
            "StopReason": "results",
            "descend": "local_search.descent",
            "known_fault": "cpsat.known_fault",
            "make_ready": "solver_processes",
            "presolve": "presolving",
            "solve": "solving",
            "start_process": "solver_process",
            "stop_requests": "signals",
        },
    )


def __dir__() -> list[str]:
    return __all__
