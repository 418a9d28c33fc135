"""Single searches of a part: what each is asked, and how much of the time limit it counts as."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final, TypeAlias, TypeVar

import numpy as np

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

    @property
    def budget(self) -> int:
        """Within which it is searched."""
        return self.arrays.budget or 0

    @cached_property
    def key(self) -> bytes:
        """The same for two questions that are the same to the last number, and for no others."""
        digest = blake2b()
        for part in _parts(self):
            digest.update(part)
        return digest.digest()


Found = TypeVar("Found")
Chain: TypeAlias = Generator[Question, Result | None, Found]
"""Asks one question after the other; None is the answer where there was no time for it."""


def _parts(thing: object) -> Iterator[bytes]:
    """Yield all that a thing is made of."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from _parts(getattr(thing, field.name))
    elif isinstance(thing, np.ndarray):
        yield f"{thing.dtype} {thing.shape} ".encode()
        yield thing.tobytes()
    else:
        yield f"{thing!r} ".encode()


@dataclass(frozen=True, eq=False)
class Task:
    """One search.

    Parameters
    ----------
    question
        What it is asked.
    curve
        The trade-off of the part that is searched.
    take
        Called with the result.
    early
        Whether it takes little time: a search of the tiers before the balance, or of it alone.
    """

    question: Question
    curve: Curve
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
