"""A bound beyond the patterns: a tree in which units are given to workers, or kept from them.

The patterns leave few arcs, and a gap. In each node of the tree one more unit that the patterns
split is fixed to an arc, or kept off it, and they are priced anew over what is left; the lowest
open node is the bound (Savelsbergh, "A branch-and-price algorithm for the generalized assignment
problem", Operations Research 45, 1997). Each node's bound is one in whole numbers, so the
tree's is proven as well, and when no node is open, so is the value.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.engine.dantzig_wolfe.decomposition import PatternSearch
from caseload_balancer.engine.deadlines import Deadline

_STEPS: Final = 8
"""Steps of the patterns in a node at most."""
_SLACK: Final = 0.1
"""Share of what a node is below the value that its bound may be short of what can be had."""
_ENTRIES: Final = 5_000_000
"""Entries that the patterns of all open nodes may have: over a hundred megabytes."""
_NOTHING: Final = 1e-6


@dataclass(frozen=True, order=True)
class _Node:
    """An open node.

    Parameters
    ----------
    bound
        No assignment in it has a lower value.
    number
        Of the node, so that none is equal to another.
    kept
        Shape (arcs + waits,): the options left in it.
    search
        The patterns over these.
    """

    bound: int
    number: int
    kept: Bools = field(compare=False)
    search: PatternSearch = field(compare=False)


class Tree:
    """A tree that grows where the bound is lowest.

    Parameters
    ----------
    arrays
        The problem.
    root
        Patterns that gain nothing more by themselves.
    value
        Of an assignment; nodes that hold nothing better are closed.
    """

    def __init__(self, arrays: Arrays, root: PatternSearch, value: int) -> None:
        self._arrays = arrays
        self._value = value
        self.branchings = 0
        self._entries = 0
        self._nodes = 0
        self._open: list[_Node] = []
        self._waits = root.linear.waits
        everything = np.ones(arrays.arcs + len(self._waits), np.bool_)
        self._put(everything, root, root.bound or 0)

    @property
    def bound(self) -> int:
        """No assignment has a lower value, unless it is one of the value given."""
        return min(self._value, self._open[0].bound) if self._open else self._value

    @property
    def lowest(self) -> PatternSearch | None:
        """The patterns of the node with the lowest bound; None when there is none left."""
        return self._open[0].search if self._open else None

    @property
    def _full(self) -> bool:
        return self._entries > _ENTRIES

    def grow(self, value: int, deadline: Deadline) -> bool:
        """Branch at the lowest node, and return whether there is more to gain.

        Parameters
        ----------
        value
            Of the best assignment known.
        """
        self._value = min(self._value, value)
        if not self._open or self.bound >= self._value or self._full:
            return False
        node = self._open[0]
        arc = self._arc_to_branch_at(node)
        if arc is None:
            return self._price_further(node, deadline)
        ends = []
        for kept in self._branches(node.kept, arc):
            if not self._all_have_options(kept):
                continue
            search = node.search.within(kept)
            self._price(search, deadline)
            search.rest()
            if search.bound is None or deadline.passed():
                return True  # the node stays open
            ends.append((kept, search))
        heapq.heappop(self._open)
        self._entries -= node.search.entries
        self.branchings += 1
        for kept, search in ends:
            self._put(kept, search, max(node.bound, search.bound or 0))
        return bool(self._open) and not self._full

    def _price(self, search: PatternSearch, deadline: Deadline) -> None:
        for _ in range(_STEPS):
            more = search.step(deadline)
            if search.bound is None or deadline.passed() or search.bound >= self._value:
                break
            short = search.objective - search.bound
            enough = short <= _SLACK * (self._value - search.objective)
            if not more or (enough and search.missed < _NOTHING):
                break

    def _price_further(self, node: _Node, deadline: Deadline) -> bool:
        """Lift the bound of the lowest node, which splits no unit, as far as it goes.

        Return whether that gained something, and more is open.
        """
        for _ in range(_STEPS):
            node.search.step(deadline)
            bound = node.search.bound or 0
            if bound >= self._value or deadline.passed():
                break
        if bound <= node.bound:
            return False
        heapq.heappop(self._open)
        self._entries -= node.search.entries
        self._put(node.kept, node.search, bound)
        return bool(self._open)

    def _put(self, kept: Bools, search: PatternSearch, bound: int) -> None:
        """Keep a node open, without what its prices rule out, unless it holds nothing better."""
        if bound >= self._value:
            return
        prices = search.prices()
        candidates = prices.candidates(self._value - 1)
        waits = candidates.wait[self._waits]
        kept = kept & np.concatenate([candidates.arc, waits])
        self._nodes += 1
        self._entries += search.entries
        heapq.heappush(self._open, _Node(bound, self._nodes, kept, search))

    def _all_have_options(self, kept: Bools) -> bool:
        arrays = self._arrays
        options = np.zeros(arrays.units, np.bool_)
        options[arrays.arc_unit[kept[: arrays.arcs]]] = True
        options[self._waits[kept[arrays.arcs :]]] = True
        return bool(options.all())

    def _arc_to_branch_at(self, node: _Node) -> int | None:
        """Return the arc of a large unit that is most in doubt."""
        arrays = self._arrays
        share = node.search.values()[: arrays.arcs]
        doubt = np.minimum(share, 1 - share) * np.sqrt(arrays.arc_use.max(axis=0, initial=1))
        doubt[(share < _NOTHING) | ~node.kept[: arrays.arcs]] = 0.0
        arc = int(np.argmax(doubt)) if len(doubt) else 0
        return arc if len(doubt) and doubt[arc] > _NOTHING else None

    def _branches(self, kept: Bools, arc: int) -> tuple[Bools, Bools]:
        """Return the options where the arc is taken, and those where it is not."""
        arrays = self._arrays
        unit = arrays.arc_unit[arc]
        taken = kept.copy()
        taken[arrays.arc_start[unit] : arrays.arc_start[unit + 1]] = False
        taken[arrays.arcs + np.flatnonzero(self._waits == unit)] = False
        taken[arc] = True
        left = kept.copy()
        left[arc] = False
        return taken, left
