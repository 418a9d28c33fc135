"""What a search hands over: an assignment, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from caseload_balancer.arrays import Ints

StopReason = Literal["proven", "work limit", "time limit", "interrupted", "failed"]


@dataclass(frozen=True, eq=False, kw_only=True)
class SearchOutcome:
    """The end of a search, in the terms of the problem's arrays.

    Parameters
    ----------
    assignment
        Shape (units,): the number of a worker, or -1 for waiting.
    bounds
        For each tier a proven lower bound on its value.
    stop_reason
        Why the search ended.
    deterministic
        Whether counted work limited the search, and not the clock alone.
    seconds
        Wall-clock time it took.
    phases
        What was done, in order: name, seconds, and a note in one sentence.
    fallback
        Whether the search failed and the assignment is the one held in reserve.
    """

    assignment: Ints
    bounds: tuple[int, ...]
    stop_reason: StopReason
    deterministic: bool = True
    seconds: float = 0.0
    phases: tuple[tuple[str, float, str], ...] = field(default=())
    fallback: bool = False
