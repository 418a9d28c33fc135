"""The least spread there can be: whole children shared out as evenly as limits allow.

Who may hold which case is not considered, so no allocation can be below these figures, and some
weeks cannot reach them.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from caseload_balancer.insight.fairness.spreads import Spread, measure_spread


def least_spread(
    total: int, shares: Sequence[Fraction], least: Sequence[int], most: Sequence[int]
) -> Spread:
    """Return the least of each measure on its own, over all ways to share out `total`.

    Parameters
    ----------
    total
        Children to share out; between the sums of `least` and `most`.
    shares
        The full-time share of each worker, more than 0.
    least, most
        Limits of what each worker can have.

    Returns
    -------
    Spread
        Exact for whole children; `gini` only where all shares are equal. With others it is
        the figure for divided children, and no figure for whole ones is below it.
    """
    flattest = _shared_out(total, shares, least, most, lambda has, share: (has + 1) / share)
    smoothest = _shared_out(total, shares, least, most, lambda has, share: (2 * has + 1) / share)
    even = flattest if len(set(shares)) == 1 else _level(total, shares, least, most)
    return Spread(
        most=measure_spread(flattest, shares).most,
        gap=_least_gap(total, shares, least, most),
        variance=measure_spread(smoothest, shares).variance,
        gini=measure_spread(even, shares).gini,
    )


def _shared_out(
    total: int,
    shares: Sequence[Fraction],
    least: Sequence[int],
    most: Sequence[int],
    price: Callable[[Fraction, Fraction], Fraction],
) -> list[Fraction]:
    """Give each child in turn to the worker whose price is lowest.

    As no worker's price ever falls, this makes both the largest price and the sum of prices as
    small as they can be.
    """
    has = [Fraction(number) for number in least]
    queue = [
        (price(has[worker], shares[worker]), worker)
        for worker in range(len(shares))
        if has[worker] < most[worker]
    ]
    heapq.heapify(queue)
    for _ in range(total - sum(least)):
        _, worker = heapq.heappop(queue)
        has[worker] += 1
        if has[worker] < most[worker]:
            heapq.heappush(queue, (price(has[worker], shares[worker]), worker))
    return has


def _level(
    total: int, shares: Sequence[Fraction], least: Sequence[int], most: Sequence[int]
) -> list[Fraction]:
    """Bring all workers to one level, as far as their limits allow, dividing children.

    No other way within the limits is more even by any measure that falls when something passes
    from one who has more to one who has less (Veinott, "Least d-majorized network flows",
    Management Science 17, 1971).
    """
    people = list(zip(shares, least, most, strict=True))
    levels = sorted({limit / share for share, *limits in people for limit in limits})

    def at(level: Fraction) -> list[Fraction]:
        return [
            min(max(level * share, Fraction(low)), Fraction(high)) for share, low, high in people
        ]

    above = next(level for level in levels if sum(at(level)) >= total)
    below = max((level for level in levels if level < above), default=above)
    full, rest = sum(at(above)), sum(at(below))
    part = Fraction(total - rest, full - rest) if full > rest else Fraction(0)
    return at(below + part * (above - below))


def _least_gap(
    total: int, shares: Sequence[Fraction], least: Sequence[int], most: Sequence[int]
) -> Fraction:
    """Return the narrowest band of rates in which everybody can be: both edges only ever rise."""
    scale = lcm(*(share.numerator for share in shares))
    unit = [int(scale / share.numerator) * share.denominator for share in shares]
    at_rate: dict[int, list[int]] = defaultdict(list)
    for worker, (first, last) in enumerate(zip(least, most, strict=True)):
        for number in range(first, last + 1):
            at_rate[number * unit[worker]].append(worker)
    rates = sorted(at_rate)
    low, high = list(least), [number - 1 for number in least]
    outside = len(shares)
    top = -1
    best: int | None = None
    for bottom in rates:
        while top + 1 < len(rates) and (outside or sum(high) < total):
            top += 1
            for worker in at_rate[rates[top]]:
                high[worker] += 1
                outside -= high[worker] == low[worker]
        if outside or sum(high) < total or sum(low) > total:
            break
        width = rates[top] - bottom
        best = width if best is None else min(best, width)
        for worker in at_rate[bottom]:
            low[worker] += 1
            outside += low[worker] == high[worker] + 1
    return Fraction(0 if best is None else best, scale)
