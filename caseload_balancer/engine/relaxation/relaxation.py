"""What a relaxation of a tier says: a proven bound, prices, and a fractional solution."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.engine.columns.column_generation import ArcColumnGeneration
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.linear_programs.tolerances import INTEGRALITY


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
        Shape (columns,): the solution, with cuts or of the decomposition's master.
    rough_values
        Shape (columns,): a solution that may violate some rows, and is worth a greedy rounding.
    taken
        Shape (arcs,): the arcs that the solution takes, or that of the linear program.
    incumbent
        Shape (units,): the assignment from which it began, or a better one found on the way.
    is_large
        Whether its linear program is too large for Gomory cuts.
    decomposed
        Whether the solution is that of a decomposition.
    """

    linear: Linearisation
    bound: int
    prices: Prices
    values: Floats
    rough_values: Floats
    taken: Bools
    incumbent: Ints
    is_large: bool
    decomposed: bool

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


def of_columns(columns: ArcColumnGeneration) -> Relaxation:
    """Return what a linear program says, once it is solved."""
    return Relaxation(
        linear=columns.linear,
        bound=columns.bound,
        prices=columns.prices(),
        values=columns.values,
        rough_values=columns.values,
        taken=columns.support,
        incumbent=columns.incumbent,
        is_large=columns.is_large,
        decomposed=False,
    )


def of_decomposition(
    columns: ArcColumnGeneration, decomposition: DantzigWolfe, bound: int
) -> Relaxation:
    """Return what a decomposition of a linear program says.

    Parameters
    ----------
    bound
        Of the decomposition, or of a tree that began with it.
    """
    values = decomposition.values()
    return Relaxation(
        linear=decomposition.linear,
        bound=bound,
        prices=decomposition.prices(),
        values=values,
        rough_values=values,
        taken=values[: decomposition.linear.first_wait] > INTEGRALITY,
        incumbent=columns.incumbent,
        is_large=columns.is_large,
        decomposed=True,
    )
