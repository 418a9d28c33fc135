"""A tier to settle under the ceilings of those before, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.engine.cpsat.loading import seconds_to_load
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, Parameters

_SECONDS_AN_ARC: Final = 4e-6
"""Within which a linear program is built, on a busy machine: 0.23 s were measured for 130,000 arcs
on an idle one, and 1.04 s for 579,000."""
_SECONDS_A_CANDIDATE: Final = 1e-5
"""The same of a model of CP-SAT."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Tier:
    """A tier to settle under the ceilings of those before.

    Parameters
    ----------
    arrays
        The problem.
    number
        Of the tier, from 0.
    ceilings
        The most each earlier tier may come to.
    deadline, seed
        For this tier.
    report
        Called with better assignments.
    report_bound
        Called with an assignment and the bound of the tier, as soon as there is one.
    parameters
        Of the search.
    """

    arrays: Arrays
    number: int
    ceilings: tuple[int, ...]
    deadline: Deadline
    seed: int
    report: Callable[[Ints], None]
    report_bound: Callable[[Ints, int], None] = lambda _assignment, _bound: None
    parameters: Parameters = DEFAULTS

    def value(self, assignment: Ints) -> int:
        """Return the value of the tier."""
        return values(self.arrays, assignment)[self.number]

    def note_refuted(self) -> None:
        """Note that some assignment is below a bound of the tier, which is dropped."""
        self.deadline.note_failure(f"tier {self.number + 1}: a bound that an assignment refutes")

    @property
    def in_haste(self) -> bool:
        """Return whether more work is spent than left."""
        return self.deadline.work_left() < self.deadline.spent()

    def has_time_for(self, arcs: int) -> bool:
        """Return whether a linear program of so many arcs could be built before the deadline."""
        return not self.deadline.passed() and self.deadline.allows(_SECONDS_AN_ARC * arcs)

    def has_time_to_search(self, arcs: int) -> bool:
        """Return the same of a model of CP-SAT, which may have to be loaded first."""
        seconds = _SECONDS_A_CANDIDATE * arcs + seconds_to_load()
        return not self.deadline.passed() and self.deadline.allows(seconds)


@dataclass(frozen=True, eq=False, kw_only=True)
class Known:
    """The best assignment known of a tier, its value there, and a bound on that.

    Parameters
    ----------
    note
        How it was found and bounded, in words.
    gap
        How far above the bound is good enough.
    refuted
        Whether some assignment was below the bound, which then was none.
    """

    assignment: Ints
    value: int
    bound: int
    note: str
    gap: float = 0
    refuted: bool = False

    @property
    def proven(self) -> bool:
        """Whether the value meets the bound, as nearly as is asked for."""
        return self.value <= self.bound + self.gap and not self.refuted

    def raised(self, bound: int) -> Known:
        """Return the same with `bound`, where that is better."""
        return replace(self, bound=min(self.value, max(self.bound, bound)))

    def improved(self, assignment: Ints | None, value: int) -> Known:
        """Return the same with `assignment`, where that is better."""
        if assignment is None or value >= self.value:
            return self
        refuted = self.refuted or value < self.bound
        return replace(self, assignment=assignment, value=value, refuted=refuted)

    def joined(self, other: Known) -> Known:
        """Return the same with what another search came to know, and its note.

        What it found may be below a bound of either, which then is refuted.
        """
        better = self.improved(other.assignment, other.value)
        refuted = better.refuted or other.refuted or better.value < other.bound
        return replace(better.raised(other.bound), note=other.note, refuted=refuted)
