"""How unequally something is spread over workers, in exact fractions.

What a worker has is divided by the worker's full-time share, and each worker counts as much as the
share: two half-time workers with 6 each are one full-time worker with 12. Where all shares are
equal these are the usual measures. Gini: C. Gini, "Variabilità e mutabilità", 1912; the mean
difference of every two, as a part of twice the mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Final

_DIGITS: Final = 10**6


@dataclass(frozen=True)
class Spread:
    """Measures of one distribution; all but `gini` for one full-time worker.

    Parameters
    ----------
    most
        The most that any worker has.
    gap
        Between the most and the least.
    variance
        Mean square distance from the mean.
    gini
        0 where all have the same, towards 1 where one worker has everything.
    """

    most: Fraction
    gap: Fraction
    variance: Fraction
    gini: Fraction

    @property
    def deviation(self) -> float:
        """The standard deviation, to six places."""
        return square_root(self.variance)


def square_root(value: Fraction) -> float:
    """Return a square root, to six places."""
    return isqrt(value.numerator * _DIGITS**2 // value.denominator) / _DIGITS


def measure_spread(amounts: Sequence[Fraction], shares: Sequence[Fraction]) -> Spread:
    """Measure how `amounts` are spread.

    Parameters
    ----------
    amounts
        What each worker has, 0 or more; at least one worker.
    shares
        The full-time share of each, more than 0.
    """
    rates = [amount / share for amount, share in zip(amounts, shares, strict=True)]
    whole = sum(shares, Fraction(0))
    mean = sum(amounts, Fraction(0)) / whole
    squares = sum(
        (share * (rate - mean) ** 2 for rate, share in zip(rates, shares, strict=True)),
        Fraction(0),
    )
    return Spread(
        most=max(rates),
        gap=max(rates) - min(rates),
        variance=squares / whole,
        gini=_mean_difference(rates, shares) / (2 * whole**2 * mean) if mean else Fraction(0),
    )


def _mean_difference(rates: Sequence[Fraction], shares: Sequence[Fraction]) -> Fraction:
    """Add up the difference of every two, weighted by their shares, each pair both ways round."""
    total = seen = held = Fraction(0)
    for rate, share in sorted(zip(rates, shares, strict=True)):
        total += share * (rate * seen - held)
        seen += share
        held += share * rate
    return 2 * total
