"""What it costs at least to force one item into, or out of, a knapsack.

Prices of the load say how much an item adds at least, but not how the rest of a full knapsack would
have to change. Two dynamic programmes over the core, one from either end, meet at each item and say
just that (Posta, Ferland and Michelon, "An exact method with variable fixing for solving the
generalized assignment problem", Computational Optimization and Applications 52, 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.parameters import DEFAULTS, KnapsackParameters

_NEVER: Final = 1 << 61


@dataclass(frozen=True, eq=False)
class _States:
    """What the choices among some items come to.

    Parameters
    ----------
    load, spent, loss
        Shape (states,): the load, ascending, what the items taken cost, and by how much they
        miss what the price of the load would do. A choice loses the reduced cost of an item
        that it takes for more than 0, or leaves for less.
    """

    load: Ints
    spent: Ints
    loss: Ints

    @classmethod
    def nothing(cls) -> _States:
        """Return the one choice among no items."""
        zero = np.zeros(1, np.int64)
        return cls(zero, zero, zero)

    def extended(self, cost: int, use: int, reduced: int) -> _States:
        """Return every state without an item, and every state with it."""
        return _States(
            np.concatenate([self.load, self.load + use]),
            np.concatenate([self.spent, self.spent + cost]),
            np.concatenate([self.loss + max(0, -reduced), self.loss + max(0, reduced)]),
        )

    def undominated(self, most: int, gap: int) -> _States:
        """Return the states within a load and a loss that no other dominates, by their load."""
        kept = np.flatnonzero((self.load <= most) & (self.loss <= gap))
        kept = kept[np.lexsort((self.spent[kept], self.load[kept]))]
        if len(kept):
            spent = self.spent[kept]
            better = spent[1:] < np.minimum.accumulate(spent)[:-1]
            kept = kept[np.append(True, better)]
        return _States(self.load[kept], self.spent[kept], self.loss[kept])


def gains_of_forcing(
    net: Ints,
    use: Ints,
    most: int,
    *,
    price: int,
    least: int,
    room: int,
    parameters: KnapsackParameters = DEFAULTS.knapsacks,
) -> tuple[Ints, Ints]:
    """Return by how much the least cost rises at least with each item in, and without it.

    Parameters
    ----------
    net, use
        Shape (items,): what each item costs, and what it adds to the load, 0 or more.
    most
        The largest load; up to that it costs nothing.
    price
        Of the load, 0 or more.
    least
        No choice of items costs less.
    room
        Gains beyond it are of no interest and may be less than they could be.
    parameters
        Of knapsacks.
    """
    reduced = net + price * use
    floor = -price * most + int(np.minimum(reduced, 0).sum())
    into = np.maximum(0, floor + np.maximum(0, reduced) - least)
    out = np.maximum(0, floor + np.maximum(0, -reduced) - least)
    gap = room + least - floor
    order = np.argsort(np.abs(reduced), kind="stable")
    near = np.abs(reduced)[order]
    size = min(int(np.searchsorted(near, gap, side="right")), parameters.forced_core)
    beyond = order[size:]
    # outside the core something is lost that is no less than this
    outside = min([gap + 1, *near[size : size + 1].tolist()])
    taken = beyond[reduced[beyond] < 0]
    left = most - int(use[taken].sum())
    if left < 0:
        return into, out
    core = order[:size]
    spent = int(net[taken].sum())
    ahead = _from_one_end(net, use, reduced, core, left, outside, parameters.forced_states)
    behind = _from_one_end(net, use, reduced, core[::-1], left, outside, parameters.forced_states)
    if ahead is None or behind is None:
        return into, out
    behind.reverse()
    for place, item in enumerate(core.tolist()):
        first, last = ahead[place], behind[place + 1]
        with_it = int(net[item]) + _least_together(first, last, left - int(use[item]))
        without = _least_together(first, last, left)
        into[item] = max(into[item], min(spent + with_it - least, floor + outside - least))
        out[item] = max(out[item], min(spent + without - least, floor + outside - least))
    return into, out


def _from_one_end(
    net: Ints, use: Ints, reduced: Ints, items: Ints, most: int, gap: int, states_at_most: int
) -> list[_States] | None:
    """Return the states before the first item, after it, and so on; None where too many."""
    states = _States.nothing()
    found = [states]
    for item in items.tolist():
        states = states.extended(int(net[item]), int(use[item]), int(reduced[item]))
        states = states.undominated(most, gap)
        if len(states.load) > states_at_most:
            return None
        found.append(states)
    return found


def _least_together(first: _States, last: _States, most: int) -> int:
    """Return the least cost of a state of each whose loads fit together."""
    place = np.searchsorted(last.load, most - first.load, side="right") - 1
    fits = np.flatnonzero(place >= 0)
    if len(fits) == 0:
        return _NEVER
    return int((first.spent[fits] + last.spent[place[fits]]).min())
