"""The distance from a given assignment, as a cost that is minimised too."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints


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
        factor = np.where(np.arange(arrays.tiers) == last, self.times, 1)[:, np.newaxis]
        breakpoints, groups = arrays.breakpoints, arrays.groups
        arc_cost, wait_cost = arrays.arc_cost * factor, arrays.wait_cost * factor
        arc_cost[last] += self.arc
        wait_cost[last] += self.wait
        return replace(
            arrays,
            breakpoints=replace(breakpoints, step=breakpoints.step * factor[breakpoints.tier, 0]),
            groups=replace(groups, cost=groups.cost * factor),
            arc_cost=arc_cost,
            wait_cost=wait_cost,
        )

    def before_last(self, arrays: Arrays) -> Arrays:
        """Return the arrays with the distance as a tier before the last."""
        last = arrays.tiers - 1
        breakpoints, groups = arrays.breakpoints, arrays.groups
        return replace(
            arrays,
            breakpoints=replace(breakpoints, tier=breakpoints.tier + (breakpoints.tier == last)),
            groups=replace(groups, cost=np.insert(groups.cost, last, 0, axis=0)),
            arc_cost=np.insert(arrays.arc_cost, last, self.arc, axis=0),
            wait_cost=np.insert(arrays.wait_cost, last, self.wait, axis=0),
            slack_abs=np.insert(arrays.slack_abs, last, 0),
            slack_rel=np.insert(arrays.slack_rel, last, 0),
        )
