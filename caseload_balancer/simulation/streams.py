"""Random numbers that do not depend on one another: a stream for every purpose and entity.

Common random numbers: the same child closes on the same day and the same referral arrives whatever
a practice decides, and to change one rate draws nothing else anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np


@dataclass(frozen=True)
class Streams:
    """The streams of one replication.

    Parameters
    ----------
    seed, replication
        Another of either gives other streams.
    """

    seed: int
    replication: int

    def of(self, purpose: str, *entity: object) -> Stream:
        """Return the stream of a purpose (``closing``) and an entity (a case's id)."""
        key = repr((self.seed, self.replication, purpose, *map(str, entity)))
        digest = blake2b(key.encode(), digest_size=16).digest()
        bits = np.random.Philox(key=int.from_bytes(digest, "little"))
        return Stream(np.random.Generator(bits))


class Stream:
    """Draws of one purpose for one entity."""

    def __init__(self, generator: np.random.Generator) -> None:
        self._generator = generator

    def share(self) -> float:
        """Draw a share, at least 0 and below 1."""
        return float(self._generator.random())

    def chance(self, percent: float) -> bool:
        """Draw yes in so many of 100 draws."""
        return 100 * self.share() < percent

    def between(self, ends: tuple[float, float]) -> float:
        """Draw evenly between two numbers."""
        return ends[0] + (ends[1] - ends[0]) * self.share()

    def until_next(self, mean: float) -> float:
        """Draw the time to the next of events that come by chance, `mean` apart on average."""
        return float(self._generator.exponential(mean))

    def count(self, mean: float) -> int:
        """Draw how many events of a mean number happen (Poisson)."""
        return int(self._generator.poisson(mean))

    def day(self, days: int) -> int:
        """Draw one of the days 0 to `days` - 1."""
        return min(days - 1, int(days * self.share()))

    def place(self, weights: Sequence[float]) -> int:
        """Draw a position, as likely as its weight."""
        left = self.share() * sum(weights)
        for position, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return position
        return max(position for position, weight in enumerate(weights) if weight)
