"""Descent by shifts and swaps, all candidates of a round priced at once.

A *shift* gives one unit another worker (or lets it wait); a *swap* exchanges the workers of two
units. Each round prices every candidate in a few array operations and makes the best ones that
touch different workers, so that their gains add up exactly. The moves are those of Yagiura,
Ibaraki and Glover, "An ejection chain approach for the generalized assignment problem" (2004).

Units of a group are moved one by one, with the whole effect on their group priced.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Bools, Ints
from caseload_balancer.arrays.convex_costs import compile_costs, total_by_worker
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use, values
from caseload_balancer.arrays.tier_weights import tier_weights
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.grouped_arcs import GroupedArcs
from caseload_balancer.engine.parameters import DEFAULTS, DescentParameters

_TABLE_AT_MOST: Final = 1 << 20
"""Pairs of unit and worker up to which arcs are looked up in a table."""
_FORBIDDEN: Final = np.iinfo(np.int64).max // 4


class Descent:
    """Shifts and swaps from one assignment to a better one.

    Parameters
    ----------
    arrays
        The problem.
    assignment
        Shape (units,): where to begin; feasible.
    parameters
        Of descents.
    """

    def __init__(
        self,
        arrays: Arrays,
        assignment: Ints,
        parameters: DescentParameters = DEFAULTS.descent,
    ) -> None:
        self.arrays = arrays
        self._parameters = parameters
        self.weights = tier_weights(arrays)
        self.costs = compile_costs(arrays, self.weights)
        self.arc_cost = self.weights @ arrays.arc_cost
        self.wait_cost = np.where(arrays.may_wait, self.weights @ arrays.wait_cost, _FORBIDDEN)
        self.group_cost = self.weights @ arrays.groups.cost
        self.limit = arrays.limit.ravel()
        priced = self.costs.is_active.reshape(arrays.resources, -1).any(axis=1)
        self.resources = np.flatnonzero(priced | _may_bind(arrays)).tolist()
        self.single = arrays.group_of_unit < 0
        self.chosen = chosen_arcs(arrays, assignment)
        self.use = resource_use(arrays, assignment).ravel()
        self.spent = int(arrays.arc_budget[self.chosen[self.chosen >= 0]].sum())
        self._shift = np.zeros(arrays.arcs, np.int64)
        self._changed = np.ones(arrays.workers, np.bool_)

    @property
    def assignment(self) -> Ints:
        """Shape (units,): the assignment now."""
        return np.append(self.arrays.arc_worker, WAITING)[self.chosen]  # -1 is the last

    def shift_costs(self) -> Ints:
        """Return what each arc's unit would cost if it joined the worker now, shape (arcs,).

        Arcs that the limits forbid cost more than anything else. Groups are not considered.
        Only the arcs to workers whose use changed since the last call are priced again.
        """
        stale = np.flatnonzero(self._changed[self.arrays.arc_worker])
        self._shift[stale] = self._join(stale, self.arrays.arc_use[:, stale])
        self._changed[:] = False
        return self._shift.copy()

    def shift_round(self) -> int:
        """Make the best shifts of single units, one a worker, and return their number."""
        arrays = self.arrays
        stay = self._stay()
        shift = self.shift_costs()
        taken = self.chosen[self.chosen >= 0]
        shift[taken] = _FORBIDDEN
        best, arc = _least(arrays, shift)
        waits = self.wait_cost < best
        best = np.where(waits & (self.chosen >= 0), self.wait_cost, best)
        arc = np.where(waits, -1, arc)
        gain = stay - best
        wanted = np.flatnonzero((gain > 0) & self.single)
        wanted = wanted[np.argsort(-gain[wanted], kind="stable")]
        touched = np.zeros(arrays.workers + 1, np.bool_)
        source = self.assignment
        made = 0
        for unit, to in zip(wanted.tolist(), arc[wanted].tolist(), strict=True):
            ends = [source[unit], WAITING if to < 0 else arrays.arc_worker[to]]
            held = [end for end in ends if end != WAITING]
            if touched[held].any() or not self._affordable([(unit, to)]):
                continue
            touched[held] = True
            self._move(unit, to)
            made += 1
        return made

    def swap_round(self, promising: Ints) -> int:
        """Make the best swaps along the `promising` arcs, one a worker; return their number."""
        arrays = self.arrays
        worker = self.assignment
        arc = promising[self.single[arrays.arc_unit[promising]]]
        arc = arc[
            (worker[arrays.arc_unit[arc]] != WAITING) & (self.chosen[arrays.arc_unit[arc]] != arc)
        ]
        first, second, back = self._pairs(arc, worker)
        if len(first) == 0:
            return 0
        u, v = arrays.arc_unit[first], second
        gain = self._swap_gain(u, v, first, back)
        good = np.flatnonzero(gain > 0)
        good = good[np.argsort(-gain[good], kind="stable")]
        touched = np.zeros(arrays.workers, np.bool_)
        made = 0
        for k in good.tolist():
            ends = [worker[u[k]], worker[v[k]]]
            moves = [(int(u[k]), int(first[k])), (int(v[k]), int(back[k]))]
            if touched[ends].any() or not self._affordable(moves):
                continue
            touched[ends] = True
            for unit, to in moves:
                self._move(unit, to)
            made += 1
        return made

    def group_round(self) -> int:
        """Make the best shifts of units of groups, one a worker and group; return their number."""
        arrays, held = self.arrays, self._held_by_groups
        if held is None:
            return 0
        cost = self._grouped_costs(held)
        now = self.wait_cost[held.unit]
        here = np.flatnonzero(self.chosen[held.arc_unit] == held.arc)
        now[held.arc_owner[here]] = cost[here]
        cost[here] = _FORBIDDEN
        least = np.minimum.reduceat(cost, held.begin)
        best = held.arc[np.flatnonzero(cost == least[held.arc_owner])]
        to = np.full(len(held.unit), -1, np.int64)
        to[np.searchsorted(held.unit, arrays.arc_unit[best[::-1]])] = best[::-1]
        waits = self.wait_cost[held.unit] < least
        least, to = np.where(waits, self.wait_cost[held.unit], least), np.where(waits, -1, to)
        gain = now - least
        wanted = np.flatnonzero(gain > 0)
        touched = np.zeros(arrays.workers, np.bool_)
        moved = np.zeros(len(arrays.groups), np.bool_)
        source = self.assignment
        made = 0
        for k in wanted[np.argsort(-gain[wanted], kind="stable")].tolist():
            unit, arc = int(held.unit[k]), int(to[k])
            ends = [source[unit], WAITING if arc < 0 else arrays.arc_worker[arc]]
            ends = [end for end in ends if end != WAITING]
            group = arrays.group_of_unit[unit]
            if moved[group] or touched[ends].any() or not self._affordable([(unit, arc)]):
                continue
            touched[ends] = True
            moved[group] = True
            self._rebuild(unit, arc)
            made += 1
        return made

    def _pairs(self, arc: Ints, worker: Ints) -> tuple[Ints, Ints, Ints]:
        """Return arcs ``u -> w``, the units at ``w``, and their arcs to the worker of ``u``."""
        arrays = self.arrays
        held = np.flatnonzero((worker != WAITING) & self.single)
        held = held[np.argsort(worker[held], kind="stable")]
        begin = np.searchsorted(worker[held], np.arange(arrays.workers + 1))
        to = arrays.arc_worker[arc]
        sizes = begin[to + 1] - begin[to]
        most = int(np.searchsorted(np.cumsum(sizes), self._parameters.swaps_at_once))
        arc, to, sizes = arc[:most], to[:most], sizes[:most]
        first = np.repeat(arc, sizes)
        offset = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        second = held[begin[np.repeat(to, sizes)] + offset]
        back = self._arcs_between(second, worker[arrays.arc_unit[first]])
        found = np.flatnonzero(back >= 0)
        return first[found], second[found], back[found]

    def _arcs_between(self, unit: Ints, worker: Ints) -> Ints:
        """Return the arc from each unit to each worker, -1 where there is none."""
        wanted = unit * self.arrays.workers + worker
        if self._arc_table is not None:
            return np.asarray(self._arc_table[wanted])
        place = np.minimum(np.searchsorted(self._arc_keys, wanted), self.arrays.arcs - 1)
        return np.where(self._arc_keys[place] == wanted, place, -1)

    @cached_property
    def _arc_keys(self) -> Ints:
        return self.arrays.arc_unit * self.arrays.workers + self.arrays.arc_worker

    @cached_property
    def _arc_table(self) -> Ints | None:
        """The arc of each unit and worker, where that is not too large a table."""
        size = self.arrays.units * self.arrays.workers
        if size > _TABLE_AT_MOST:
            return None
        table = np.full(size, -1)
        table[self._arc_keys] = np.arange(self.arrays.arcs)
        return table

    def _swap_gain(self, u: Ints, v: Ints, to: Ints, back: Ints) -> Ints:
        arrays = self.arrays
        out, home = self.chosen[u], self.chosen[v]
        gain = self.arc_cost[out] + self.arc_cost[home] - self.arc_cost[to] - self.arc_cost[back]
        allowed = np.ones(len(u), np.bool_)
        for resource in self.resources:
            uses = arrays.arc_use[resource]
            for leaves, joins in ((out, back), (home, to)):
                cell = resource * arrays.workers + arrays.arc_worker[joins]
                use = self.use[cell]
                after = use - uses[leaves] + uses[joins]
                allowed &= after <= self.limit[cell]
                after = np.minimum(after, self.costs.reach[cell])
                gain += self.costs.cost(cell, use) - self.costs.cost(cell, after)
        return np.where(allowed, gain, -1)

    def _stay(self) -> Ints:
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

    def _join(self, arc: Ints, uses: Ints, *, leaving: Bools | bool = False) -> Ints:
        """Return what the units of the arcs would cost there, forbidden where limits say so.

        Parameters
        ----------
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
        return np.where(allowed, found, _FORBIDDEN)

    @cached_property
    def _held_by_groups(self) -> GroupedArcs | None:
        return GroupedArcs.of(self.arrays)

    def _grouped_costs(self, held: GroupedArcs) -> Ints:
        """Return what each arc of a unit of a group costs with the other units where they are."""
        arrays = self.arrays
        where = self.assignment
        beside = np.flatnonzero(where[held.other] == arrays.arc_worker[held.arc[held.entry]])
        among = np.zeros(len(held.arc), np.bool_)
        among[held.entry[beside]] = True
        uses = arrays.arc_use[:, held.arc]
        taken = self.chosen[held.other[beside]]
        for resource in np.flatnonzero(arrays.shared):
            already = np.zeros(len(held.arc), np.int64)
            np.maximum.at(already, held.entry[beside], arrays.arc_use[resource, taken])
            uses[resource] = np.maximum(0, uses[resource] - already)
        here = self.chosen[held.arc_unit] == held.arc
        cost = self._join(held.arc, uses, leaving=here)
        others = np.zeros(len(held.arc), np.bool_)
        others[held.entry[where[held.other] != WAITING]] = True
        group = arrays.group_of_unit[held.arc_unit]
        return np.asarray(cost + np.where(others & ~among, self.group_cost[group], 0))

    def _affordable(self, moves: list[tuple[int, int]]) -> bool:
        if self.arrays.budget is None:
            return True
        more = 0
        for unit, to in moves:
            now = self.chosen[unit]
            more += int(self.arrays.arc_budget[to]) if to >= 0 else 0
            more -= int(self.arrays.arc_budget[now]) if now >= 0 else 0
        return more <= 0 or self.spent + more <= self.arrays.budget

    def _move(self, unit: int, to: int) -> None:
        """Move a unit without a group."""
        arrays = self.arrays
        for arc, sign in ((self.chosen[unit], -1), (to, 1)):
            if arc >= 0:
                cells = np.arange(arrays.resources) * arrays.workers + arrays.arc_worker[arc]
                self.use[cells] += sign * arrays.arc_use[:, arc]
                self._changed[arrays.arc_worker[arc]] = True
                self.spent += sign * int(arrays.arc_budget[arc])
        self.chosen[unit] = to

    def _rebuild(self, unit: int, to: int) -> None:
        """Move a unit of a group, of whose shared uses only the largest counts."""
        group = self.arrays.group_of_unit[unit]
        units = self.arrays.groups.members(int(group))
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
        for worker in np.unique(arrays.arc_worker[arcs]):
            here = arrays.arc_use[:, arcs[arrays.arc_worker[arcs] == worker]]
            use = np.where(arrays.shared, here.max(axis=1), here.sum(axis=1))
            self.use[np.arange(arrays.resources) * arrays.workers + worker] += sign * use
            self._changed[worker] = True


def descend(
    arrays: Arrays,
    assignment: Ints,
    *,
    deadline: Deadline,
    promising: Ints | None = None,
    parameters: DescentParameters = DEFAULTS.descent,
) -> Ints:
    """Return an assignment no worse than a feasible one, improved until no move of a kind gains.

    Parameters
    ----------
    promising
        Arcs that swaps may use; no swaps are tried without.
    parameters
        Of descents.
    """
    search = Descent(arrays, assignment, parameters)
    for _ in range(parameters.rounds):
        if deadline.passed():
            break
        made = search.shift_round() + search.group_round()
        if made == 0 and promising is not None:
            made = search.swap_round(promising)
        if made == 0:
            break
    found = search.assignment
    return found if values(arrays, found) < values(arrays, assignment) else assignment


def _least(arrays: Arrays, cost: Ints) -> tuple[Ints, Ints]:
    """Return the least cost over each unit's arcs and the arc that has it (-1 without arcs)."""
    least = np.full(arrays.units, _FORBIDDEN)
    arc = np.full(arrays.units, -1, np.int64)
    has = np.flatnonzero(np.diff(arrays.arc_start) > 0)
    least[has] = np.minimum.reduceat(cost, arrays.arc_start[has])
    hit = np.flatnonzero(cost == least[arrays.arc_unit])[::-1]
    arc[arrays.arc_unit[hit]] = hit
    return least, arc


def _may_bind(arrays: Arrays) -> Bools:
    """Return for each resource whether the limit of some worker can stop anything."""
    everything = total_by_worker(arrays.workers, arrays.arc_worker, arrays.arc_use)
    return np.asarray((everything > arrays.limit).any(axis=1))
