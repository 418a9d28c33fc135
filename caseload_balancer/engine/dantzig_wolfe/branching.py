"""Branch and price: a tree in which units are fixed to workers, or kept from them.

Reduced-cost fixing at the root leaves few arcs, and a gap. In each node of the tree one more unit
that the master splits is fixed to an arc, or kept off it, and master columns are generated again
over what is left; the bound is that of the lowest open node (Savelsbergh, "A branch-and-price
algorithm for the generalized assignment problem", Operations Research 45, 1997). The bound of each
node is computed in whole numbers, so the tree's is proven as well, and when no node is open, so is
the value.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np

from caseload_balancer.arrays import Arrays, Bools
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.tolerances import FEASIBILITY, INTEGRALITY
from caseload_balancer.engine.parameters import DEFAULTS, BranchingParameters


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
        The decomposition over these.
    """

    bound: int
    number: int
    kept: Bools = field(compare=False)
    search: DantzigWolfe = field(compare=False)


class Tree:
    """A branch-and-price tree that is explored best bound first.

    Parameters
    ----------
    arrays
        The problem.
    root
        A decomposition that has converged.
    value
        Of an assignment; nodes that hold nothing better are closed.
    parameters
        Of the tree.
    """

    def __init__(
        self,
        arrays: Arrays,
        root: DantzigWolfe,
        value: int,
        parameters: BranchingParameters = DEFAULTS.branching,
    ) -> None:
        self._parameters = parameters
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

    def candidates(self, value: int) -> Candidates | None:
        """Return what assignments of `value` or less are made of, in whichever open node.

        None where closed nodes may hold some of them, or no open node does.
        """
        if value >= self._value:
            return None
        found = [self._candidates(node, value) for node in self._open if node.bound <= value]
        return reduce(Candidates.union, found) if found else None

    def _candidates(self, node: _Node, value: int) -> Candidates:
        left = node.search.prices().candidates(value)
        wait = left.wait.copy()
        wait[self._waits] &= node.kept[self._arrays.arcs :]
        return replace(left, arc=left.arc & node.kept[: self._arrays.arcs], wait=wait)

    @property
    def lowest(self) -> DantzigWolfe | None:
        """The decomposition of the node with the lowest bound; None when no node is open."""
        return self._open[0].search if self._open else None

    @property
    def _full(self) -> bool:
        return self._entries > self._parameters.entries

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
            search = node.search.restricted_to(kept)
            self._price(search, deadline)
            search.release_memory()
            if search.bound is None or deadline.passed():
                return True  # the node stays open
            ends.append((kept, search))
        heapq.heappop(self._open)
        self._entries -= node.search.entries
        self.branchings += 1
        for kept, search in ends:
            self._put(kept, search, max(node.bound, search.bound or 0))
        return bool(self._open) and not self._full

    def _price(self, search: DantzigWolfe, deadline: Deadline) -> None:
        for _ in range(self._parameters.steps):
            more = search.step(deadline)
            if search.bound is None or deadline.passed() or search.bound >= self._value:
                break
            short = search.objective - search.bound
            enough = short <= self._parameters.slack * (self._value - search.objective)
            if not more or (enough and search.slack < FEASIBILITY):
                break

    def _price_further(self, node: _Node, deadline: Deadline) -> bool:
        """Raise the bound of the lowest node, which splits no unit, by some steps.

        Return whether the bound rose and a node is open.
        """
        for _ in range(self._parameters.steps):
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

    def _put(self, kept: Bools, search: DantzigWolfe, bound: int) -> None:
        """Add an open node, without the options that its prices rule out, if it may hold better."""
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
        """Return the most fractional arc, weighted by the size of its unit; None without any."""
        arrays = self._arrays
        share = node.search.values()[: arrays.arcs]
        doubt = np.minimum(share, 1 - share) * np.sqrt(arrays.arc_use.max(axis=0, initial=1))
        doubt[(share < INTEGRALITY) | ~node.kept[: arrays.arcs]] = 0.0
        arc = int(np.argmax(doubt)) if len(doubt) else 0
        return arc if len(doubt) and doubt[arc] > INTEGRALITY else None

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
