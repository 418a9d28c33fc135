"""Good duals of a large linear program in about a second, before the simplex method begins.

All rows but the units' are priced. For given prices each unit takes its cheapest option, and each
convex cost the load at which its slope is the price. The resulting Lagrangian bound is concave in
the prices, but not smooth. It is smoothed by a soft minimum over the options of each unit
(Nesterov, "Smooth minimization of non-smooth functions", Mathematical Programming 103, 2005).
Prices follow the gradient: they rise where a row is violated, by the violation over the curvature
of the row, with momentum (Polyak, "Some methods of speeding up the convergence of iteration
methods", 1964), while the temperature of the soft minimum falls. The prices are only a guide:
bounds are computed from them elsewhere, in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.parameters import DEFAULTS, SmoothedDualsParameters

_WORK_AN_ENTRY: Final = 2e-9
"""Of a round, for each entry of the matrix in columns that are not fixed."""


@dataclass(frozen=True, eq=False)
class SmoothedDuals:
    """Duals and the smoothed solution that belongs to them.

    Parameters
    ----------
    duals
        Shape (rows,); those of the units are 0.
    values
        Shape (columns,): it violates rows by a little.
    """

    duals: Floats
    values: Floats


def smoothed_duals(
    arrays: Arrays,
    linear: Linearisation,
    incumbent: Ints,
    *,
    deadline: Deadline,
    parameters: SmoothedDualsParameters = DEFAULTS.smoothed_duals,
) -> SmoothedDuals | None:
    """Return duals near the best, None where the options of units do not differ.

    Parameters
    ----------
    incumbent
        Shape (units,): the first prices are what its last uses cost.
    parameters
        Of smoothing.
    """
    rows = _Rows(arrays, linear)
    price = _first_prices(arrays, linear, incumbent)
    typical = rows.typical_difference(price)
    if typical <= 0:
        return None
    hottest, coldest = parameters.hottest * typical, parameters.coldest * typical
    velocity = np.zeros(len(price))
    free = _FreeColumns(rows, price, hottest, parameters.free_within)
    affordable = (
        parameters.work_share * deadline.work_left() / (_WORK_AN_ENTRY * max(1, len(rows.row)))
    )
    rounds = int(min(parameters.rounds, max(parameters.least_rounds, affordable)))
    for number in range(rounds):
        if deadline.passed():
            break
        cooled = min(1.0, number / (parameters.cooling * rounds))
        temperature = hottest * (coldest / hottest) ** cooled
        if number % parameters.refresh == 0:
            free = _FreeColumns(rows, price, temperature, parameters.free_within)
            deadline.spend(_WORK_AN_ENTRY * len(rows.row))
        violation, curvature = free.violation(price, temperature)
        deadline.spend(_WORK_AN_ENTRY * free.entries)
        farthest = parameters.farthest * temperature / rows.typical_use
        step = parameters.step * violation / (curvature + 1e-3 / temperature)
        velocity = np.clip(parameters.momentum * velocity + step, -farthest, farthest)
        after = np.maximum(0.0, price + velocity)
        velocity, price = after - price, after
    duals = np.concatenate([rows.cheapest(price), -price])
    return SmoothedDuals(duals, free.values(price, coldest))


def _first_prices(arrays: Arrays, linear: Linearisation, incumbent: Ints) -> Floats:
    """Return the slope of each convex cost at the load, shape (rows beyond units',).

    At a breakpoint it is the slope below: the one above may be very steep, and prices fall slowly.
    """
    price = np.zeros(linear.program.rows - arrays.units)
    cell, first = linear.segment_cell, linear.first_segment
    load = resource_use(arrays, incumbent).ravel()[cell]
    end = linear.segment_start + linear.program.upper[first:]
    inside = np.flatnonzero((linear.segment_start < load) & (load <= end))
    row = linear.cell_row[cell[inside]] - arrays.units
    price[row] = linear.program.cost[first + inside]
    return price


class _Rows:
    """The rows that are priced, and the options of each unit."""

    def __init__(self, arrays: Arrays, linear: Linearisation) -> None:
        program = linear.program
        options = arrays.arcs + len(linear.waits)
        self.units = arrays.units
        self.options = options
        self.columns = program.columns
        usable = program.upper > 0
        entry = np.flatnonzero((program.row >= arrays.units) & usable[program.column])
        entry = entry[np.argsort(program.column[entry], kind="stable")]
        self.row = program.row[entry] - arrays.units
        self.column = program.column[entry]
        self.value = program.value[entry].astype(np.float64)
        self.rhs = program.rhs[arrays.units :].astype(np.float64)
        self.cost = program.cost.astype(np.float64)
        self.most = program.upper.astype(np.float64)
        unit = np.concatenate([arrays.arc_unit, linear.waits])
        order = np.argsort(unit, kind="stable")
        self.option = order[usable[order]]
        self.unit = unit[self.option]
        self.begin = np.searchsorted(self.unit, np.arange(arrays.units))
        self.typical_use = self._typical_use(linear.first_segment)
        self.temperature_share = np.ones(program.columns - options)
        segment_row = linear.cell_row[linear.segment_cell] - arrays.units
        self.temperature_share[linear.first_segment - options :] = self.typical_use[segment_row]

    def _typical_use(self, first_segment: int) -> Floats:
        """Return what a column that uses a row uses of it, the larger uses counting for more."""
        own = np.flatnonzero(self.column < first_segment)
        row, value = self.row[own], np.abs(self.value[own])
        total = np.bincount(row, value, minlength=len(self.rhs))
        squares = np.bincount(row, value**2, minlength=len(self.rhs))
        return np.maximum(1.0, squares / np.maximum(total, 1.0))

    def reduced_cost(self, price: Floats) -> Floats:
        """Return what each column costs with its uses, shape (columns,)."""
        charged = np.bincount(self.column, price[self.row] * self.value, minlength=self.columns)
        return np.asarray(self.cost + charged)

    def cheapest(self, price: Floats) -> Floats:
        """Return what the cheapest option of each unit costs with its uses."""
        return np.asarray(np.minimum.reduceat(self.reduced_cost(price)[self.option], self.begin))

    def beyond_cheapest(self, reduced: Floats) -> Floats:
        """Return how much dearer each usable option is than the cheapest of its unit."""
        cost = reduced[self.option]
        return np.asarray(cost - np.minimum.reduceat(cost, self.begin)[self.unit])

    def typical_difference(self, price: Floats) -> float:
        """Return the median of how much dearer options are than the cheapest."""
        return float(np.median(self.beyond_cheapest(self.reduced_cost(price))))


class _FreeColumns:
    """The columns that may be fractional at about these prices; the others are fixed."""

    def __init__(self, rows: _Rows, price: Floats, temperature: float, within: float) -> None:
        reduced = rows.reduced_cost(price)
        options = rows.options
        free = np.zeros(rows.columns, np.bool_)
        free[rows.option] = rows.beyond_cheapest(reduced) <= within * temperature
        choices = np.bincount(rows.unit[free[rows.option]], minlength=rows.units)
        alone = rows.option[free[rows.option] & (choices[rows.unit] == 1)]
        free[alone] = False
        other = reduced[options:] * rows.temperature_share
        free[options:] = (np.abs(other) <= within * temperature) & (rows.most[options:] > 0)
        self._settled = np.zeros(rows.columns)
        self._settled[alone] = 1.0
        left = np.where(~free[options:] & (other < 0), rows.most[options:], 0.0)
        self._settled[options:] = left
        self._rows = rows
        self._base = self._use(rows.row, rows.value * self._settled[rows.column]) - rows.rhs
        mine = rows.option[free[rows.option]]
        self._column = np.concatenate([mine, options + np.flatnonzero(free[options:])])
        self._options = len(mine)
        owner = rows.unit[free[rows.option]]
        _, self._begin, self._owner = np.unique(owner, return_index=True, return_inverse=True)
        number = np.full(rows.columns, -1)
        number[self._column] = np.arange(len(self._column))
        entry = np.flatnonzero(free[rows.column])
        self._row, self._value = rows.row[entry], rows.value[entry]
        self._entry_column = number[rows.column[entry]]
        self._temperature_share = rows.temperature_share[self._column[self._options :] - options]
        self._cost, self._most = rows.cost[self._column], rows.most[self._column[self._options :]]

    @property
    def entries(self) -> int:
        """Entries of the matrix in these columns."""
        return len(self._row)

    def violation(self, price: Floats, temperature: float) -> tuple[Floats, Floats]:
        """Return by how much each row is violated, and about how fast that falls with its price."""
        share, other = self._shares(price, temperature)
        spread = np.sqrt(np.concatenate([share * (1 - share), other * (1 - other)])) / (
            2 * temperature
        )
        spread[self._options :] *= self._most * self._temperature_share
        taken = np.concatenate([share, self._most * other])
        violation = self._base + self._use(self._row, self._value * taken[self._entry_column])
        return violation, self._use(self._row, self._value**2 * spread[self._entry_column])

    def values(self, price: Floats, temperature: float) -> Floats:
        """Return how much is taken of each column, shape (columns,)."""
        share, other = self._shares(price, temperature)
        found = self._settled.copy()
        found[self._column] = np.concatenate([share, self._most * other])
        return found

    def _shares(self, price: Floats, temperature: float) -> tuple[Floats, Floats]:
        """Return how much is taken of each option, and of the other columns as a share."""
        charged = price[self._row] * self._value
        reduced = self._cost + np.bincount(self._entry_column, charged, minlength=len(self._column))
        cost = reduced[: self._options]
        least = np.minimum.reduceat(cost, self._begin) if len(cost) else cost
        weight = np.exp((least[self._owner] - cost) / temperature)
        total = np.add.reduceat(weight, self._begin) if len(cost) else weight
        other = reduced[self._options :] * self._temperature_share / temperature
        return weight / total[self._owner], 1.0 / (1.0 + np.exp(np.clip(other, -40.0, 40.0)))

    def _use(self, row: Ints, amount: Floats) -> Floats:
        return np.asarray(np.bincount(row, amount, minlength=len(self._rows.rhs)))
