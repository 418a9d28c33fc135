"""What a relaxation of a tier says: a proven bound, prices, and a fractional solution."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

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
    is_rough
        Whether its linear program is too large to be rounded at once.
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
    is_rough: bool
    is_large: bool
    decomposed: bool

    @property
    def arc_value(self) -> Floats:
        """Shape (arcs,): how much of each arc the relaxation takes."""
        return self.values[: self.linear.first_wait]

    @property
    def split(self) -> float:
        """The share of the units that are placed in no single place, waiting included."""
        arrays = self.prices.arrays
        unit = np.concatenate([arrays.arc_unit, self.linear.waits])
        whole = unit[self.values[: len(unit)] > 1 - INTEGRALITY]
        return 1.0 - len(whole) / max(1, arrays.units)

    @property
    def reduced_cost(self) -> Floats:
        """Shape (arcs,): what taking each arc adds to the bound at least."""
        return self.prices.arc / self.prices.scale

    @property
    def wait_reduced_cost(self) -> Floats:
        """Shape (units,): what waiting adds to the bound at least."""
        return self.prices.wait / self.prices.scale


@dataclass(frozen=True, eq=False)
class RelaxationSnapshot:
    """What a relaxer has come to: the relaxation is worked out when it is asked for.

    Parameters
    ----------
    columns
        The linear program, solved or nearly.
    decomposition
        None where there is none, or no bound of it yet.
    tree
        The bound of a tree that began with the decomposition; None without one.
    slack
        Slack that the decomposition's solution may use, as a share of the units, to be rounded.
    """

    columns: ArcColumnGeneration
    decomposition: DantzigWolfe | None
    tree: int | None
    slack: float

    @property
    def rough_values(self) -> Floats:
        """As in the relaxation: other values whenever they change."""
        decomposition = self.decomposition
        rough_enough = decomposition is not None and decomposition.slack_is_within(self.slack)
        return decomposition.values() if decomposition and rough_enough else self.columns.values

    def relaxation(self) -> Relaxation:
        """Return the relaxation."""
        columns, decomposition = self.columns, self.decomposition
        if decomposition is None:
            return self._of_columns()
        found = self.of_decomposition()
        if decomposition.worth_rounding:
            return replace(found, taken=found.taken | columns.support)
        return replace(
            found,
            values=columns.values,
            rough_values=self.rough_values,
            taken=columns.support,
            decomposed=False,
        )

    def _of_columns(self) -> Relaxation:
        columns = self.columns
        return Relaxation(
            linear=columns.linear,
            bound=columns.bound,
            prices=columns.prices(),
            values=columns.values,
            rough_values=columns.values,
            taken=columns.support,
            incumbent=columns.incumbent,
            is_rough=columns.is_rough,
            is_large=columns.is_large,
            decomposed=False,
        )

    def of_decomposition(self) -> Relaxation:
        """Return what the decomposition says, whatever its solution is worth.

        Raises
        ------
        RuntimeError
            When there is none, or it was not priced yet.
        """
        columns, decomposition = self.columns, self.decomposition
        if decomposition is None or decomposition.bound is None:
            raise RuntimeError("nothing was decomposed yet")
        values, bound = decomposition.values(), decomposition.bound
        return Relaxation(
            linear=decomposition.linear,
            bound=bound if self.tree is None else max(bound, self.tree),
            prices=decomposition.prices(),
            values=values,
            rough_values=values,
            taken=values[: decomposition.linear.first_wait] > INTEGRALITY,
            incumbent=columns.incumbent,
            is_rough=columns.is_rough,
            is_large=columns.is_large,
            decomposed=True,
        )
