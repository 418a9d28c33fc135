"""Figures of tables and policies as exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def exactly(value: Decimal | int) -> Fraction:
    """Return a figure as a fraction; the same few come for every case, and are made once."""
    return Fraction(value)
