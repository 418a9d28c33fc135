"""Single searches of a part, and what each is taken to have used of the time limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine import Result
from caseload_balancer.insight.frontier.curves import Curve

_CHARGE_EARLY: Final = 0.04
"""Of what a search before the balance was granted, what it is taken to have used."""
_CHARGE_PROVEN: Final = 0.25
"""The same of a search of the balance that ended with a proof."""
_CHARGE_UNPROVEN: Final = 0.5
"""The same of any other.

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
        Told what was found.
    early
        Whether it is about less than the balance within a budget, which takes little time.
    """

    arrays: Arrays
    seconds: float
    take: Callable[[Result], None]
    early: bool = False

    def charge(self, result: Result) -> float:
        """Return the seconds it is taken to have used."""
        if self.early:
            return self.seconds * _CHARGE_EARLY
        proven = result.stop_reason == "proven"
        return self.seconds * (_CHARGE_PROVEN if proven else _CHARGE_UNPROVEN)


def within(arrays: Arrays, curve: Curve, budget: int) -> Arrays:
    """Return a problem within a budget, to be searched from the best that is known there."""
    return replace(arrays, budget=budget, start=curve.best(budget).assignment)
