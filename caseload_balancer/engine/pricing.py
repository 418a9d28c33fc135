"""What the linear relaxation of a tier rules out, in whole numbers.

Any duals give a Lagrangian bound that splits into what each option adds to it. An arc, or a use
of a resource, that takes the bound above a value is in no assignment as good as that value:
reduced-cost fixing (Nemhauser and Wolsey, "Integer and Combinatorial Optimization", 1988, II.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.engine.candidates import Candidates
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs import Pricing, price, solve_linear
from caseload_balancer.engine.relaxation import Linearisation, linearise
from caseload_balancer.problem.arrays import Arrays, Bools, Ints

_NOTHING: Final = 1e-6
"""What the relaxation takes less of, it does not take."""


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

    def cut_for(self, arcs: int) -> int | None:
        """Return a value up to which about so many arcs are candidates; None where all may be."""
        if self.arrays.arcs <= arcs or not self.arc.any():
            return None
        nth = np.partition(self.arc, arcs)[arcs]
        return max(self.bound, int((self.total + nth) // self.scale))

    def candidates(self, cut: int) -> Candidates:
        """Return what assignments of value `cut` or less, not below the bound, are made of."""
        everything = Candidates.all_of(self.arrays)
        room = cut * self.scale - self.total
        least, most = everything.least.copy(), everything.most.copy()
        for key, (use, gain) in self.curves.items():
            least[key], most[key] = _window(use, gain, room, int(most[key]))
        return Candidates(
            arc=self.arc <= room,
            wait=everything.wait & (self.wait <= room),
            least=least,
            most=most,
        )


def price_tier(
    arrays: Arrays, tier: int, ceilings: Sequence[int], *, deadline: Deadline
) -> Prices | None:
    """Solve the relaxation of a tier; None where it has no answer in time."""
    linear = linearise(arrays, tier, ceilings)
    everything = np.ones(linear.program.columns, np.bool_)
    solved = solve_linear(linear.program, everything, deadline=deadline)
    if solved is None:
        return None
    support = solved.values[: arrays.arcs] > _NOTHING
    return price_options(arrays, linear, price(linear.program, solved.duals), support)


def price_options(
    arrays: Arrays, linear: Linearisation, pricing: Pricing, support: Bools
) -> Prices:
    """Split a Lagrangian bound into options and uses.

    The duals of the one-option rows are set afresh, so that the cheapest option of each unit adds
    nothing; that alone can raise the bound.
    """
    reduced = pricing.reduced_cost
    arc = reduced[: arrays.arcs].copy()
    never = np.iinfo(np.int64).max // 2
    wait = np.full(arrays.units, never)
    wait[linear.waits] = reduced[arrays.arcs : arrays.arcs + len(linear.waits)]
    cheapest = wait.copy()
    np.minimum.at(cheapest, arrays.arc_unit, arc)
    options = reduced[: arrays.arcs + len(linear.waits)]
    total = pricing.bound + linear.constant * pricing.scale
    total += int(cheapest.sum()) - int(np.minimum(options, 0).sum())
    return Prices(
        arrays=arrays,
        total=total,
        arc=arc - cheapest[arrays.arc_unit],
        wait=np.where(arrays.may_wait, wait - cheapest, never),
        curves=_curves(arrays, linear, pricing),
        scale=pricing.scale,
        support=support,
    )


def _curves(
    arrays: Arrays, linear: Linearisation, pricing: Pricing
) -> dict[tuple[int, int], tuple[Ints, Ints]]:
    pieces = len(linear.piece_group)
    first = len(pricing.reduced_cost) - pieces
    found: dict[tuple[int, int], tuple[Ints, Ints]] = {}
    order = np.lexsort((linear.piece_at, linear.piece_group))
    group = linear.piece_group[order]
    begin = np.flatnonzero(np.diff(group, prepend=-1))
    for low, high in zip(begin, np.append(begin, pieces)[1:], strict=True):
        mine = order[low:high]
        width = linear.program.most[first + mine]
        gain = np.concatenate([[0], np.cumsum(width * pricing.reduced_cost[first + mine])])
        use = linear.piece_at[mine[0]] + np.concatenate([[0], np.cumsum(width)])
        key = divmod(int(group[low]), arrays.workers)
        found[key] = (use, gain - np.minimum(0, pricing.reduced_cost[first + mine]) @ width)
    return found


def _window(use: Ints, gain: Ints, room: int, most: int) -> tuple[int, int]:
    """Return the least and the largest use whose gain is at most `room`; gain is convex.

    Below the first use given, the gain is no less than there.
    """
    fits = np.flatnonzero(gain <= room)
    low, high = int(fits[0]), int(fits[-1])
    least = 0 if low == 0 else int(use[low])
    if low > 0:
        fall = int(gain[low - 1] - gain[low])
        least -= (room - int(gain[low])) * int(use[low] - use[low - 1]) // fall
    largest = most if high == len(use) - 1 else int(use[high])
    if high < len(use) - 1:
        rise = int(gain[high + 1] - gain[high])
        largest += (room - int(gain[high])) * int(use[high + 1] - use[high]) // rise
    return least, largest
