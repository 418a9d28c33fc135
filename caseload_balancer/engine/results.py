"""What an engine strategy returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from caseload_balancer.arrays import Ints

StopReason = Literal["proven", "work limit", "time limit", "interrupted", "failed"]
FAILURES: Final = "failures"
"""Name of the phase that tells what failed."""
CHOICE: Final = "choice among equals"
"""Name of the phase after the proof, in which one of the best assignments is chosen."""


@dataclass(frozen=True)
class Phase:
    """One step of a solve, for the analyst's view.

    Parameters
    ----------
    name
        What was done: ``presolve``, ``part 3``, ``part 3, tier 1``, ...
    seconds
        Wall-clock time it took.
    note
        Why it was chosen and what it found, in one sentence.
    """

    name: str
    seconds: float
    note: str


def phases_of_failures(failures: Sequence[str]) -> tuple[Phase, ...]:
    """Return the phase that tells what failed; none where nothing did."""
    return (Phase(FAILURES, 0.0, "; ".join(failures)),) if failures else ()


@dataclass(frozen=True, eq=False)
class Result:
    """An assignment with what is proven about it.

    Parameters
    ----------
    assignment
        Shape (units,): a worker, or -1 for waiting.
    values
        Exact value of each tier, recomputed from the assignment.
    bounds
        For each tier a proven lower bound on its settled value, among all assignments whose
        earlier tiers are no worse than settled, plus their slack.
    stop_reason
        Why the search ended; ``proven`` when every tier was settled at its bound, ``failed`` when
        it raised an error, or the process it ran in died, and what it had found by then is all
        there is.
    phases
        What was done, in order.
    settled
        Value of each tier when it was settled, where later tiers may have made it worse by its
        slack; empty where it is the same as `values`.
    canonical
        Whether it is the one assignment, of all best ones, that every search ends with.
    reproducible
        Whether another run comes to the same assignment: it is canonical, or counted work alone
        decided what was searched, and never the clock.
    """

    assignment: Ints
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    stop_reason: StopReason
    phases: tuple[Phase, ...] = field(default=())
    settled: tuple[int, ...] = field(default=())
    canonical: bool = False
    reproducible: bool = True

    @property
    def proven(self) -> tuple[bool, ...]:
        """For each tier, whether it was settled at its proven bound."""
        tier_values = self.settled or self.values
        return tuple(value <= bound for value, bound in zip(tier_values, self.bounds, strict=True))

    @property
    def failed(self) -> bool:
        """Whether part of the search failed, so that there may be a better assignment."""
        return self.stop_reason == "failed" or any(one.name == FAILURES for one in self.phases)


@dataclass(frozen=True)
class Progress:
    """How far a solve is, for a progress display.

    Parameters
    ----------
    phase
        Name of the phase under way.
    values, bounds
        Of the best assignment so far, one a tier: no assignment that is as good in the earlier
        tiers has a smaller value than the bound.
    seconds
        Wall-clock time since the solve began.
    time_left
        Seconds until the time limit, at which the search ends if it has not ended before.
    """

    phase: str
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    seconds: float
    time_left: float = math.inf

    @property
    def incumbent(self) -> tuple[int, ...]:
        """The values of the best assignment so far, by the name that solvers give them."""
        return self.values

    @property
    def bound(self) -> tuple[int, ...]:
        """The bounds, by the name that goes with `incumbent`."""
        return self.bounds


ProgressCallback = Callable[[Progress], None]
ImprovementCallback = Callable[[tuple[int, ...], tuple[int, ...], float], None]
"""Called with the values and bounds of the tiers, and the seconds since the solve began."""
StandingCallback = Callable[[Ints, tuple[int, ...]], None]
"""Called with the best assignment so far and the bounds of the tiers."""
