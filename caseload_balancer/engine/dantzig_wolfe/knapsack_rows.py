"""Rows that say of each worker what the knapsacks say: no choice of its items costs less.

In a program over arcs they make the linear relaxation as strong as the bound by patterns at the
duals they come from, which it is far from by the limits alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.linear_programs.programs import LinearProgram

_LARGEST: Final = 1 << 30
"""What the coefficients of a row may add up to: half of what CP-SAT is trusted with."""
_FRACTION: Final = 1 << 6
"""To what part of a unit of cost coefficients are rounded."""


@dataclass(frozen=True, eq=False)
class PatternRow:
    """``coefficient @ x >= least`` over the arcs of one worker.

    Parameters
    ----------
    arc
        Shape (entries,), ascending.
    coefficient
        Shape (entries,), whole numbers.
    least
        A whole number.
    """

    arc: Ints
    coefficient: Ints
    least: int


def pattern_row(arc: Ints, net: Ints, least: int, scale: int) -> PatternRow:
    """Return the row of a worker whose items cost at least `least`, in smaller numbers.

    Parameters
    ----------
    arc, net
        Shape (items,): the items as arcs, and what taking each costs, times `scale`.
    least
        No choice of them costs less, times `scale`.
    """
    order = np.argsort(arc, kind="stable")
    step = max(1, scale // _FRACTION, -(-int(np.abs(net).sum()) // _LARGEST))
    return PatternRow(arc[order], -(-net[order] // step), -(-least // step))


def with_pattern_rows(program: LinearProgram, rows: Sequence[PatternRow]) -> LinearProgram:
    """Return a program whose first columns are the arcs, with more rows."""
    if not rows:
        return program
    sizes = [len(row.arc) for row in rows]
    return program.with_rows(
        np.array([-row.least for row in rows], np.int64),
        np.repeat(np.arange(len(rows)), sizes),
        np.concatenate([row.arc for row in rows]),
        np.concatenate([-row.coefficient for row in rows]),
    )
