"""How far an assignment is away from another, as a part of what is minimised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.tiers import add_to_tier, insert_tier, scale_tier


@dataclass(frozen=True, eq=False)
class Away:
    """One for each option that takes a unit away from where it is.

    Parameters
    ----------
    arc, wait
        Shapes (arcs,) and (units,).
    times
        One more than the units that can be away: what an assignment is away never comes to it.
    """

    arc: Ints
    wait: Ints
    times: int

    @classmethod
    def of(cls, arrays: Arrays, current: Ints) -> Away:
        """Count what takes each unit away from `current`, shape (units,)."""
        arc = (arrays.arc_worker != current[arrays.arc_unit]).astype(np.int64)
        wait = (current != WAITING).astype(np.int64)
        can_be = wait & arrays.may_wait
        np.maximum.at(can_be, arrays.arc_unit, arc)
        return cls(arc, wait, int(can_be.sum()) + 1)

    def within_last(self, arrays: Arrays) -> Arrays:
        """Return the arrays with the last tier times `times`, and how far it is away added.

        As a tier of its own after the others it is proven slowly, for hardly an option is too
        dear for it: 4 s on a team instead of 0.5 (measured).
        """
        last = arrays.tiers - 1
        return add_to_tier(scale_tier(arrays, last, self.times), last, self.arc, self.wait)

    def before_last(self, arrays: Arrays) -> Arrays:
        """Return the arrays with how far they are away as a tier before the last."""
        return insert_tier(arrays, arrays.tiers - 1, self.arc, self.wait)
