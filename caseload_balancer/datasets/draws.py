"""Random draws that repeat everywhere: one stream of uniform numbers and plain arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Draws:
    """Draws from one seeded generator.

    Only `numpy.random.Generator.random` is called: of all its methods it is the one whose stream
    has never changed, so a seed gives the same service on any platform and numpy. For the same
    reason fractions are added with `math.fsum`, whose last digit no Python version changes, and
    bent with square roots rather than powers.

    Parameters
    ----------
    seed
        0 or more.
    """

    def __init__(self, seed: int) -> None:
        self._uniform = np.random.Generator(np.random.PCG64(seed)).random

    def share(self) -> float:
        """Return a number from 0 up to but not including 1."""
        return float(self._uniform())

    def low_share(self) -> float:
        """Return a number from 0 up to 1, more often near 0: the power 3/2 of a share."""
        share = self.share()
        return share * sqrt(share)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to ``limit - 1``."""
        return int(self.share() * limit)

    def between(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def chance(self, probability: float) -> bool:
        """Say yes with `probability`."""
        return self.share() < probability

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Return one of `items`, as likely as its weight says."""
        left = self.share() * fsum(weights)
        for item, weight in zip(items, weights, strict=True):
            left -= weight
            if left < 0:
                return item
        return next(i for i, w in zip(reversed(items), reversed(weights), strict=True) if w > 0)

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return `items` in random order."""
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Share `total` out by `weights` in whole numbers, by largest remainders.

    Returns
    -------
    list of int
        One a weight, adding up to `total`; all 0 where every weight is 0.
    """
    whole = fsum(weights)
    if whole <= 0:
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))
    for index in by_remainder[: total - sum(shares)]:
        shares[index] += 1
    return shares
