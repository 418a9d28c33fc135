"""What is asked of a part of the problem at each stage of the search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays
from caseload_balancer.insight.frontier.curves import Curve
from caseload_balancer.insight.frontier.tasks import Question
from caseload_balancer.insight.frontier.values import Chord

_GRANT: Final = 0.25
"""Seconds for a first search, enough to prove most points to the step; later searches get more."""
_GRANT_OF_LAST: Final = 0.25
"""Seconds for the goals that choose among equals, for each point told."""
_SHARE_AT_MOST: Final = 0.25
"""The largest share of the time limit for one search."""
LAST_SHARE: Final = 0.2
"""The share of the time limit that is left for the goals that choose among equals."""
AT_ONCE: Final = 2
"""The fewest searches of a round, so that two cores have work even where all is one part."""


@dataclass(frozen=True)
class Asking:
    """Makes the questions.

    Parameters
    ----------
    judged
        How many tiers a value has: those before the balance of loads, and the balance.
    time_limit
        For all searches together.
    """

    judged: int
    time_limit: float

    def early(self, curve: Curve, budget: int) -> Question:
        """Ask for the tiers before the balance."""
        return Question(_within(curve.early, curve, budget), self._grant)

    def first(self, curve: Curve, budget: int) -> Question:
        """Ask for the balance for the first time."""
        return self._to_balance(curve, budget, self._grant, rounds=1)

    def again(self, curve: Curve, budget: int) -> Question:
        """Ask for the balance once more."""
        return self._to_balance(curve, budget, self._grant * 2 ** curve.tries(budget), rounds=2)

    def below(self, curve: Curve, chord: Chord) -> Question:
        """Ask for what lies below a chord."""
        return Question(curve.priced(chord), self._grant, (*self._exactly, curve.near_chord))

    def seconds_of_last(self, points: int) -> float:
        """Return the seconds for the goals that choose among equals, where so many are told."""
        return min(_GRANT_OF_LAST, LAST_SHARE * self.time_limit / max(1, points))

    @property
    def _grant(self) -> float:
        return min(_GRANT, _SHARE_AT_MOST * self.time_limit)

    @property
    def _exactly(self) -> tuple[float, ...]:
        return (0,) * (self.judged - 1)

    def _to_balance(self, curve: Curve, budget: int, seconds: float, *, rounds: int) -> Question:
        gaps = (*self._exactly, curve.near(budget))
        return Question(_within(curve.to_balance, curve, budget), seconds, gaps, rounds)


def _within(arrays: Arrays, curve: Curve, budget: int) -> Arrays:
    """Return a problem within a budget, to be searched from the best that is known there."""
    return replace(arrays, budget=budget, start=curve.best(budget).assignment)
