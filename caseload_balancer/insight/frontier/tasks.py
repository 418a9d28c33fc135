"""Single searches of a part: what each is asked, and how much of the time limit it counts as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.engine import Result
from caseload_balancer.insight.frontier.curves import Curve

_CHARGE_EARLY: Final = 0.04
"""The share of its grant that a search before the balance counts as."""
_CHARGE_SETTLED: Final = 0.25
"""The same for a search of the balance that ended with a proof, or near enough to its bound."""
_CHARGE_UNSETTLED: Final = 0.5
"""The same for any other search.

Fixed figures, so that the same searches are made on any machine.
"""


@dataclass(frozen=True, eq=False)
class Question:
    """What a search is asked.

    Parameters
    ----------
    arrays, seconds
        What is searched, and for how long.
    gaps
        For each tier, how far above its bound it may stay; 0 for those beyond. An infinite gap
        leaves a tier as it is.
    rounds
        How often it begins again while work is left.
    begun
        Whether it begins at the start that is given, which another search came to.
    """

    arrays: Arrays
    seconds: float
    gaps: tuple[float, ...] = ()
    rounds: int = 1
    begun: bool = False


@dataclass(frozen=True, eq=False)
class Task:
    """One search.

    Parameters
    ----------
    question
        What it is asked.
    take
        Called with the result.
    early
        Whether it takes little time: a search of the tiers before the balance, or of it alone.
    """

    question: Question
    take: Callable[[Result], None]
    early: bool = False

    def charge(self, result: Result) -> float:
        """Return the seconds it counts as."""
        seconds, gaps = self.question.seconds, self.question.gaps
        if self.early:
            return seconds * _CHARGE_EARLY
        left = zip(result.settled or result.values, result.bounds, strict=True)
        settled = all(
            value - bound <= (gaps[tier] if tier < len(gaps) else 0)
            for tier, (value, bound) in enumerate(left)
        )
        return seconds * (_CHARGE_SETTLED if settled else _CHARGE_UNSETTLED)


def within(arrays: Arrays, curve: Curve, budget: int) -> Arrays:
    """Return a problem within a budget, to be searched from the best that is known there."""
    return replace(arrays, budget=budget, start=curve.best(budget).assignment)
