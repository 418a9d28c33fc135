"""A linear program whose rows may be violated at a price that grows with the square of it.

Solved nearly, by an accelerated projected gradient (Beck and Teboulle, "A fast iterative
shrinkage-thresholding algorithm for linear inverse problems", SIAM Journal on Imaging Sciences 2,
2009), which begins anew where it went too far (O'Donoghue and Candès, "Adaptive restart for
accelerated gradient schemes", Foundations of Computational Mathematics 15, 2015).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.linear_programs.programs import Floats

_STILL: Final = 1e-16
"""A shorter step, squared, is rounding and says nothing about how the objective bends."""


@dataclass(frozen=True, eq=False, kw_only=True)
class PenalisedProgram:
    """Minimise ``cost @ x`` and the price of violating rows, over simplices and a box.

    The first columns belong to subproblems, and those of each sum to one; the others are between 0
    and `most`. The duals are ``centre + reach * (rhs - A @ x)``, 0 or less of rows that are no
    equations, and their distance to the centre is what violating a row costs.
    """

    cost: Floats
    row: Ints
    column: Ints
    value: Floats
    rhs: Ints
    equal: Bools
    subproblem: Ints
    most: Ints
    centre: Floats
    reach: Floats

    def product(self, x: Floats) -> Floats:
        """Return ``A @ x``."""
        return np.asarray(np.bincount(self.row, self.value * x[self.column], len(self.rhs)))

    def duals(self, product: Floats) -> Floats:
        """Return the duals of an ``A @ x``."""
        duals = self.centre + self.reach * (self.rhs - product)
        return np.where(self.equal, duals, np.minimum(0.0, duals))

    def gradient(self, product: Floats) -> Floats:
        """Return by how much the objective rises with each column."""
        charged = self.value * self.duals(product)[self.row]
        return np.asarray(self.cost - np.bincount(self.column, charged, len(self.cost)))

    def bend(self, product: Floats) -> float:
        """Return twice by how much the objective bends at most along an ``A @ x``."""
        return float((self.reach * product**2).sum())

    def projected(self, x: Floats) -> Floats:
        """Return the feasible point nearest to one.

        Of each subproblem the same is taken off all, and what falls below 0 is left out (Michelot,
        "A finite algorithm for finding the projection of a point onto the canonical simplex",
        Journal of Optimization Theory and Applications 50, 1986).
        """
        weights, other = np.split(x, [len(self.subproblem)])
        left = np.arange(len(weights))
        while True:
            subproblem = self.subproblem[left]
            excess = np.bincount(subproblem, weights[left]) - 1
            threshold = excess / np.bincount(subproblem)
            still = left[weights[left] > threshold[subproblem]]
            if len(still) == len(left):
                break
            left = still
        found = np.zeros(len(x))
        found[left] = weights[left] - threshold[subproblem]
        found[len(weights) :] = np.clip(other, 0, self.most)
        return found


class ProjectedGradient:
    """Comes nearer to the optimum of a penalised program with each iteration.

    Parameters
    ----------
    program
        What to minimise.
    begin
        Shape (columns,): feasible.
    curvature
        By how much the objective bends, as a guess; it is doubled wherever that is too little.

    Attributes
    ----------
    x
        Shape (columns,): feasible, the last point.
    product
        ``A @ x``.
    curvature
        As it was met.
    """

    def __init__(self, program: PenalisedProgram, begin: Floats, curvature: float) -> None:
        self._program = program
        self.x, self.product, self.curvature = begin, program.product(begin), curvature
        self._ahead, self._product_ahead, self._momentum = self.x, self.product, 1.0

    def iterate(self, iterations: int) -> None:
        """Make some iterations."""
        for _ in range(iterations):
            new, product = self._step()
            if ((new - self._ahead) * (new - self.x)).sum() < 0:
                self._momentum = 1.0
            following = (1 + math.sqrt(1 + 4 * self._momentum**2)) / 2
            onward = (self._momentum - 1) / following
            self._ahead = new + onward * (new - self.x)
            self._product_ahead = product + onward * (product - self.product)
            self.x, self.product, self._momentum = new, product, following

    def _step(self) -> tuple[Floats, Floats]:
        """Return the point that a step leads to, and its ``A @ x``."""
        program, ahead = self._program, self._ahead
        gradient = program.gradient(self._product_ahead)
        while True:
            new = program.projected(ahead - gradient / self.curvature)
            product = program.product(new)
            change = float(((new - ahead) ** 2).sum())
            bend = program.bend(product - self._product_ahead)
            if bend <= self.curvature * change or change <= _STILL:
                return new, product
            self.curvature *= 2
