"""Rows that say for each worker what its knapsack says: no choice of its items costs less.

In a program over arcs these rows make the linear relaxation as strong as the bound of the
decomposition at the duals they come from. By limits, and tangents of the costs of loads, it is far
weaker.
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
    """``coefficient @ x + weight * costs of loads >= least`` over the arcs of one worker.

    Parameters
    ----------
    arc
        Shape (entries,), ascending.
    coefficient
        Shape (entries,), whole numbers.
    least
        A whole number.
    cells
        Of the loads whose costs count: resource times the number of workers, plus the worker.
    weight
        A whole number, 0 without such loads.
    """

    arc: Ints
    coefficient: Ints
    least: int
    cells: tuple[int, ...] = ()
    weight: int = 0


def knapsack_row(
    arc: Ints, net: Ints, least: int, scale: int, cells: tuple[int, ...] = ()
) -> KnapsackRow:
    """Return the row of a worker whose items cost `least` or more, in smaller numbers.

    Parameters
    ----------
    arc, net
        Shape (items,): the items as arcs, and what each costs, times `scale`.
    least
        No choice of the items costs less, with the costs of loads, times `scale`.
    cells
        See `KnapsackRow`; no load costs less than 0.
    """
    order = np.argsort(arc, kind="stable")
    step = max(1, scale // _FRACTION, -(-int(np.abs(net).sum()) // _LARGEST))
    weight = -(-scale // step) if cells else 0
    return KnapsackRow(arc[order], -(-net[order] // step), -(-least // step), cells, weight)


def with_knapsack_rows(program: LinearProgram, rows: Sequence[KnapsackRow]) -> LinearProgram:
    """Return a program whose first columns are the arcs, with more rows.

    Rows in which costs of loads count are left out: it has no columns for what a load costs.
    """
    rows = [row for row in rows if not row.cells]
    if not rows:
        return program
    sizes = [len(row.arc) for row in rows]
    return program.with_rows(
        np.array([-row.least for row in rows], np.int64),
        np.repeat(np.arange(len(rows)), sizes),
        np.concatenate([row.arc for row in rows]),
        np.concatenate([-row.coefficient for row in rows]),
    )
