"""What a search hands over: an assignment, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from caseload_balancer.arrays import Ints

StopReason = Literal["proven", "work limit", "time limit", "interrupted", "failed"]
BY_CLOCK: Final[frozenset[StopReason]] = frozenset({"time limit", "interrupted", "failed"})
"""Reasons for which another run may end with another assignment."""


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
        Whether another run gives the same assignment: neither the clock nor a request to stop
        decided anything.
    seconds
        Wall-clock time it took.
    phases
        What was done, in order: name, seconds, and a note in one sentence.
    fallback
        Whether something failed in the search. One that only had too little time has not failed.
    """

    assignment: Ints
    bounds: tuple[int, ...]
    stop_reason: StopReason
    deterministic: bool = True
    seconds: float = 0.0
    phases: tuple[tuple[str, float, str], ...] = field(default=())
    fallback: bool = False
