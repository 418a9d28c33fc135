"""Numerical tolerances, one for each meaning."""

from __future__ import annotations

from typing import Final

INTEGRALITY: Final = 1e-6
"""A share of a column nearer than this to 0 or 1 counts as 0 or 1."""
FEASIBILITY: Final = 1e-6
"""Less slack than this counts as none."""
EPSILON: Final = 1e-6
"""Keeps divisors and chances above 0."""
