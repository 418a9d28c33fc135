"""Which columns of a linear program are active, and which are fixed at their upper bounds."""

from __future__ import annotations

import numpy as np

from caseload_balancer.arrays import Arrays, Bools, Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.engine.columns.initial_columns import initial_columns
from caseload_balancer.engine.linear_programs.linearisation import Linearisation
from caseload_balancer.engine.linear_programs.programs import Floats
from caseload_balancer.engine.local_search.descent import Descent
from caseload_balancer.engine.parameters import Parameters


class ActiveColumns:
    """The active columns: few at first, more as they are priced.

    Parameters
    ----------
    arrays, linear
        The problem and its linear program.
    incumbent
        Shape (units,): its options, and segments near its loads, are active.
    parameters
        Of the search.

    Attributes
    ----------
    active
        Shape (columns,): the columns of which the linear program may take something.
    at_upper
        Shape (columns,): the columns fixed at their upper bounds.
    """

    def __init__(
        self, arrays: Arrays, linear: Linearisation, incumbent: Ints, parameters: Parameters
    ) -> None:
        self._arrays, self._linear = arrays, linear
        self._usable = linear.program.upper > 0
        self._parameters = parameters.columns
        self.active = self._usable.copy()
        if arrays.arcs > self._parameters.all_arcs_up_to:
            costs = Descent(arrays, incumbent, parameters.descent).shift_costs()
            first = self._cheapest(costs, np.ones(arrays.arcs, np.bool_))
            first |= arrays.arc_worker == incumbent[arrays.arc_unit]
            self.active[: arrays.arcs] &= first | self._completing_groups(first)
            self._activate_indicators()
        self.at_upper = np.zeros(linear.program.columns, np.bool_)
        self._restrict_segments(incumbent)

    def begin_near(self, reduced: Ints, values: Floats, incumbent: Ints) -> None:
        """Begin anew with the columns near a solution, see `initial_columns`."""
        arcs = self._arrays.arcs
        self.active, self.at_upper = initial_columns(
            self._arrays, self._linear, reduced, values, incumbent, self._parameters
        )
        near = self._completing_groups(self.active[:arcs])
        self.active[:arcs] |= self._usable[:arcs] & near
        self._activate_indicators()

    def add_improving(self, reduced: Ints) -> bool:
        """Activate columns of negative reduced cost; return whether there were any.

        A column that is fixed at its upper bound is freed where its reduced cost is positive.
        """
        arrays = self._arrays
        idle = ~self.active & self._usable
        gains = idle & np.where(self.at_upper, reduced > 0, reduced < 0)
        arcs, whole = gains[: arrays.arcs], gains.copy()
        whole[: arrays.arcs] = whole[self._linear.indicator_of] = False
        if not arcs.any() and not whole.any():
            return False
        grouped = arrays.group_of_unit[arrays.arc_unit] >= 0
        self.active[: arrays.arcs] |= self._cheapest(reduced, arcs) | (arcs & grouped)
        self.active |= whole  # what waits, rebates and segments
        self.at_upper &= ~self.active
        self._activate_indicators()
        return True

    def _completing_groups(self, arcs: Bools) -> Bools:
        """Return the arcs of whole groups to workers to whom one of `arcs` leads from the group."""
        arrays = self._arrays
        group = arrays.group_of_unit[arrays.arc_unit]
        key = group * arrays.workers + arrays.arc_worker
        return np.asarray((group >= 0) & np.isin(key, key[arcs]))

    def _activate_indicators(self) -> None:
        """Make each indicator active if one of its arcs is."""
        linear = self._linear
        self.active[linear.indicator_of] = False
        np.logical_or.at(self.active, linear.indicator_of, self.active[linear.arc_of])

    def _restrict_segments(self, incumbent: Ints) -> None:
        """Fix segments far below the incumbent's loads at their bounds; drop those far above."""
        linear, near = self._linear, self._parameters.segments_near
        load = resource_use(self._arrays, incumbent).ravel()[linear.segment_cell]
        cells, size = np.unique(linear.segment_cell, return_counts=True)
        first = np.repeat(np.cumsum(size) - size, size)
        full = np.bincount(linear.segment_cell, linear.segment_start < load)
        below = full[cells].astype(np.int64)
        away = np.arange(len(load)) - first - np.repeat(below, size)
        self.at_upper[linear.first_segment :] = away < -near
        self.active[linear.first_segment :] &= np.abs(away) <= near

    def _cheapest(self, cost: Ints, among: Bools) -> Bools:
        """Return the cheapest arcs of each unit, a few each, of those where `among` is true."""
        arrays = self._arrays
        arc = np.flatnonzero(among)
        unit = arrays.arc_unit[arc]
        order = np.lexsort((cost[arc], unit))
        rank = np.arange(len(arc)) - np.searchsorted(unit, unit)
        found = np.zeros(arrays.arcs, np.bool_)
        found[arc[order[rank < self._parameters.arcs_a_unit]]] = True
        return found
