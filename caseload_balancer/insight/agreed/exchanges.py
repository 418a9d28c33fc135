"""What one or two changes of an assignment would cost, exactly and without a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.evaluation import budget_used, chosen_arcs, resource_use


@dataclass(frozen=True, eq=False)
class Exchanges:
    """An assignment, and what changes of a few units would make of it.

    Parameters
    ----------
    arrays
        The problem.
    assignment
        Shape (units,): an assignment the rules allow.
    """

    arrays: Arrays
    assignment: Ints

    @cached_property
    def _chosen(self) -> Ints:
        return chosen_arcs(self.arrays, self.assignment)

    @cached_property
    def use(self) -> Ints:
        """Use of each resource, shape (resources, workers)."""
        return resource_use(self.arrays, self.assignment)

    @cached_property
    def _room_in_budget(self) -> int | None:
        if self.arrays.budget is None:
            return None
        return self.arrays.budget - budget_used(self.arrays, self.assignment)

    @cached_property
    def _breakpoints(self) -> dict[int, Ints]:
        """The numbers of each worker's breakpoints."""
        order = np.argsort(self.arrays.breakpoints.worker, kind="stable")
        ends = np.searchsorted(
            self.arrays.breakpoints.worker[order], np.arange(self.arrays.workers + 1)
        )
        return {w: order[ends[w] : ends[w + 1]] for w in range(self.arrays.workers)}

    def options(self, unit: int) -> Iterator[int]:
        """Yield every worker the unit could go to, and `WAITING` where it may wait."""
        first, last = self.arrays.arc_start[unit : unit + 2]
        yield from self.arrays.arc_worker[first:last].tolist()
        if self.arrays.may_wait[unit]:
            yield WAITING

    def cost(self, changes: Mapping[int, int]) -> tuple[int, ...] | None:
        """Return what changes add to each tier; None where they break a limit.

        Parameters
        ----------
        changes
            The new worker of each unit that changes, out of its `options`.
        """
        arrays = self.arrays
        old = {unit: int(self._chosen[unit]) for unit in changes}
        new = {unit: self._arc(unit, worker) for unit, worker in changes.items()}
        room = self._room_in_budget
        if room is not None and self._budget(new) - self._budget(old) > room:
            return None
        total = self._direct(new) - self._direct(old)
        groups = {int(arrays.group_of_unit[unit]) for unit in changes} - {-1}
        workers = {
            int(arrays.arc_worker[arc]) for arc in (*old.values(), *new.values()) if arc >= 0
        }
        for worker in workers:
            use = self.use_after(changes, worker)
            if (use > arrays.limit[:, worker]).any():
                return None
            total += self._held(worker, use) - self._held(worker, self.use[:, worker])
        for group in groups:
            gap = self._spread(group, changes) - self._spread(group, {})
            total += arrays.groups.cost[:, group] * gap
        return tuple(total.tolist())

    def use_after(self, changes: Mapping[int, int], worker: int) -> Ints:
        """Return a worker's use of each resource after changes, shape (resources,)."""
        arrays = self.arrays
        use = self.use[:, worker].copy()
        groups = set()
        for unit, now in changes.items():
            group = int(arrays.group_of_unit[unit])
            if group >= 0:
                groups.add(group)
                continue
            if self.assignment[unit] == worker:
                use -= arrays.arc_use[:, self._chosen[unit]]
            if now == worker:
                use += arrays.arc_use[:, self._arc(unit, worker)]
        for group in groups:
            use += self._together(group, changes, worker) - self._together(group, {}, worker)
        return use

    def _together(self, group: int, changes: Mapping[int, int], worker: int) -> Ints:
        """Return what the units of a group use at a worker: of a shared resource the largest."""
        arrays = self.arrays
        here = [
            self._arc(unit, worker)
            for unit in self._members(group)
            if changes.get(unit, int(self.assignment[unit])) == worker
        ]
        if not here:
            return np.zeros(arrays.resources, np.int64)
        used = arrays.arc_use[:, here]
        together: Ints = np.where(arrays.shared, used.max(axis=1), used.sum(axis=1))
        return together

    def _members(self, group: int) -> list[int]:
        members: list[int] = self.arrays.groups.members(group).tolist()
        return members

    def _spread(self, group: int, changes: Mapping[int, int]) -> int:
        members = self._members(group)
        workers = {changes.get(unit, int(self.assignment[unit])) for unit in members} - {WAITING}
        return max(0, len(workers) - 1)

    def _held(self, worker: int, use: Ints) -> Ints:
        """Return what a worker's breakpoints add to each tier, shape (tiers,)."""
        breakpoints, rows = self.arrays.breakpoints, self._breakpoints[worker]
        total = np.zeros(self.arrays.tiers, np.int64)
        excess = np.maximum(0, use[breakpoints.resource[rows]] - breakpoints.at[rows])
        np.add.at(total, breakpoints.tier[rows], breakpoints.step[rows] * excess)
        return total

    def _arc(self, unit: int, worker: int) -> int:
        return -1 if worker == WAITING else self.arrays.arc_to(unit, worker)

    def _direct(self, arcs: Mapping[int, int]) -> Ints:
        total = np.zeros(self.arrays.tiers, np.int64)
        for unit, arc in arcs.items():
            total += self.arrays.arc_cost[:, arc] if arc >= 0 else self.arrays.wait_cost[:, unit]
        return total

    def _budget(self, arcs: Mapping[int, int]) -> int:
        return sum(int(self.arrays.arc_budget[arc]) for arc in arcs.values() if arc >= 0)
