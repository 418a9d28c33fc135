"""The Lagrangian bound of some duals, and what it says of arcs, loads and workers.

Everything follows from whole numbers: the reduced costs, and the knapsack of each worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.engine.columns.reduced_costs import NEVER, Prices, load_curves
from caseload_balancer.engine.dantzig_wolfe.forced_items import gains_of_forcing
from caseload_balancer.engine.dantzig_wolfe.knapsack_rows import KnapsackRow, knapsack_row
from caseload_balancer.engine.dantzig_wolfe.knapsacks import KnapsackSolutions, solve_knapsacks
from caseload_balancer.engine.dantzig_wolfe.subproblems import Subproblems
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.pricing import Pricing, price
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.parameters import KnapsackParameters


@dataclass(frozen=True, eq=False, kw_only=True)
class PricedSubproblems:
    """The bound of the decomposition at some duals.

    Parameters
    ----------
    arrays, linear, subproblems
        The problem, its linear program, and the knapsack of each worker.
    total
        The bound, times the scale of the pricing.
    pricing
        Of the linking rows.
    solutions
        Of the knapsacks.
    parameters
        Of knapsacks.
    """

    arrays: Arrays
    linear: Linearisation
    subproblems: Subproblems
    total: int
    pricing: Pricing
    solutions: KnapsackSolutions
    parameters: KnapsackParameters

    @property
    def work(self) -> float:
        """The work it took, counted rather than timed."""
        return self.solutions.work

    @property
    def bound(self) -> int:
        """No assignment has a lower value."""
        return -(-self.total // self.pricing.scale)

    def is_better_than(self, other: PricedSubproblems) -> bool:
        """Return whether the bound is better than another."""
        return self.total * other.pricing.scale > other.total * self.pricing.scale

    def prices(self, support: Bools) -> Prices:
        """Return what each option and load adds to the bound at least.

        The Lagrangian bound of a knapsack rises by an option's reduced cost, and by what a load is
        dearer than the cheapest; but its optimum is above that bound already.

        Parameters
        ----------
        support
            Shape (arcs,): see `Prices`.
        """
        arrays, linear, subproblems, solutions = (
            self.arrays,
            self.linear,
            self.subproblems,
            self.solutions,
        )
        reduced, most = self.pricing.reduced_cost.copy(), linear.program.upper
        above = np.zeros(len(reduced), np.int64)
        subproblem, item = np.nonzero(subproblems.is_item)
        column = subproblems.column[subproblem, item]
        for use, worth in zip(subproblems.use, solutions.prices, strict=True):
            reduced[column] += worth[subproblem] * use[subproblem, item]
        above[column] = (solutions.least - solutions.floor)[subproblem]
        curves = {
            key: (use, gain - int(gain.min()))
            for key, (use, gain) in load_curves(arrays, linear, self.pricing).items()
        }
        curves |= self._load_curves()
        gain = np.maximum(0, np.maximum(0, reduced) - above)
        gain = np.where(most > 0, gain, NEVER)
        wait = np.full(arrays.units, NEVER)
        wait[linear.waits] = gain[linear.first_wait :][: len(linear.waits)]
        return Prices(
            arrays=arrays,
            total=self.total,
            arc=gain[: arrays.arcs],
            wait=wait,
            curves=curves,
            scale=self.pricing.scale,
            support=support,
        )

    def forced_prices(self, support: Bools, value: int) -> Prices:
        """Return what options add to the bound, exactly where that decides about `value`.

        A unit at one worker is at no other, so what it costs to leave it out there adds up.
        """
        arrays, subproblems, solutions = self.arrays, self.subproblems, self.solutions
        prices = self.prices(support)
        room = value * prices.scale - prices.total
        into, out = np.zeros(len(prices.arc), np.int64), np.zeros(len(prices.arc), np.int64)
        plain = subproblems.free_of_load_costs & ~subproblems.use[1:].any(axis=(0, 2))
        for subproblem in np.flatnonzero(plain).tolist():
            item = np.flatnonzero(subproblems.is_item[subproblem])
            column = subproblems.column[subproblem, item]
            into[column], out[column] = gains_of_forcing(
                self.pricing.reduced_cost[column],
                subproblems.use[0, subproblem, item],
                int(subproblems.breakpoints[0].most[subproblem]),
                price=int(solutions.prices[0, subproblem]),
                least=int(solutions.least[subproblem]),
                room=room,
                parameters=self.parameters,
            )
        left = np.zeros(arrays.units, np.int64)
        np.add.at(left, arrays.arc_unit, out)
        return replace(
            prices,
            arc=np.maximum(prices.arc, into + left[arrays.arc_unit] - out),
            wait=np.minimum(NEVER, prices.wait + left),
        )

    def rows(self, arc: Bools) -> list[KnapsackRow]:
        """Return for each worker what some arcs, and its loads, cost at least.

        Loads count with the costs of the tier, whatever duals of cuts add to them here.

        Parameters
        ----------
        arc
            Shape (arcs,): the only ones that may be taken.
        """
        kept = np.zeros(self.linear.program.columns, np.bool_)
        kept[: len(arc)] = arc
        subproblems, scale, found = self.subproblems.restricted_to(kept), self.pricing.scale, []
        costs, segments = self.pricing.reduced_cost.copy(), subproblems.segments
        costs[segments] = self.linear.program.cost[segments] * scale
        again = solve_knapsacks(
            subproblems.knapsacks(costs), self.solutions.prices, self.parameters
        )
        free = subproblems.free_of_load_costs
        least = np.where(free, np.maximum(self.solutions.least, again.least), again.least)
        for subproblem in np.flatnonzero(subproblems.is_item.any(axis=1)).tolist():
            column = subproblems.column[subproblem, subproblems.is_item[subproblem]]
            cells = () if free[subproblem] else subproblems.cells_of(subproblem)
            found.append(knapsack_row(column, costs[column], int(least[subproblem]), scale, cells))
        return found

    def _load_curves(self) -> dict[tuple[int, int], tuple[Ints, Ints]]:
        """Return what loads add to the bound at least, beyond the optima of the knapsacks."""
        found: dict[tuple[int, int], tuple[Ints, Ints]] = {}
        subproblems, solutions = self.subproblems, self.solutions
        knapsacks = subproblems.knapsacks(self.pricing.reduced_cost)
        for breakpoints, costs, worth, cell in zip(
            subproblems.breakpoints,
            knapsacks.costs,
            solutions.prices,
            subproblems.cell,
            strict=True,
        ):
            known = costs.least(worth) + solutions.least - solutions.floor
            for subproblem in breakpoints.paid().tolist():
                load = breakpoints.points(subproblem)
                gain = costs.of(np.full(len(load), subproblem), load) - worth[subproblem] * load
                key = divmod(int(cell[subproblem]), self.arrays.workers)
                found[key] = (load, gain - known[subproblem])
        return found


def price_subproblems(
    arrays: Arrays,
    linear: Linearisation,
    program: LinearProgram,
    subproblems: Subproblems,
    duals: Floats,
    load_prices: Floats,
    parameters: KnapsackParameters,
    deadline: Deadline | None = None,
) -> PricedSubproblems:
    """Return the bound of some duals of the linking rows, with the knapsacks solved.

    Parameters
    ----------
    program
        The linking rows, over all columns.
    duals
        Shape (rows of `program`,).
    load_prices
        Shape (loads, subproblems): from which to look for prices of the loads.
    parameters
        Of knapsacks.
    deadline
        See `solve_knapsacks`.
    """
    pricing = price(program, duals)
    prices = np.rint(load_prices * pricing.scale).astype(np.int64)
    knapsacks = subproblems.knapsacks(pricing.reduced_cost)
    solutions = solve_knapsacks(knapsacks, prices, parameters, deadline)
    in_subproblem = subproblems.columns
    total = pricing.bound + linear.constant * pricing.scale
    gain = np.minimum(pricing.reduced_cost[in_subproblem], 0) @ program.upper[in_subproblem]
    return PricedSubproblems(
        arrays=arrays,
        linear=linear,
        subproblems=subproblems,
        total=total - int(gain) + int(solutions.least.sum()),
        pricing=pricing,
        solutions=solutions,
        parameters=parameters,
    )
