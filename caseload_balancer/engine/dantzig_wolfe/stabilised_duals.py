"""The best duals so far, and how far from them others are sought.

The duals tried lie between the proposal of the master and the best so far (Wentges, "Weighted
Dantzig-Wolfe decomposition for linear mixed-integer programming", International Transactions in
Operational Research 4, 1997). The proposal lies in a box around the best (du Merle, Villeneuve,
Desrosiers and Hansen, "Stabilized column generation", Discrete Mathematics 194, 1999), which grows
where the bound gains much of what the master promised, and shrinks where it gains little, as a
trust region does (Conn, Gould and Toint, "Trust-Region Methods", 2000). For a proximal master it is
the step: how far a dual goes for each unit by which its row is violated.
"""

from __future__ import annotations

import math

from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.parameters import DantzigWolfeParameters


class StabilisedDuals:
    """The best duals, and the box around them.

    Parameters
    ----------
    best
        Shape (rows,): where to begin.
    usual
        The mean size of a dual, by which the box is measured.
    parameters
        Of the decomposition.

    Attributes
    ----------
    best
        Shape (rows,): the duals with the best bound so far.
    box
        How far from these the master's duals may be; 1 or more.
    """

    def __init__(self, best: Floats, usual: float, parameters: DantzigWolfeParameters) -> None:
        self._parameters = parameters
        self.best = best
        self._bound = -math.inf
        self.box = max(1, int(parameters.box * usual))
        self._at_smallest = self._as_proposed = False

    def smoothed(self, proposed: Floats) -> Floats:
        """Return the duals to try instead of those that the master proposes."""
        if self._as_proposed:
            return proposed
        return self.best + self._parameters.smoothing * (proposed - self.best)

    def learn(self, duals: Floats, bound: int, promised: float, *, better: bool) -> None:
        """Take note of the bound of some duals, which become the best if it is better.

        Parameters
        ----------
        promised
            What the master promised: no duals in the box have a better bound. Infinite without a
            solution of the master.
        """
        if not better:
            self._shrink()
            return
        possible = promised - self._bound
        trust = (bound - self._bound) / possible if 0 < possible < math.inf else 1.0
        self.best, self._bound = duals, bound
        if trust >= self._parameters.trust_to_grow:
            self.widen(self._parameters.box_growth)

    def _shrink(self) -> None:
        self._at_smallest = self.box == 1
        self.box = max(1, int(self.box * self._parameters.box_shrinkage))

    def widen(self, factor: float) -> None:
        """Let duals move further from the best."""
        self._at_smallest = False
        self.box = int(self.box * factor) + 1

    def narrow(self) -> None:
        """Make the box as small as it can be."""
        self.box = 1

    def repeats(self, new_columns: int) -> bool:
        """Say whether the next step would be the last one again.

        With worse duals, no new column and a box that cannot shrink the master proposes what it
        did, and smoothing makes the same of it: a mis-pricing. Then the proposal is tried as it is,
        which gives a column or the bound of the master; else there is no more to gain.
        """
        idle = self._at_smallest and not new_columns
        again, self._as_proposed = idle and self._as_proposed, idle
        return again
