"""The trade-off of a whole service from those of its parts, which share nothing but the budget."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.insight.frontier.curves import Curve
from caseload_balancer.insight.frontier.values import CurvePoint, Value


def joined_values(
    curves: Sequence[Curve], nothing: Value, most: int
) -> list[tuple[int, Value, list[CurvePoint]]]:
    """Return the best of all parts together, within each budget at which it changes.

    Parts share nothing but the budget, so the best within a budget is the best way to share it
    out: what each part reaches, added up (an infimal convolution, which is exact).

    Parameters
    ----------
    nothing
        The value of no part at all: a zero for each tier.
    most
        The largest budget for all parts together.

    Returns
    -------
    list
        The budget, the value of all tiers, and the point of each part.
    """
    table: dict[int, tuple[Value, list[CurvePoint]]] = {0: (nothing, [])}
    for curve in curves:
        grown: dict[int, tuple[Value, list[CurvePoint]]] = {}
        for used, (value, taken) in table.items():
            for one in curve.levels():
                total = used + one.budget
                candidate = _added(value, (*one.value, *one.rest))
                if total <= most and (total not in grown or candidate < grown[total][0]):
                    grown[total] = (candidate, [*taken, one])
        table = _only_improvements(grown)
    return [(budget, value, taken) for budget, (value, taken) in table.items()]


def joined_bounds(curves: Sequence[Curve], nothing: Value, most: int) -> dict[int, Value]:
    """Return a proven lower bound on the value, for each budget at which it changes.

    Parameters as for `joined_values`; a value has only the tiers up to the balance.
    """
    table: dict[int, Value] = {0: nothing}
    for curve in curves:
        grown: dict[int, Value] = {}
        for used, value in table.items():
            for start, bound in _bound_levels(curve):
                total = used + start
                candidate = _added(value, bound)
                if total <= most and (total not in grown or candidate < grown[total]):
                    grown[total] = candidate
        table = {}
        for budget in sorted(grown):
            if not table or grown[budget] < next(reversed(table.values())):
                table[budget] = grown[budget]
    return table


def _bound_levels(curve: Curve) -> list[tuple[int, Value]]:
    """Return the least budget of each bound of a part, and the bound."""
    found = [(0, curve.bound(0))]
    for budget in range(1, curve.most + 1):
        if (bound := curve.bound(budget)) < found[-1][1]:
            found.append((budget, bound))
    return found


def _added(one: Value, other: Value) -> Value:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _only_improvements(
    table: dict[int, tuple[Value, list[CurvePoint]]],
) -> dict[int, tuple[Value, list[CurvePoint]]]:
    """Leave out what uses more of the budget and is no better."""
    kept: dict[int, tuple[Value, list[CurvePoint]]] = {}
    least: Value | None = None
    for budget in sorted(table):
        value, taken = table[budget]
        if least is None or value < least:
            kept[budget] = (value, taken)
            least = value
    return kept
