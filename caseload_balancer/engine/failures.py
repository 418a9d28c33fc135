"""What a solver may do to a search: cost it time, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from caseload_balancer.engine.deadlines import Deadline

T = TypeVar("T")


def contained(
    ask: Callable[[], T],
    otherwise: T,
    *,
    what: str,
    deadline: Deadline,
) -> T:
    """Return the answer to a question, or `otherwise` where asking failed in any way.

    The failure is noted with the deadline, so that whoever waits for the search can tell.

    Parameters
    ----------
    ask
        Asks a solver.
    what
        Is asked: the name of the solver or of the step.
    """
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever a solver does, the plan is worth more
        deadline.note_failure(f"{what}: {place_of(error)}")
        return otherwise


def place_of(error: BaseException) -> str:
    """Say what an error is and where it came from, without its message: that may hold data."""
    trace = error.__traceback__
    if trace is None:
        return type(error).__name__
    while trace.tb_next is not None:
        trace = trace.tb_next
    file = Path(trace.tb_frame.f_code.co_filename).name
    return f"{type(error).__name__} at {file}:{trace.tb_lineno}"
