"""The value of a tier as an expression of the CP-SAT model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.convex_costs import ConvexCosts, compile_costs
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.engine.cpsat.sums import Sum
from caseload_balancer.engine.cpsat.tangents import tangents
from caseload_balancer.engine.cpsat.uses import lattice_step
from caseload_balancer.engine.cpsat.variables import Variables


class TierValues:
    """Builds the value of one tier after the other, over the same variables.

    Parameters
    ----------
    variables
        The choices.
    uses
        The use of each resource by each worker, where there is any.
    """

    def __init__(self, variables: Variables, uses: Mapping[tuple[int, int], Sum]) -> None:
        self._variables = variables
        self._uses = uses
        self._use_now = resource_use(variables.arrays, variables.incumbent)
        self._steps: dict[tuple[int, int], Any] = {}
        self._spread: dict[int, Sum] = {}
        self._load_costs: dict[tuple[int, int], Sum] = {}

    def value(self, tier: int) -> Sum:
        """Return the value of a tier."""
        total = Sum()
        self._add_options(total, tier)
        self._add_breakpoints(total, tier)
        self._add_groups(total, tier)
        return total

    def load_costs(self, tier: int) -> dict[int, Sum]:
        """Return what the loads cost that are part of the value of a tier, by cell."""
        return {cell: cost for (one, cell), cost in self._load_costs.items() if one == tier}

    def _add_options(self, total: Sum, tier: int) -> None:
        """Add what arcs and waiting cost; what a unit costs in any case is a constant."""
        variables = self._variables
        arrays = variables.arrays
        for unit, arcs in enumerate(variables.arcs_of_unit):
            options = [(variables.arc[arc], int(arrays.arc_cost[tier, arc])) for arc in arcs]
            if unit in variables.wait:
                options.append((variables.wait[unit], int(arrays.wait_cost[tier, unit])))
            least = min(cost for _, cost in options)
            total.shift(least)
            for variable, cost in options:
                total.add(variable, cost - least)

    def _add_breakpoints(self, total: Sum, tier: int) -> None:
        """Add the convex costs of use."""
        arrays = self._variables.arrays
        costs = compile_costs(arrays, (np.arange(arrays.tiers) == tier).astype(np.int64))
        for cell in costs.active.tolist():
            key = divmod(cell, arrays.workers)
            if key in self._uses:
                cost = self._load_costs[tier, cell] = Sum()
                self._add_convex(cost, costs, cell, key)
                total.add_sum(cost, 1)

    def _add_convex(self, total: Sum, costs: ConvexCosts, cell: int, key: tuple[int, int]) -> None:
        """Add one convex cost: linear where it can be, else a variable above its tangents.

        Tangents at the multiples that the use can reach prove optimality two to twenty times
        faster than a variable for each point or a Boolean for each step.
        """
        candidates = self._variables.candidates
        step = lattice_step(self._variables, *key)
        least = -(-int(candidates.least[key]) // step)
        most = max(least, min(int(candidates.most[key]), self._uses[key].most) // step)
        curve = tangents(costs, cell, step=step, least=least, most=most)
        total.shift(curve.least)
        if curve.span == 0:
            return
        slope = int(curve.slope[0])
        if len(curve.slope) == 1 and slope % step == 0:
            total.shift(-slope * least)
            total.add_sum(self._uses[key], slope // step)
            return
        steps = self._steps_of(key, step, most)
        now = curve.cost_at(int(self._use_now[key]) // step)
        excess = self._variables.integer(curve.span, hint=now - curve.least)
        for at, cost, rise in zip(curve.at, curve.cost, curve.slope, strict=False):
            tangent = Sum()
            tangent.add(excess, 1, curve.span)
            tangent.add(steps, -int(rise), most)
            if rise > 0:
                floor = int(cost) - curve.least - int(rise) * int(at)
                self._variables.model.add(tangent.expression() >= floor)
        total.add(excess, 1, curve.span)

    def _steps_of(self, key: tuple[int, int], step: int, most: int) -> Any:
        """Return a variable that counts the use in multiples of `step`."""
        if key not in self._steps:
            count = self._variables.integer(most, hint=min(most, int(self._use_now[key]) // step))
            balance = Sum()
            balance.add_sum(self._uses[key], 1)
            balance.add(count, -step, most)
            self._variables.model.add(balance.expression() == 0)
            self._steps[key] = count
        return self._steps[key]

    def _add_groups(self, total: Sum, tier: int) -> None:
        """Add what it costs that a group is spread over more than one worker."""
        groups = self._variables.arrays.groups
        for group in np.flatnonzero(groups.cost[tier]).tolist():
            total.add_sum(self._spread_of(group), int(groups.cost[tier, group]))

    def _spread_of(self, group: int) -> Sum:
        """Return the number of workers that hold units of a group, beyond the first."""
        if group not in self._spread:
            self._spread[group] = self._new_spread(group)
        return self._spread[group]

    def _new_spread(self, group: int) -> Sum:
        variables = self._variables
        arrays = variables.arrays
        spread = Sum()
        spread.shift(-1)
        for (number, _), present in variables.present.items():
            if number == group:
                spread.add(present, 1)
        units = arrays.groups.members(group)
        if not variables.candidates.wait[units].all():
            return spread
        beyond = Sum()
        held = {int(worker) for worker in variables.incumbent[units]} - {WAITING}
        count = variables.integer(max(0, spread.most), hint=max(0, len(held) - 1))
        variables.model.add(count >= spread.expression() + spread.constant)
        beyond.add(count, 1, max(0, spread.most))
        return beyond
