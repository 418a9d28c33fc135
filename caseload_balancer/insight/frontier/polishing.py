"""The goals that choose among equals, for the points to be told.

A point's balance may stay a little above its bound. What that leaves is spent on the other goals:
at a price, by which balance and other goals become one sum that is searched as fast as the balance
alone (as in G. Mavrotas, "Effective implementation of the epsilon-constraint method in
multi-objective mathematical programming problems", Applied Mathematics and Computation 213, 2009;
the ceiling of the balance is looked at afterwards). In small parts, and where no price keeps the
balance, it is a ceiling instead, and the other goals are minimised below it.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays
from caseload_balancer.arrays.tiers import blend_last_tiers
from caseload_balancer.insight.frontier.curves import Curve
from caseload_balancer.insight.frontier.tasks import Chain, Question
from caseload_balancer.insight.frontier.values import CurvePoint

_PRICES: Final = (60, 200)
"""What a unit of balance costs in units of the other goals; the second where the balance that comes
of the first is too far above its bound. Judged on one team: with 100 at first the other goals came
out 5 % dearer."""


def polishing(curve: Curve, one: CurvePoint, judged: int, seconds: float) -> Chain[CurvePoint]:
    """Ask for the best of the goals after the balance, and return the point with what was found.

    Parameters
    ----------
    curve
        The trade-off of the part.
    one
        The point.
    judged
        How many tiers a value has.
    seconds
        For each search.
    """
    if curve.arrays.tiers == judged:
        return one
    for price in _PRICES:
        if _is_worthwhile(curve, one, price):
            result = yield _priced(curve, one, judged, price, seconds)
            better = None if result is None else curve.polished(one, result.assignment)
            if better is not None:
                return better
    result = yield _below(curve, one, judged, seconds)
    if result is None:
        return one
    settled = result.settled or result.values
    proven = result.bounds[judged:] if settled[:judged] == one.value else ()
    return curve.polished(one, result.assignment, proven) or one


def _is_worthwhile(curve: Curve, one: CurvePoint, price: int) -> bool:
    """Return whether a price is likely to keep the balance: a low one only where much is left."""
    left = curve.ceiling(one) - one.value[-1]
    return not curve.exactly and (price == _PRICES[-1] or 2 * left > curve.tolerance)


def _below(curve: Curve, one: CurvePoint, judged: int, seconds: float) -> Question:
    """Return the search of the other goals below the ceiling of the balance."""
    slack = np.zeros_like(curve.arrays.slack_abs)
    slack[judged - 1] = curve.ceiling(one) - one.value[-1]
    arrays = replace(_within(curve, one), slack_abs=slack)
    return Question(arrays, seconds, (inf,) * judged, begun=True)


def _priced(curve: Curve, one: CurvePoint, judged: int, price: int, seconds: float) -> Question:
    """Return the search of the balance and the other goals in one sum."""
    weights = np.ones(curve.arrays.tiers - judged + 1, np.int64)
    weights[0] = price
    near = (inf,) * (judged - 1) + (price * curve.tolerance,)
    return Question(blend_last_tiers(_within(curve, one), weights), seconds, near, begun=True)


def _within(curve: Curve, one: CurvePoint) -> Arrays:
    return replace(curve.arrays, budget=one.budget, start=one.assignment)
