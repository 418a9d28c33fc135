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
class States:
    """What the choices among some items come to.

    Parameters
    ----------
    load, spent, lost
        Shape (states,): the load, ascending, what the items taken cost, and by how much they
        miss what the prices of the loads would do. A choice loses the reduced cost of an item
        that it takes for more than 0, or leaves for less.
    """

    load: Ints
    spent: Ints
    lost: Ints

    @classmethod
    def nothing(cls) -> States:
        """Return the one choice among no items."""
        zero = np.zeros(1, np.int64)
        return cls(zero, zero, zero)

    def extended(self, cost: int, use: int, reduced: int) -> States:
        """Return every state without an item, then every state with it."""
        return States(
            np.concatenate([self.load, self.load + use]),
            np.concatenate([self.spent, self.spent + cost]),
            np.concatenate([self.lost + max(0, -reduced), self.lost + max(0, reduced)]),
        )

    def worthwhile(self, most: int, gap: int, *, rising: bool) -> Ints:
        """Return the states within a load and a loss that no other one beats, by their load.

        Parameters
        ----------
        rising
            Whether a smaller load is never dearer.
        """
        kept = np.flatnonzero((self.load <= most) & (self.lost <= gap))
        kept = kept[np.lexsort((self.spent[kept], self.load[kept]))]
        if len(kept) == 0:
            return kept
        if rising:
            spent = self.spent[kept]
            better = spent[1:] < np.minimum.accumulate(spent)[:-1]
        else:
            better = np.diff(self.load[kept]) > 0
        return np.asarray(kept[np.append(True, better)])

    def only(self, kept: Ints) -> States:
        """Return some of the states."""
        return States(self.load[kept], self.spent[kept], self.lost[kept])


@dataclass(frozen=True, eq=False)
class Reached:
    """The loads reached by all items.

    Parameters
    ----------
    states
        All of them.
    steps
        For each item, in the order they were decided: the item, and for each state then the
        state before it, and whether the item was taken.
    complete
        Whether nothing was dropped but what cannot matter.
    """

    states: States
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
    cost, use, reduced
        Shape (items,): what taking each item costs, adds to the load, and costs at the prices
        of the loads.
    gap
        Choices that lose more may be left out.
    rising
        Whether a smaller load is never dearer.
    """
    states = States.nothing()
    steps: list[tuple[int, Ints, Bools]] = []
    complete = True
    for item in np.argsort(-np.abs(reduced), kind="stable").tolist():
        before = len(states.load)
        states = states.extended(int(cost[item]), int(use[item]), int(reduced[item]))
        kept = states.worthwhile(most, gap, rising=rising)
        if len(kept) > _STATES_AT_MOST:
            complete = False
            few = np.argsort(states.lost[kept], kind="stable")[:_STATES_AT_MOST]
            kept = kept[np.sort(few)]
        states = states.only(kept)
        steps.append((item, kept % max(1, before), kept >= before))
    return Reached(states, steps, complete)
