"""At which budgets the tiers before the balance are searched, to find where they change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import isqrt

from caseload_balancer.insight.frontier.values import Value


class EarlyBudgets:
    """What the tiers before the balance come to within each budget that was searched.

    Parameters
    ----------
    most
        The largest budget.
    are_none
        Whether there is no tier before the balance, and nothing to search.
    """

    def __init__(self, most: int, *, are_none: bool) -> None:
        self._most = most
        self._are_none = are_none
        self._known: dict[int, Value] = {}

    def take(self, budget: int, value: Value) -> None:
        """Record what was found within a budget."""
        self._known[budget] = value

    def has(self, budget: int) -> bool:
        """Return whether nothing is left to search within a budget."""
        return self._are_none or budget in self._known

    def next(self) -> int | None:
        """Return the budget to be searched next, None where all changes are known."""
        if self._are_none:
            return None
        for end in (0, self._most):
            if end not in self._known:
                return end
        for low, high in pairwise(sorted(self._known)):
            if high - low > 1 and self._known[low] != self._known[high]:
                return _between(low, high)
        return None

    def likely_after(self, asked: int) -> Iterator[int]:
        """Yield budgets that are likely to be searched after the one asked for now.

        Only such as are likely to be searched from a start that is known already, which depends on
        what is found within fewer moves.
        """
        if 0 not in self._known:
            return
        for low, high in pairwise(sorted({*self._known, asked, self._most})):
            is_between = low in self._known and high - low > 1
            if is_between and self._known[low] != self._known.get(high):
                yield _between(low, high)


def _between(low: int, high: int) -> int:
    # The first moves bring the most, so the geometric mean comes next.
    return min(high - 1, max(low + 1, isqrt(max(1, low) * high)))
