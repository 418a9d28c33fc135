"""Rows that say for each worker what its knapsack says: no choice of its items costs less.

In a program over arcs these rows make the linear relaxation as strong as the bound of the
decomposition at the duals they come from. By its limits alone it is far weaker.
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
"""Coefficients are rounded to a unit of cost divided by this."""


@dataclass(frozen=True, eq=False)
class KnapsackRow:
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


def knapsack_row(arc: Ints, net: Ints, least: int, scale: int) -> KnapsackRow:
    """Return the row of a worker whose items cost `least` or more, in smaller numbers.

    Parameters
    ----------
    arc, net
        Shape (items,): the items as arcs, and what each costs, times `scale`.
    least
        No choice of the items costs less, times `scale`.
    """
    order = np.argsort(arc, kind="stable")
    step = max(1, scale // _FRACTION, -(-int(np.abs(net).sum()) // _LARGEST))
    return KnapsackRow(arc[order], -(-net[order] // step), -(-least // step))


def with_knapsack_rows(program: LinearProgram, rows: Sequence[KnapsackRow]) -> LinearProgram:
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
