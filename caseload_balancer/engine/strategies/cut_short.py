"""Which assignment to end with where time was up before the last tier was settled.

Who searches an earlier tier does not look at later ones. Where loads are at their caps, hundreds of
units may have changed workers for one that had to: the last tier's search makes that good, and if
it is cut short, people would see hundreds of moves for one. The assignment of before is then the
better one, unless what was gained is worth it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import values

_UNITS_OUTWEIGHED: Final = 3
"""What the gain of one unit in an earlier tier is worth, in units of the last."""


def worth_most(arrays: Arrays, had: Sequence[Ints]) -> Ints:
    """Return the last of several assignments, or an earlier one that is worth more.

    It is the last where the last tier made good half of what the earlier ones had cost it.

    Parameters
    ----------
    had
        Each shape (units,): as it was before the first tier, and after each.
    """
    reached = [values(arrays, one) for one in had]
    ended, begun = reached[-1][-1], reached[-2][-1]
    cost = begun - min(one[-1] for one in reached)
    if 2 * (begun - ended) >= cost:
        return had[-1]
    weights = _weights(arrays)

    def worth(place: int) -> tuple[int, int]:
        tiers = reached[place]
        return tiers[0], sum(weight * value for weight, value in zip(weights, tiers, strict=True))

    return had[min(reversed(range(len(had))), key=worth)]


def _weights(arrays: Arrays) -> list[int]:
    """Return for each tier what a unit of its values is worth in the last, whole numbers."""
    largest = [_largest_step(arrays, tier) for tier in range(arrays.tiers)]
    earlier = [_UNITS_OUTWEIGHED * largest[-1] // max(1, one) + 1 for one in largest[:-1]]
    return [*earlier, 1]


def _largest_step(arrays: Arrays, tier: int) -> int:
    """Return the most that one unit, one step of a use or one split of a group makes of a tier."""
    waits = arrays.wait_cost[tier, arrays.may_wait]
    cost = np.concatenate([arrays.arc_cost[tier], waits])
    steps = arrays.breakpoints.step[arrays.breakpoints.tier == tier]
    splits = arrays.groups.cost[tier]
    spread = int(cost.max(initial=0)) - int(cost.min(initial=0))
    return max(spread, int(steps.max(initial=0)), int(splits.max(initial=0)))
