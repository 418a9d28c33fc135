"""Proven bound and prices of one tier: a linear program, then patterns, then a tree.

Each step begins where the one before came to an end, and takes much longer. So they are taken one
by one, for as much work as is left for them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Final

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.engine.columns.column_generation import ColumnSearch
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.dantzig_wolfe.branching import Tree
from caseload_balancer.engine.dantzig_wolfe.decomposition import PatternSearch
from caseload_balancer.engine.dantzig_wolfe.diving import dive
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats

_CUT_ROUNDS: Final = 1
"""Rounds of cuts before patterns, which begin at better duals for them."""
_WORTH_TRYING: Final = 0.25
_WORTH_KEEPING: Final = 1.0
"""Share of what cuts of one worker each gained that cuts across workers have to gain: in their
first round, and in all."""
_ROUNDS_ACROSS: Final = 8
"""Rounds of cuts across workers at most."""
_NOTHING: Final = 1e-6
"""What the relaxation takes less of, it does not take."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Relaxation:
    """What a relaxation says about a tier.

    Parameters
    ----------
    linear
        The linear program without cuts.
    bound
        No assignment under the ceilings has a lower value: proven, in whole numbers.
    prices
        What each option adds to the bound at least.
    values
        Shape (columns,): the solution, which cuts or patterns may have shaped.
    taken
        Shape (arcs,): the arcs that it takes, or the linear program does.
    incumbent
        Shape (units,): the assignment from which it began, or a better one met on the way.
    search
        What found it, and may tighten it.
    """

    linear: Linearisation
    bound: int
    prices: Prices
    values: Floats
    taken: Bools
    incumbent: Ints
    search: Relaxer

    @property
    def arc_value(self) -> Floats:
        """Shape (arcs,): how much of each arc the relaxation takes."""
        return self.values[: self.linear.first_wait]

    @property
    def reduced_cost(self) -> Floats:
        """Shape (arcs,): what taking each arc adds to the bound at least."""
        return self.prices.arc / self.prices.scale

    @property
    def wait_reduced_cost(self) -> Floats:
        """Shape (units,): what waiting adds to the bound at least."""
        return self.prices.wait / self.prices.scale


def relax(
    arrays: Arrays,
    tier: int,
    ceilings: Sequence[int],
    *,
    deadline: Deadline,
    incumbent: Ints | None = None,
    rough: bool = False,
) -> Relaxation | None:
    """Bound a tier from below and price its options.

    Parameters
    ----------
    ceilings
        The most each earlier tier may come to.
    incumbent
        Shape (units,): an assignment to begin from; the arrays' start by default.
    rough
        See `Relaxer.solve`; for a relaxation that is to be tightened.

    Returns
    -------
    Relaxation or None
        None where not even the first linear program was solved in time.
    """
    begin = arrays.start if incumbent is None else incumbent
    search = Relaxer(arrays, tier, ceilings, begin)
    return search.found() if search.solve(deadline, rough=rough) else None


class Relaxer:
    """A relaxation under way.

    Parameters
    ----------
    arrays, tier, ceilings, incumbent
        As for `relax`.
    """

    def __init__(self, arrays: Arrays, tier: int, ceilings: Sequence[int], incumbent: Ints) -> None:
        self._arrays = arrays
        self._columns = ColumnSearch(arrays, tier, ceilings, incumbent)
        self._cuts = 0
        self._within = self._columns
        self._gained = 0
        self._met: list[Ints] = []
        self._patterns: PatternSearch | None = None
        self._tree: Tree | None = None
        self._asked = False

    def solve(self, deadline: Deadline, *, rough: bool = False) -> bool:
        """Solve the linear program, and return whether there is a solution.

        Parameters
        ----------
        rough
            See `ColumnSearch.solve`.
        """
        return self._columns.solve(deadline, rough=rough)

    def cut_across(self, deadline: Deadline) -> bool:
        """Lift the bound by cuts that reach across workers, and return whether that pays.

        It does not where the first round gains little beside the cuts of one worker each, which
        come before.
        """
        if self._columns.is_large or self._patterns is not None:
            return False
        bound = self._columns.bound
        while self._cuts < _CUT_ROUNDS and self._columns.cut(deadline):
            self._cuts += 1
        self._within = self._columns
        # Columns that join later take part in both: that does not touch the basis of the other.
        deeper, before = copy(self._columns), self._columns.bound
        self._gained = before - bound
        for _ in range(_ROUNDS_ACROSS):
            least = before + _WORTH_TRYING * self._gained
            if not deeper.cut_across(deadline) or deeper.bound <= least:
                break
            self._columns = deeper
        return self._columns is deeper

    def leave_cuts_across(self) -> bool:
        """Leave them out again, where patterns are likely to gain more with fewer rows to keep.

        Return whether that was so.
        """
        across = self._columns.bound - self._within.bound
        if across >= _WORTH_KEEPING * self._gained:
            return False
        self._columns = self._within
        return True

    def tighten(self, deadline: Deadline, work: float) -> bool:
        """Lift the bound for about so much work, first by some rounds of cuts, then by patterns.

        Returns
        -------
        bool
            Whether there is more to gain.
        """
        begun = deadline.spent()
        while deadline.spent() <= begun + work and not deadline.passed():
            if self._patterns is not None:
                if not self._step(self._patterns, deadline):
                    return False
            elif self._cuts < _CUT_ROUNDS and self._columns.cut(deadline):
                self._cuts += 1
            else:
                self.solve(deadline)
                self._patterns = self._first_patterns()
                break
        return True

    def _step(self, patterns: PatternSearch, deadline: Deadline) -> bool:
        """Take a step, and return whether there is more to gain.

        More loads are minded when patterns are ripe, and when they gain no more; at last duals
        are looked at closer.
        """
        going = patterns.step(deadline)
        if going and (self._asked or not patterns.ripe):
            return True
        more = patterns.minding_more(deadline)
        self._asked = more is None
        self._patterns = more or patterns
        return going or more is not None or patterns.refine()

    def meet(self, assignment: Ints) -> None:
        """Take note of a good assignment: its patterns are likely to be in others."""
        if self._patterns is None:
            self._met.append(assignment)
        else:
            self._patterns.meet(assignment)

    def settle(self, deadline: Deadline) -> Relaxation:
        """Tighten until cuts and patterns gain nothing more, and return what is known then."""
        while self.tighten(deadline, math.inf) and not deadline.passed():
            pass  # one call ends where cuts do, and patterns follow
        return self.found()

    def branch(self, deadline: Deadline, work: float, value: int) -> bool:
        """Lift the bound further for about so much work, by a tree over what the patterns leave.

        Parameters
        ----------
        value
            Of the best assignment known: what is no better is left out.

        Returns
        -------
        bool
            Whether there is more to gain.
        """
        if self._patterns is None or self._patterns.bound is None:
            return False
        if self._tree is None:
            self._tree = Tree(self._arrays, self._patterns, value)
        begun = deadline.spent()
        while deadline.spent() <= begun + work and not deadline.passed():
            if not self._tree.grow(value, deadline):
                return False
        return True

    @property
    def branchings(self) -> int:
        """How often the tree has branched."""
        return 0 if self._tree is None else self._tree.branchings

    def _first_patterns(self) -> PatternSearch:
        """Return a search for better duals, which begins where the cuts came to an end."""
        columns = self._columns
        program, duals = columns.best_at
        begin = [self._arrays.start, columns.incumbent, *self._met]
        return PatternSearch(self._arrays, columns.linear, program, duals, begin)

    def found(self) -> Relaxation:
        """Return what is known now."""
        columns, patterns = self._columns, self.patterns
        if patterns is not None and patterns.bound is not None:
            bound = patterns.bound if self._tree is None else self._tree.bound
            found = self._by_patterns(patterns, max(patterns.bound, bound))
            if not patterns.ripe:
                return replace(found, values=columns.values, taken=columns.support)
            return replace(found, taken=found.taken | columns.support)
        return Relaxation(
            linear=columns.linear,
            bound=columns.bound,
            prices=columns.prices(),
            values=columns.values,
            taken=columns.support,
            incumbent=columns.incumbent,
            search=self,
        )

    def dived(self, deadline: Deadline) -> Relaxation | None:
        """Return the relaxation of what is left when most units are fixed.

        None before there are patterns, or when out of time. With a tree, that begins at its
        lowest node.
        """
        patterns = self._patterns
        if patterns is None or patterns.steps == 0:
            return None
        if self._tree is not None:
            patterns = self._tree.lowest or patterns
        deep = dive(self._arrays, patterns, deadline=deadline)
        if deep.bound is None or deadline.passed():
            return None
        return self._by_patterns(deep, deep.bound)

    def _by_patterns(self, patterns: PatternSearch, bound: int) -> Relaxation:
        values = patterns.values()
        return Relaxation(
            linear=patterns.linear,
            bound=bound,
            prices=patterns.prices(),
            values=values,
            taken=values[: self._arrays.arcs] > _NOTHING,
            incumbent=self._columns.incumbent,
            search=self,
        )

    @property
    def patterns(self) -> PatternSearch | None:
        """The search for a bound by patterns, where that is the best bound so far."""
        found = self._patterns
        if found is None or found.bound is None or found.bound < self._columns.bound:
            return None
        return found

    @property
    def ripe(self) -> bool:
        """Whether there are patterns that are worth a dive."""
        return self._patterns is not None and self._patterns.ripe
