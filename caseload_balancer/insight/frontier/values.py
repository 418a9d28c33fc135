"""Points of the trade-off, their values, and proven lines below them.

A *value* holds what a point is judged by, in order: the tiers before the balance of loads, and the
balance last. Values are compared like words in a dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caseload_balancer.arrays import Ints

Value = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class CurvePoint:
    """A point of the trade-off of a part, as a search found it.

    Parameters
    ----------
    budget
        What it uses of the budget, at most.
    value
        The value within that budget. The assignment may be worse by the slack of the balance.
    rest
        The tiers after the balance, which choose among equals.
    assignment
        Shape (units,).
    bounds
        Proven for each tier.
    """

    budget: int
    value: Value
    rest: Value
    assignment: Ints
    bounds: Value


@dataclass(frozen=True)
class Chord:
    """Two budgets, and by how much each unit of budget between them lowers the balance."""

    low: int
    high: int
    price: int


@dataclass(frozen=True)
class Tangent:
    """A proven line below a trade-off.

    Parameters
    ----------
    within
        The largest budget for which it holds.
    proven
        Bounds of the tiers; in that of the balance each unit of budget counts its price.
    price
        What each unit of budget counts.
    """

    within: int
    proven: Value
    price: int

    def at(self, budget: int) -> Value:
        """Return a proven lower bound on the value of every assignment within a budget."""
        return (*self.proven[:-1], self.proven[-1] - self.price * budget)


def differs(reached: Value, bound: Value, step: int) -> bool:
    """Say whether `bound` leaves room for something better by `step` or more in the balance."""
    if reached[:-1] != bound[:-1]:
        return bound < reached
    return reached[-1] - bound[-1] >= step


def worthwhile(points: Iterable[tuple[int, Value]], step: int) -> list[int]:
    """Return the positions of the points that improve on the one kept before.

    Parameters
    ----------
    points
        Budget and value, by rising budget.
    step
        The least improvement of the balance that counts.
    """
    kept: list[int] = []
    last: Value | None = None
    for position, (_, value) in enumerate(points):
        if last is None or (value < last and differs(last, value, step)):
            kept.append(position)
            last = value
    return kept


def may_hide_one(
    points: Sequence[tuple[int, Value]], bounds: Mapping[int, Value], step: int
) -> bool:
    """Say whether the bounds leave room for a point that is not listed.

    Parameters
    ----------
    points
        Budget and value of those listed, by rising budget.
    bounds
        A proven lower bound for each budget from which on it holds.
    step
        The least improvement of the balance that counts.
    """
    for budget, bound in bounds.items():
        within = [value for used, value in points if used <= budget]
        if not within or differs(within[-1], bound, step):
            return True
    return False
