"""How much better one allocation is than another, as a line in the value of one rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from caseload_balancer.rates.names import MOST

_TOP: Final = Fraction(MOST)


@dataclass(frozen=True)
class RateLine:
    """What a choice costs beside its alternative, tier by tier, as one rate changes.

    Every goal is a sum of terms in which a rate occurs once, as a factor; so are the tiers.

    Parameters
    ----------
    now, then
        Two values of the rate.
    at_now, at_then
        The tiers of the choice less those of the alternative, at each.
    """

    now: Fraction
    then: Fraction
    at_now: tuple[int, ...]
    at_then: tuple[int, ...]

    def fits(self, value: Fraction) -> bool:
        """Return whether the choice is no worse than its alternative at a value of the rate."""
        for here, there in zip(self.at_now, self.at_then, strict=True):
            found = here + (there - here) * (value - self.now) / (self.then - self.now)
            if found:
                return found < 0
        return True

    def turns(self) -> Iterator[Fraction]:
        """Yield the values, from 0 to the most, at which the answer may change."""
        for here, there in zip(self.at_now, self.at_then, strict=True):
            if here != there:
                value = self.now - here * (self.then - self.now) / Fraction(there - here)
                if 0 < value < _TOP:
                    yield value


@dataclass(frozen=True)
class RateRange:
    """The values of a rate that most choices fit.

    Parameters
    ----------
    low, high
        Both ends; the most that a rate may be, where nothing limits it.
    fitting
        How many choices fit there.
    """

    low: Fraction
    high: Fraction
    fitting: int


def best_fit(lines: Sequence[RateLine], now: Fraction) -> RateRange:
    """Return the values that most choices fit; of several such stretches the one nearest `now`."""
    marks = sorted({Fraction(0), _TOP, *(turn for line in lines for turn in line.turns())})
    probes = [marks[0]]
    for low, high in pairwise(marks):
        probes += [(low + high) / 2, high]
    counts = [sum(line.fits(value) for line in lines) for value in probes]
    most = max(counts)
    stretches = list(_runs(probes, counts, most))
    return min(
        stretches, key=lambda one: (max(one.low - now, now - one.high, Fraction(0)), one.low)
    )


def _runs(probes: Sequence[Fraction], counts: Sequence[int], most: int) -> Iterator[RateRange]:
    """Yield runs of probes with the most; a probe between two marks stands for all between."""
    begin: int | None = None
    for position in range(len(probes) + 1):
        inside = position < len(probes) and counts[position] == most
        if inside and begin is None:
            begin = position
        elif not inside and begin is not None:
            yield RateRange(*_ends(probes, begin, position - 1), most)
            begin = None


def _ends(probes: Sequence[Fraction], first: int, last: int) -> tuple[Fraction, Fraction]:
    # Marks have even positions: a run that begins or ends between two of them reaches to both.
    low = probes[first - first % 2]
    return low, probes[min(last + last % 2, len(probes) - 1)]


def explained_by_any(lines: Iterable[RateLine]) -> bool:
    """Return whether some value of some rate makes a choice the better one."""
    for line in lines:
        marks = sorted({Fraction(0), _TOP, *line.turns()})
        probes = [*marks, *((a + b) / 2 for a, b in pairwise(marks))]
        if any(line.fits(value) for value in probes):
            return True
    return False


def as_decimal(value: Fraction) -> Decimal:
    """Return a value of a rate to a hundredth of a cost point."""
    return Decimal(round(value * 100)) / 100
