"""What every strategy gets beside the arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.results import Result

Report = Callable[[Ints, tuple[int, ...]], None]
"""Called with a better assignment and the bounds so far."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Context:
    """How long and how to search.

    Parameters
    ----------
    deadline
        When to stop.
    seed
        Seed of every random choice.
    constant
        Shape (tiers,): what to add to the values of the arrays, which may be a component, to get
        those of the whole problem. Relative slack is taken of the whole.
    given
        Shape (units,): the assignment that was given at first, before anything was improved. Of
        equally good ones the nearest to it is returned.
    report
        Called with better assignments and bounds.
    parameters
        Of the search.
    """

    deadline: Deadline
    seed: int
    constant: tuple[int, ...]
    given: Ints
    report: Report
    parameters: Parameters = DEFAULTS

    def ceiling(self, arrays: Arrays, tier: int, value: int) -> int:
        """Return the most that later tiers may make of a tier settled at `value`."""
        return value + arrays.slack(tier, value + self.constant[tier])


class Strategy(Protocol):
    """Takes arrays, returns an assignment no worse than their start, and what is proven."""

    def __call__(self, arrays: Arrays, context: Context) -> Result:
        """Search until proven or the deadline passes."""
