"""At which budgets the tiers before the balance are searched, to find where they change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import isqrt

from caseload_balancer.insight.frontier.values import Value


def next_budget(known: Mapping[int, Value], most: int) -> int | None:
    """Return the budget to be searched next, None where all changes are known.

    Parameters
    ----------
    known
        The tiers before the balance within each budget that was searched.
    most
        The largest budget.
    """
    for end in (0, most):
        if end not in known:
            return end
    for low, high in pairwise(sorted(known)):
        if high - low > 1 and known[low] != known[high]:
            return _between(low, high)
    return None


def likely_budgets(known: Mapping[int, Value], most: int, asked: set[int]) -> Iterator[int]:
    """Yield budgets that are likely to be searched after those asked for now.

    Only such as are likely to be searched from a start that is known already, which depends on what
    is found within fewer moves.
    """
    if 0 not in known:
        return
    for low, high in pairwise(sorted({*known, *asked, most})):
        if low in known and high - low > 1 and known[low] != known.get(high):
            yield _between(low, high)


def _between(low: int, high: int) -> int:
    # The first moves bring the most, so the geometric mean comes next.
    return min(high - 1, max(low + 1, isqrt(max(1, low) * high)))
