"""Convex costs on the multiples of a step: corners and slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.arrays.convex_costs import ConvexCosts


@dataclass(frozen=True, eq=False)
class Tangents:
    """A convex function of a count of steps, linear between its corners.

    Parameters
    ----------
    at, cost
        Shape (corners,): the counts, ascending, and the cost there.
    slope
        Shape (corners - 1,): cost of one step more, right of each corner but the last.
    """

    at: Ints
    cost: Ints
    slope: Ints

    @property
    def least(self) -> int:
        """Cost at the first corner, which is the least."""
        return int(self.cost[0])

    @property
    def span(self) -> int:
        """Cost at the last corner beyond the least."""
        return int(self.cost[-1] - self.cost[0])

    def cost_at(self, count: int) -> int:
        """Return the cost of a count, taken into the range of the corners."""
        inside = int(np.clip(count, self.at[0], self.at[-1]))
        segment = int(np.searchsorted(self.at[1:-1], inside, side="right"))
        if len(self.slope) == 0:
            return self.least
        return int(self.cost[segment] + self.slope[segment] * (inside - self.at[segment]))


def tangents(costs: ConvexCosts, cell: int, *, step: int, least: int, most: int) -> Tangents:
    """Return the cost of one cell at the multiples of `step` from `least` to `most` steps.

    Between multiples the cost does not matter, so that breakpoints there merge: uses that are
    all multiples of ten need a tenth of the tangents, and give a tighter relaxation.
    """
    breaks = costs.at[costs.start[cell] : costs.start[cell + 1]]
    near = np.concatenate([breaks // step, -(-breaks // step)])
    inside = near[(near > least) & (near < most)]
    at = np.unique(np.concatenate([[least, most], inside])).astype(np.int64)
    cost = costs.cost(np.full(len(at), cell), at * step)
    slope = np.diff(cost) // np.diff(at)
    turns = np.flatnonzero(np.diff(slope) != 0) + 1
    corners = np.concatenate([[0], turns, [len(at) - 1]]) if len(at) > 1 else np.array([0])
    return Tangents(at[corners], cost[corners], slope[corners[:-1]])
