"""The distance from a given assignment, as a cost that is minimised too."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.tiers import add_to_tier, insert_tier, scale_tier


@dataclass(frozen=True, eq=False)
class Distance:
    """How many units are elsewhere than in a given assignment: 1 for each such option.

    Parameters
    ----------
    arc, wait
        Shapes (arcs,) and (units,).
    times
        One more than the largest distance there can be.
    """

    arc: Ints
    wait: Ints
    times: int

    @classmethod
    def of(cls, arrays: Arrays, current: Ints) -> Distance:
        """Count the units that are elsewhere than in `current`, shape (units,)."""
        arc = (arrays.arc_worker != current[arrays.arc_unit]).astype(np.int64)
        wait = (current != WAITING).astype(np.int64)
        can_be = wait & arrays.may_wait
        np.maximum.at(can_be, arrays.arc_unit, arc)
        return cls(arc, wait, int(can_be.sum()) + 1)

    def within_last(self, arrays: Arrays) -> Arrays:
        """Return the arrays with the distance inside the last tier, which is taken `times` times.

        So the distance only chooses among equals. As a tier of its own after the others it is
        proven slowly, because it rules out hardly any option: 4 s on a team instead of 0.5
        (measured).
        """
        last = arrays.tiers - 1
        return add_to_tier(scale_tier(arrays, last, self.times), last, self.arc, self.wait)

    def before_last(self, arrays: Arrays) -> Arrays:
        """Return the arrays with the distance as a tier before the last."""
        return insert_tier(arrays, arrays.tiers - 1, self.arc, self.wait)
