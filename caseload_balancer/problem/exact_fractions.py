"""Figures of tables and policies as exact fractions, each made once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def exactly(value: Decimal | int) -> Fraction:
    """Return a figure as a fraction: the same few come for every worker and every case."""
    return Fraction(value)
