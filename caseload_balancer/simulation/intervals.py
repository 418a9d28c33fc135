"""Means with 95 % intervals, and differences of practices on the same events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt, tan
from statistics import NormalDist, fmean, stdev
from typing import Final

_LEVEL: Final = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean and where the true one lies with 95 % confidence.

    Parameters
    ----------
    mean
        Of the runs.
    half
        Half the width; None where there is one run only.
    """

    mean: float
    half: float | None

    @classmethod
    def of(cls, values: Sequence[float]) -> Interval:
        """Return the mean of some runs with its interval by Student's t."""
        if len(values) < 2:
            return cls(fmean(values), None)
        return cls(fmean(values), t_quantile(len(values) - 1) * stdev(values) / sqrt(len(values)))

    @property
    def low(self) -> float | None:
        """Lower end."""
        return None if self.half is None else self.mean - self.half

    @property
    def high(self) -> float | None:
        """Upper end."""
        return None if self.half is None else self.mean + self.half

    @property
    def shows_difference(self) -> bool:
        """Whether 0 is outside: as a difference, it is more than chance."""
        return self.half is not None and abs(self.mean) > self.half

    def text(self, *, signed: bool = False) -> str:
        """Return ``12.0 +- 3.1``, or the mean alone where there is one run."""
        sign = "+" if signed else ""
        mean = f"{self.mean:{sign},.1f}"
        return mean if self.half is None else f"{mean} +- {self.half:,.1f}"


def t_quantile(degrees: int) -> float:
    """Return Student's t for a two-sided 95 % interval.

    Exact for one and two degrees of freedom; else the expansion of Abramowitz and Stegun, 26.7.5,
    which is right to 0.004 at three degrees of freedom and to 0.001 from four on.
    """
    if degrees == 1:
        return tan(pi / 2 * _LEVEL)
    if degrees == 2:
        angle = (1 + _LEVEL) / 2
        return (2 * angle - 1) * sqrt(2 / (1 - (2 * angle - 1) ** 2))
    x = NormalDist().inv_cdf((1 + _LEVEL) / 2)
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92_160,
    )
    return x + sum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))
