"""Duals by a proximal bundle method: those tried pay for the square of their distance to the best.

The restricted master says what every dual is worth at most, by the columns so far. It is trusted
less the further duals are from the best: their distance, squared, is taken off (Kiwiel, "Proximity
control in bundle methods for convex nondifferentiable minimization", Mathematical Programming 46,
1990; one model for each subproblem: Briant et al., "Comparison of bundle and classical column
generation", Mathematical Programming 113, 2008). By duality these are the duals of a convex
quadratic program: the columns are weighed so that their cost, and the square of what they violate
rows by, are least, and a dual moves by so much for each unit of that.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.engine.dantzig_wolfe.master_columns import MasterColumns
from caseload_balancer.engine.dantzig_wolfe.projected_gradient import (
    PenalisedProgram,
    ProjectedGradient,
)
from caseload_balancer.engine.dantzig_wolfe.restricted_master import MasterSolution
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.programs import Floats, LinearProgram
from caseload_balancer.engine.parameters import ProximalParameters

_WORK_AN_ITERATION: Final = 2e-5
_WORK_AN_ENTRY: Final = 1.5e-9
"""Of the matrix of active columns, in each iteration."""
_ITERATIONS_TO_BEGIN: Final = 5
"""That take as long as what is done once with the matrix of all columns."""
_LEAST_CURVATURE: Final = 1.0


class ProximalMaster:
    """Finds weights of master columns by which rows are violated little, and duals from that.

    Parameters
    ----------
    program
        The linking rows, over all columns.
    static
        The columns of `program` that are in no subproblem.
    subproblems
        Number of subproblems: the weights of the master columns of each sum to one at most.
    parameters
        Of this master.
    """

    def __init__(
        self, program: LinearProgram, static: Ints, subproblems: int, parameters: ProximalParameters
    ) -> None:
        self._program, self._static, self._subproblems = program, static, subproblems
        self._parameters = parameters
        number = np.full(program.columns, -1)
        number[static] = np.arange(len(static))
        entry = np.flatnonzero(number[program.column] >= 0)
        self._static_row, self._static_value = program.row[entry], program.value[entry]
        self._static_column = number[program.column[entry]]
        largest = np.ones(program.rows)
        np.maximum.at(largest, program.row, np.abs(program.value))
        self._reach = largest**-2
        """How far the dual of a row goes beside others: less where columns use more of it."""
        self._weights = np.zeros(0)
        self._static_values = np.zeros(len(static))
        self._curvature = _LEAST_CURVATURE

    def solve(
        self,
        columns: MasterColumns,
        centre: Floats,
        step: float,
        enough: float,
        deadline: Deadline,
    ) -> MasterSolution:
        """Return weights that are nearly the best, and the duals that follow from them.

        Parameters
        ----------
        columns
            Those of the last time, and then others.
        centre
            Shape (rows,): the best duals.
        step
            How far a dual goes from there for each unit by which its row is violated.
        enough
            What the duals have to promise, unless that would take too long.
        """
        mine, weights = self._parameters, self._begun_weights(columns)
        active = self._active(columns, centre, weights)
        program = self._penalised(columns, active, centre, step)
        left = 1 - np.bincount(
            columns.contents.subproblem[active], weights[active], self._subproblems
        )
        begin = np.concatenate([weights[active], np.maximum(0.0, left), self._static_values])
        search = ProjectedGradient(program, begin, step * self._curvature)
        iterations = 0
        while iterations < mine.most_iterations:
            search.iterate(mine.iterations)
            iterations += mine.iterations
            promised = self._promised(columns, program.duals(search.product))
            if promised > enough or deadline.passed():
                break
        entries = iterations * len(program.row) + _ITERATIONS_TO_BEGIN * len(columns.row)
        deadline.spend(_WORK_AN_ITERATION * iterations + _WORK_AN_ENTRY * entries)
        self._curvature = max(_LEAST_CURVATURE, mine.forgetting * search.curvature / step)
        self._weights = np.zeros(len(columns))
        self._weights[active] = search.x[: len(active)]
        self._static_values = search.x[len(search.x) - len(self._static) :]
        return self._solution(columns, search.product, program, promised)

    def _begun_weights(self, columns: MasterColumns) -> Floats:
        """Return the last weights; the first column of a subproblem that has none counts whole."""
        weights = np.zeros(len(columns))
        weights[: len(self._weights)] = self._weights
        subproblem, first = np.unique(columns.contents.subproblem, return_index=True)
        used = np.bincount(columns.contents.subproblem, weights, self._subproblems) > 0
        weights[first[~used[subproblem]]] = 1.0
        return weights

    def _active(self, columns: MasterColumns, duals: Floats, weights: Floats) -> Ints:
        """Return the columns with a weight and the cheapest others, a few of each subproblem."""
        subproblem = columns.contents.subproblem
        order = np.lexsort((columns.reduced_costs(duals), weights == 0, subproblem))
        first = np.searchsorted(subproblem[order], np.arange(self._subproblems))
        rank = np.arange(len(order)) - first[subproblem[order]]
        return np.asarray(order[rank < self._parameters.active_columns])

    def _penalised(
        self, columns: MasterColumns, active: Ints, centre: Floats, step: float
    ) -> PenalisedProgram:
        """Return the program of the active columns, of taking nothing, and of static columns."""
        number = np.full(len(columns), -1)
        number[active] = np.arange(len(active))
        entry = np.flatnonzero(number[columns.master_column] >= 0)
        program, nothing = self._program, np.arange(self._subproblems)
        before_static = len(active) + len(nothing)
        cost = [columns.cost[active], np.zeros(len(nothing)), program.cost[self._static]]
        column = [number[columns.master_column[entry]], before_static + self._static_column]
        return PenalisedProgram(
            cost=np.concatenate(cost),
            row=np.concatenate([columns.row[entry], self._static_row]),
            column=np.concatenate(column),
            value=np.concatenate([columns.value[entry], self._static_value]).astype(np.float64),
            rhs=program.rhs,
            equal=program.equal,
            subproblem=np.concatenate([columns.contents.subproblem[active], nothing]),
            most=program.upper[self._static],
            centre=centre,
            reach=step * self._reach,
        )

    def _solution(
        self, columns: MasterColumns, product: Floats, penalised: PenalisedProgram, promised: float
    ) -> MasterSolution:
        program, contents, weights = self._program, columns.contents, self._weights
        missing = program.rhs - product
        violation = np.where(program.equal, np.abs(missing), np.maximum(0.0, -missing))
        amount = weights[contents.master_column] * contents.amount
        values = np.bincount(contents.column, amount, program.columns).astype(np.float64)
        values[self._static] = self._static_values
        return MasterSolution(
            values=values,
            duals=penalised.duals(product),
            objective=promised,
            slack=float(violation.sum()),
            weights=weights,
        )

    def _promised(self, columns: MasterColumns, duals: Floats) -> float:
        """Return what the bound of some duals is at most, by the columns so far."""
        program, static = self._program, self._static
        least = np.zeros(self._subproblems)
        np.minimum.at(least, columns.contents.subproblem, columns.reduced_costs(duals))
        charged = self._static_value * duals[self._static_row]
        reduced = program.cost[static] - np.bincount(self._static_column, charged, len(static))
        taken = np.minimum(0.0, reduced) * program.upper[static]
        return float((program.rhs * duals).sum() + least.sum() + taken.sum())
