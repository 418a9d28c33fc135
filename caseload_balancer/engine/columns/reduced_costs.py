"""Reduced-cost fixing: what the relaxation of a tier rules out, in whole numbers.

Any duals give a Lagrangian bound that splits into what each option adds to it. An arc, or a use
of a resource, that takes the bound above a value is in no assignment as good as that value:
reduced-cost fixing (Nemhauser and Wolsey, "Integer and Combinatorial Optimization", 1988, II.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.least_costs import least_options
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.pricing import Pricing

NEVER: Final = np.iinfo(np.int64).max // 2
"""Gain of an option that no assignment has."""


@dataclass(frozen=True, eq=False)
class Prices:
    """A bound on a tier, and what each option and use adds to it.

    Parameters
    ----------
    arrays
        The problem.
    total
        The bound times `scale`.
    arc, wait
        Shapes (arcs,) and (units,): what each option adds at least, times `scale`.
    curves
        For each (resource, worker) with convex costs: uses, ascending, and what the bound gains
        there at least, times `scale`, linear in between.
    scale
        See `Pricing`.
    support
        Shape (arcs,): the arcs that the relaxation takes, whole or in part.
    """

    arrays: Arrays
    total: int
    arc: Ints
    wait: Ints
    curves: dict[tuple[int, int], tuple[Ints, Ints]]
    scale: int
    support: Bools

    @property
    def bound(self) -> int:
        """No assignment has a lower value."""
        return -(-self.total // self.scale)

    @classmethod
    def none(cls, arrays: Arrays, bound: int) -> Prices:
        """Return prices that rule nothing out."""
        arc, wait = np.zeros(arrays.arcs, np.int64), np.zeros(arrays.units, np.int64)
        return cls(arrays, bound, arc, wait, {}, 1, np.ones(arrays.arcs, np.bool_))

    @classmethod
    def of_options(cls, arrays: Arrays, tier: int) -> Prices:
        """Return the prices of a bound that only counts the cheapest option of each unit."""
        least = least_options(arrays, tier)
        arc = arrays.arc_cost[tier] - least[arrays.arc_unit]
        wait = np.where(arrays.may_wait, arrays.wait_cost[tier] - least, NEVER)
        support = np.ones(arrays.arcs, np.bool_)
        return cls(arrays, int(least.sum()), arc, wait, {}, 1, support)

    def cutoff_for(self, arcs: int) -> int | None:
        """Return a cutoff that leaves about so many arcs; None where no cutoff is needed."""
        if self.arrays.arcs <= arcs or not self.arc.any():
            return None
        nth = np.partition(self.arc, arcs)[arcs]
        return max(self.bound, int((self.total + nth) // self.scale))

    def candidates(self, cutoff: int) -> Candidates:
        """Return what assignments of value `cutoff` or less, not below the bound, are made of."""
        everything = Candidates.all_of(self.arrays)
        room = cutoff * self.scale - self.total
        least, most = everything.least.copy(), everything.most.copy()
        for key, (use, gain) in self.curves.items():
            least[key], most[key] = _window(use, gain, room)
        return Candidates(
            arc=self.arc <= room,
            wait=everything.wait & (self.wait <= room),
            least=least,
            most=most,
        )


def price_options(
    arrays: Arrays, linear: Linearisation, pricing: Pricing, support: Bools
) -> Prices:
    """Split a Lagrangian bound into options and uses.

    Exactly one option of each unit is taken, and each worker has some use; so the cheapest of
    each is part of the bound, and may raise it.

    Parameters
    ----------
    support
        Shape (arcs,): the arcs that the relaxation takes, whole or in part.
    """
    options = arrays.arcs + len(linear.waits)
    reduced, most = pricing.reduced_cost[:options], linear.program.upper[:options]
    costs = np.where(most > 0, reduced, NEVER)
    arc = costs[: arrays.arcs]
    wait = np.full(arrays.units, NEVER)
    wait[linear.waits] = costs[arrays.arcs :]
    cheapest = wait.copy()
    np.minimum.at(cheapest, arrays.arc_unit, arc)
    curves = load_curves(arrays, linear, pricing)
    bottom = {key: int(gain.min()) for key, (_, gain) in curves.items()}
    total = pricing.bound + linear.constant * pricing.scale
    total += int(cheapest.sum()) - int(np.minimum(reduced, 0) @ most)
    total += sum(bottom.values())
    return Prices(
        arrays=arrays,
        total=total,
        arc=arc - cheapest[arrays.arc_unit],
        wait=np.where(arrays.may_wait, wait - cheapest, NEVER),
        curves={key: (use, gain - bottom[key]) for key, (use, gain) in curves.items()},
        scale=pricing.scale,
        support=support,
    )


def load_curves(
    arrays: Arrays, linear: Linearisation, pricing: Pricing
) -> dict[tuple[int, int], tuple[Ints, Ints]]:
    """Return what the bound gains at each use of each worker with convex costs.

    In an assignment the segments of a use are filled one after the other; a segment that cannot be
    filled completely ends the curve.
    """
    first = linear.first_segment
    found: dict[tuple[int, int], tuple[Ints, Ints]] = {}
    begin = np.flatnonzero(np.diff(linear.segment_cell, prepend=-1))
    for low, high in zip(begin, np.append(begin, len(linear.segment_cell))[1:], strict=True):
        cell = int(linear.segment_cell[low])
        at = linear.segment_start[low:high]
        width = np.diff(at, append=linear.cell_limit[cell])
        most = linear.program.upper[first + low : first + high]
        reduced = pricing.reduced_cost[first + low : first + high]
        capped = np.flatnonzero(most < width)
        segments = int(capped[0]) + 1 if len(capped) else len(at)
        filled = np.minimum(most, width)[:segments]
        use = at[0] + np.concatenate([[0], np.cumsum(filled)])
        gain = np.concatenate([[0], np.cumsum(filled * reduced[:segments])])
        key = divmod(cell, arrays.workers)
        found[key] = (use, gain - int(np.minimum(0, reduced) @ most))
    return found


def _window(use: Ints, gain: Ints, room: int) -> tuple[int, int]:
    """Return the least and the largest use whose gain is at most `room`.

    Below the first use given, the gain is no less than there.
    """
    fits = np.flatnonzero(gain <= room)
    low, high = int(fits[0]), int(fits[-1])
    least = 0 if low == 0 else int(use[low])
    if low > 0:
        fall = int(gain[low - 1] - gain[low])
        least -= (room - int(gain[low])) * int(use[low] - use[low - 1]) // fall
    largest = int(use[high])
    if high < len(use) - 1:
        rise = int(gain[high + 1] - gain[high])
        largest += (room - int(gain[high])) * int(use[high + 1] - use[high]) // rise
    return least, largest
