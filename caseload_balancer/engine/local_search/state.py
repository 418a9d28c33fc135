"""An assignment that moves change, with its uses and what it would cost to move."""

from __future__ import annotations

from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.convex_costs import compile_costs, total_by_worker
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from caseload_balancer.arrays.tier_weights import tier_weights

FORBIDDEN: Final = np.iinfo(np.int64).max // 4
"""Cost of an option that limits forbid."""


class AssignmentState:
    """An assignment, and everything that prices its moves. All tiers count, weighted.

    Parameters
    ----------
    arrays
        The problem.
    assignment
        Shape (units,): where to begin; feasible.
    weights
        Shape (tiers,): of the tiers; by default as far apart as 64 bits allow.

    Attributes
    ----------
    chosen
        Shape (units,): the arc each unit takes, -1 where it waits.
    use
        Shape (resources * workers,): what each worker uses of each resource.
    moves
        How many were made so far.
    changed_at
        Shape (workers,): `moves` when the use of each last changed.
    priced
        How many arcs and pairs were priced since somebody set this to 0.
    """

    def __init__(self, arrays: Arrays, assignment: Ints, weights: Ints | None = None) -> None:
        self.arrays = arrays
        self.weights = tier_weights(arrays) if weights is None else weights
        self.costs = compile_costs(arrays, self.weights)
        self.arc_cost = self.weights @ arrays.arc_cost
        self.wait_cost = np.where(arrays.may_wait, self.weights @ arrays.wait_cost, FORBIDDEN)
        self.group_cost = self.weights @ arrays.groups.cost
        self.limit = arrays.limit.ravel()
        priced = self.costs.is_active.reshape(arrays.resources, -1).any(axis=1)
        self.resources = np.flatnonzero(priced | _may_bind(arrays)).tolist()
        self.single = arrays.group_of_unit < 0
        self.chosen = chosen_arcs(arrays, assignment)
        self.use = resource_use(arrays, assignment).ravel()
        self.spent = int(arrays.arc_budget[self.chosen[self.chosen >= 0]].sum())
        self.moves = 0
        self.changed_at = np.zeros(arrays.workers, np.int64)
        self.priced = 0

    @property
    def assignment(self) -> Ints:
        """Shape (units,): the assignment now."""
        return np.append(self.arrays.arc_worker, WAITING)[self.chosen]  # -1 is the last

    def stay_costs(self) -> Ints:
        """Return what each unit costs where it is, shape (units,)."""
        arrays = self.arrays
        placed = np.flatnonzero(self.chosen >= 0)
        arc = self.chosen[placed]
        found = self.wait_cost.copy()
        found[placed] = self.arc_cost[arc]
        for resource in self.resources:
            cell = resource * arrays.workers + arrays.arc_worker[arc]
            use = self.use[cell]
            less = use - np.where(self.single[placed], arrays.arc_use[resource, arc], 0)
            found[placed] += self.costs.cost(cell, use) - self.costs.cost(cell, less)
        return found

    def join_costs(
        self, arc: Ints, uses: Ints, *, leaving: Bools | bool = False, limited: bool = True
    ) -> Ints:
        """Return what the units of the arcs would cost there, forbidden where limits say so.

        Parameters
        ----------
        limited
            Whether limits say anything; without, uses beyond them cost no more than at them.
        leaving
            Whether the unit is there now, and its uses are to be taken off first.
        """
        arrays = self.arrays
        found = self.arc_cost[arc].copy()
        allowed = np.ones(len(arc), np.bool_)
        for resource in self.resources:
            cell = resource * arrays.workers + arrays.arc_worker[arc]
            use = self.use[cell] - np.where(leaving, uses[resource], 0)
            after = use + uses[resource]
            allowed &= (after <= self.limit[cell]) | (uses[resource] == 0)
            after = np.minimum(after, self.costs.reach[cell])
            found += self.costs.cost(cell, after) - self.costs.cost(cell, use)
        return np.where(allowed, found, FORBIDDEN) if limited else found

    def move(self, unit: int, to: int) -> None:
        """Move a unit without a group."""
        arrays = self.arrays
        self.moves += 1
        for arc, sign in ((self.chosen[unit], -1), (to, 1)):
            if arc >= 0:
                cells = np.arange(arrays.resources) * arrays.workers + arrays.arc_worker[arc]
                self.use[cells] += sign * arrays.arc_use[:, arc]
                self.changed_at[arrays.arc_worker[arc]] = self.moves
                self.spent += sign * int(arrays.arc_budget[arc])
        self.chosen[unit] = to

    def move_in_group(self, unit: int, to: int) -> None:
        """Move a unit of a group, of whose shared uses only the largest counts."""
        group = self.arrays.group_of_unit[unit]
        units = self.arrays.groups.members(int(group))
        self.moves += 1
        self._add_group(units, -1)
        for arc, sign in ((self.chosen[unit], -1), (to, 1)):
            if arc >= 0:
                self.spent += sign * int(self.arrays.arc_budget[arc])
        self.chosen[unit] = to
        self._add_group(units, 1)

    def _add_group(self, units: Ints, sign: int) -> None:
        arrays = self.arrays
        arcs = self.chosen[units]
        arcs = arcs[arcs >= 0]
        for worker in sorted(set(arrays.arc_worker[arcs].tolist())):
            here = arrays.arc_use[:, arcs[arrays.arc_worker[arcs] == worker]]
            use = np.where(arrays.shared, here.max(axis=1), here.sum(axis=1))
            self.use[np.arange(arrays.resources) * arrays.workers + worker] += sign * use
            self.changed_at[worker] = self.moves


def _may_bind(arrays: Arrays) -> Bools:
    """Return for each resource whether the limit of some worker can stop anything."""
    everything = total_by_worker(arrays.workers, arrays.arc_worker, arrays.arc_use)
    return np.asarray((everything > arrays.limit).any(axis=1))
