"""Single searches of a part, and how much of the time limit each counts as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine import Result
from caseload_balancer.insight.frontier.curves import Curve

_CHARGE_EARLY: Final = 0.04
"""The share of its grant that a search before the balance counts as."""
_CHARGE_PROVEN: Final = 0.25
"""The same for a search of the balance that ended with a proof."""
_CHARGE_UNPROVEN: Final = 0.5
"""The same for any other search.

Fixed figures, so that the same searches are made on any machine.
"""


@dataclass(frozen=True, eq=False)
class Task:
    """One search.

    Parameters
    ----------
    arrays, seconds
        What is searched, and for how long.
    take
        Called with the result.
    early
        Whether it takes little time: a search of the tiers before the balance, or of it alone.
    """

    arrays: Arrays
    seconds: float
    take: Callable[[Result], None]
    early: bool = False

    def charge(self, result: Result) -> float:
        """Return the seconds it counts as."""
        if self.early:
            return self.seconds * _CHARGE_EARLY
        proven = result.stop_reason == "proven"
        return self.seconds * (_CHARGE_PROVEN if proven else _CHARGE_UNPROVEN)


def within(arrays: Arrays, curve: Curve, budget: int) -> Arrays:
    """Return a problem within a budget, to be searched from the best that is known there."""
    return replace(arrays, budget=budget, start=curve.best(budget).assignment)
