"""The loads that choices of items come to, as a list: where a table of all loads is too long.

States are dropped that another one beats, and those that are already too far from what the prices
of the loads would do, so that few are left however large the numbers are (Pisinger, "An
expanding-core algorithm for the exact 0-1 knapsack problem", EJOR 87, 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.problem.arrays import Bools, Ints

_STATES_AT_MOST: Final = 20_000


@dataclass(frozen=True, eq=False)
class Reached:
    """The loads reached, ascending, and the least that the items cost there.

    Parameters
    ----------
    load, cost
        Shape (states,).
    steps
        For each item, in the order they were decided: the item, and for each state then the
        state before it, and whether the item was taken.
    complete
        Whether nothing was dropped but what cannot matter.
    """

    load: Ints
    cost: Ints
    steps: list[tuple[int, Ints, Bools]]
    complete: bool

    def taken(self, state: int) -> Bools:
        """Return which items the choice at a state takes, shape (items,)."""
        found = np.zeros(len(self.steps), np.bool_)
        for item, before, took in reversed(self.steps):
            found[item] = took[state]
            state = int(before[state])
        return found


def reach_loads(
    cost: Ints, use: Ints, reduced: Ints, most: int, gap: int, *, rising: bool
) -> Reached:
    """Return the loads up to `most` that good choices come to.

    Parameters
    ----------
    cost, use
        Shape (items,): what taking each item costs and adds to the load.
    reduced
        Shape (items,): what taking each costs at the prices of the loads. A choice loses that
        where it takes an item of more than 0, or leaves one of less.
    gap
        Choices that lose more may be left out.
    rising
        Whether a smaller load is never dearer.
    """
    load = np.zeros(1, np.int64)
    spent, lost = load, load
    steps: list[tuple[int, Ints, Bools]] = []
    complete = True
    for item in np.argsort(-np.abs(reduced), kind="stable").tolist():
        with_it, without = max(0, int(reduced[item])), max(0, -int(reduced[item]))
        state = np.tile(np.arange(len(load)), 2)
        took = np.repeat([False, True], len(load))
        load = np.concatenate([load, load + use[item]])
        spent = np.concatenate([spent, spent + cost[item]])
        lost = np.concatenate([lost + without, lost + with_it])
        kept = np.flatnonzero((load <= most) & (lost <= gap))
        kept = kept[np.lexsort((spent[kept], load[kept]))]
        kept = kept[_unbeaten(load[kept], spent[kept], rising=rising)]
        if len(kept) > _STATES_AT_MOST:
            complete = False
            kept = kept[np.sort(np.argsort(lost[kept], kind="stable")[:_STATES_AT_MOST])]
        load, spent, lost = load[kept], spent[kept], lost[kept]
        steps.append((item, state[kept], took[kept]))
    return Reached(load, spent, steps, complete)


def _unbeaten(load: Ints, spent: Ints, *, rising: bool) -> Bools:
    """Return which states, sorted by load and then by cost, no earlier one is as good as."""
    if rising:
        least = np.minimum.accumulate(spent)
        return np.append(True, spent[1:] < least[:-1])[: len(load)]
    return np.append(True, load[1:] > load[:-1])[: len(load)]
