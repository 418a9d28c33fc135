"""Computes the relaxation of a tier: a linear program, then a decomposition, then a tree.

Each of these begins where the one before ended, and takes much longer. So they are run one by one,
each for as much work as it is granted.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from dataclasses import replace

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.engine.columns.column_generation import ArcColumnGeneration
from caseload_balancer.engine.dantzig_wolfe.branching import Tree
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.dantzig_wolfe.diving import dive
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from caseload_balancer.engine.relaxation.relaxation import Relaxation, RelaxationSnapshot


class Relaxer:
    """Computes a relaxation and tightens it.

    Parameters
    ----------
    arrays, tier, ceilings, incumbent, parameters
        As for `relax`.
    """

    def __init__(
        self,
        arrays: Arrays,
        tier: int,
        ceilings: Sequence[int],
        incumbent: Ints,
        parameters: Parameters = DEFAULTS,
    ) -> None:
        self._arrays = arrays
        self._parameters = parameters
        self._columns = ArcColumnGeneration(arrays, tier, ceilings, incumbent, parameters)
        self._mir_rounds = 0
        self._without_gomory_cuts = self._columns
        self._mir_gain = 0
        self._assignments: list[Ints] = []
        self._decomposition: DantzigWolfe | None = None
        self._tree: Tree | None = None
        self._has_all_rows = False
        self._frozen: Relaxation | None = None
        self._narrowed: list[tuple[int, Candidates]] = []

    def solve(self, deadline: Deadline, *, rough: bool = False) -> bool:
        """Solve the linear program, and return whether there is a solution.

        Parameters
        ----------
        rough
            See `ArcColumnGeneration.solve`.
        """
        solved = self._columns.solve(deadline, rough=rough)
        while solved and self._columns.add_odd_cycles(deadline):
            pass  # they are rare; smaller programs get other cuts, which include these
        return solved

    def add_gomory_cuts(self, deadline: Deadline) -> bool:
        """Raise the bound by Gomory cuts, and return whether that pays.

        It does not where their first round gains little compared with the MIR cuts, which come
        before.
        """
        if self._decomposition is not None:
            return False
        bound = self._columns.bound
        while self._wants_mir_cuts and self._columns.add_mir_cuts(deadline):
            self._mir_rounds += 1
        if self._columns.is_large:
            return False
        self._without_gomory_cuts = self._columns
        # Columns activated later are active in both copies: no basis depends on that.
        with_cuts, before = copy(self._columns), self._columns.bound
        self._mir_gain = before - bound
        for _ in range(self._parameters.cuts.gomory_rounds):
            least = before + self._parameters.cuts.gomory_worth_trying * self._mir_gain
            if not with_cuts.add_gomory_cuts(deadline) or with_cuts.bound <= least:
                break
            self._columns = with_cuts
        return self._columns is with_cuts

    @property
    def _wants_mir_cuts(self) -> bool:
        """Whether another round of MIR cuts is to be made; a large program gets none."""
        return not self._columns.is_large and self._mir_rounds < self._parameters.cuts.mir_rounds

    def drop_gomory_cuts(self) -> bool:
        """Drop the Gomory cuts where a decomposition with fewer rows is likely to gain more.

        Return whether they were dropped.
        """
        gain = self._columns.bound - self._without_gomory_cuts.bound
        if gain >= self._parameters.cuts.gomory_worth_keeping * self._mir_gain:
            return False
        self._columns = self._without_gomory_cuts
        return True

    def tighten(self, deadline: Deadline, work: float) -> bool:
        """Raise the bound for about so much work, first by MIR cuts, then by the decomposition.

        Returns
        -------
        bool
            Whether there is more to gain.
        """
        begun = deadline.spent()
        while deadline.spent() <= begun + work and not deadline.passed():
            if self._decomposition is not None:
                if not self._step(self._decomposition, deadline):
                    return False
            elif self._wants_mir_cuts and self._columns.add_mir_cuts(deadline):
                self._mir_rounds += 1
            else:
                columns = self._columns
                if not (columns.is_large or columns.is_within(self._parameters.columns.gap)):
                    self.solve(deadline)
                self._decomposition = self._start_decomposition()
                break
        return True

    def _step(self, decomposition: DantzigWolfe, deadline: Deadline) -> bool:
        """Take a step of the decomposition, and return whether there is more to gain.

        Rows that it violates are added when the solution is worth rounding, or when nothing is
        gained without. At last duals are sought without a tolerance.
        """
        going = decomposition.step(deadline)
        if going and (self._has_all_rows or not decomposition.worth_rounding):
            return True
        more = decomposition.with_more_rows(deadline)
        self._has_all_rows = more is None
        self._decomposition = more or decomposition
        return going or more is not None or decomposition.tighten_tolerance()

    def add_assignment(self, assignment: Ints) -> None:
        """Add the columns of a good assignment: other good ones are likely to share some."""
        if self._decomposition is None:
            self._assignments.append(assignment)
        else:
            self._decomposition.add_assignment(assignment)

    def converge(self, deadline: Deadline) -> Relaxation:
        """Tighten until cuts and decomposition gain nothing more, and return the relaxation."""
        while self.tighten(deadline, math.inf) and not deadline.passed():
            pass  # the first call ends with the cuts, the next begins the decomposition
        return self.current()

    def branch(self, deadline: Deadline, work: float, value: int) -> bool:
        """Raise the bound further for about so much work, by branch and price.

        Parameters
        ----------
        value
            Of the best assignment known: what is no better is left out.

        Returns
        -------
        bool
            Whether there is more to gain.
        """
        if self._decomposition is None or self._decomposition.bound is None:
            return False
        if self._tree is None:
            self._tree = Tree(self._arrays, self._decomposition, value, self._parameters.branching)
        begun = deadline.spent()
        while deadline.spent() <= begun + work and not deadline.passed():
            if not self._tree.grow(value, deadline):
                return False
        return True

    @property
    def branchings(self) -> int:
        """How often the tree has branched."""
        return 0 if self._tree is None else self._tree.branchings

    @property
    def lowest_values(self) -> Floats | None:
        """Shape (columns,): the solution in the lowest node of the tree; None without a node."""
        lowest = None if self._tree is None else self._tree.lowest
        return None if lowest is None else lowest.values()

    def _start_decomposition(self) -> DantzigWolfe:
        """Return a decomposition that begins at the duals where the cuts ended."""
        columns = self._columns
        program, duals = columns.best_program_and_duals
        begin = [self._arrays.start, columns.incumbent, *self._assignments]
        mine = self._parameters
        if columns.is_large:
            mine = replace(mine, decomposition=mine.decomposition_of_large)
        return DantzigWolfe(self._arrays, columns.linear, program, duals, begin, parameters=mine)

    def current(self) -> Relaxation:
        """Return the relaxation as it is now."""
        return self._frozen or self.snapshot().relaxation()

    def snapshot(self) -> RelaxationSnapshot:
        """Return what it has come to, as it will stay; that takes no time."""
        tree = None if self._tree is None else self._tree.bound
        slack = self._parameters.merging.slack
        return RelaxationSnapshot(copy(self._columns), copy(self.decomposition), tree, slack)

    def freeze(self, relaxation: Relaxation) -> None:
        """Have it say what it did before a tightening that was broken off."""
        self._frozen, self._tree = relaxation, None

    def candidates(self, value: int) -> Candidates:
        """Return what assignments of `value` or less are made of; there must be one."""
        found = self.current().prices.candidates(value)
        in_tree = None if self._tree is None else self._tree.candidates(value)
        return self.narrowed(found if in_tree is None else found.intersection(in_tree), value)

    def narrowed(self, candidates: Candidates, value: int) -> Candidates:
        """Return what is left of candidates up to `value` by all that was taken note of."""
        for most, narrower in self._narrowed:
            candidates = candidates.intersection(narrower) if value <= most else candidates
        return candidates

    def narrow(self, value: int, candidates: Candidates) -> None:
        """Take note of what all assignments of `value` or less are made of."""
        self._narrowed.append((value, candidates))

    def dive(self, deadline: Deadline) -> Relaxation | None:
        """Return the relaxation of what is left when most units are fixed.

        None before the first step of the decomposition, or when out of time. With a tree, the
        dive begins at its lowest node.
        """
        decomposition = self._decomposition
        if decomposition is None or decomposition.steps == 0:
            return None
        if self._tree is not None:
            decomposition = self._tree.lowest or decomposition
        deep = dive(
            self._arrays, decomposition, deadline=deadline, parameters=self._parameters.diving
        )
        if deep.bound is None or deadline.passed():
            return None
        return RelaxationSnapshot(self._columns, deep, deep.bound, math.inf).of_decomposition()

    @property
    def decomposition(self) -> DantzigWolfe | None:
        """The decomposition, where its bound is the best so far."""
        found = self._decomposition
        if found is None or found.bound is None or found.bound < self._columns.bound:
            return None
        return found

    @property
    def worth_rounding(self) -> bool:
        """Whether there is a decomposition whose solution is worth a dive."""
        return self._decomposition is not None and self._decomposition.worth_rounding


def relax(
    arrays: Arrays,
    tier: int,
    ceilings: Sequence[int],
    *,
    deadline: Deadline,
    incumbent: Ints | None = None,
    rough: bool = False,
    parameters: Parameters = DEFAULTS,
) -> Relaxer | None:
    """Begin to bound a tier from below and to price its options.

    Parameters
    ----------
    ceilings
        The most each earlier tier may come to.
    incumbent
        Shape (units,): an assignment to begin from; the arrays' start by default.
    rough
        See `Relaxer.solve`; for a relaxation that is to be tightened.
    parameters
        Of the search.

    Returns
    -------
    Relaxer or None
        With its linear program solved; None where there was no time for that.
    """
    begin = arrays.start if incumbent is None else incumbent
    relaxer = Relaxer(arrays, tier, ceilings, begin, parameters)
    return relaxer if relaxer.solve(deadline, rough=rough) else None
