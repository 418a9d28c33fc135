"""Cost points, exact, as whole hundredths."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

HUNDREDTHS = 100


def hundredths(points: Fraction | Decimal | int) -> int:
    """Return cost points in hundredths, rounded down."""
    return floor(HUNDREDTHS * Fraction(points))
