"""The same instance with its rows in another order.

A solver that is right in one order only is not right: every measurement is repeated with the
units and the workers shuffled. Order 0 is the order as made.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.formats.nurse import NurseInstance
from caseload_balancer.arrays import WAITING, Arrays, Ints
from caseload_balancer.arrays.definition import starts_of
from caseload_balancer.arrays.gap_files import GapInstance


def shuffled_arrays(arrays: Arrays, order: int) -> Arrays:
    """Return `arrays` with units and workers numbered otherwise, by the seed `order`."""
    if order == 0:
        return arrays
    random = np.random.default_rng(order)
    old_unit = random.permutation(arrays.units)
    new_worker = random.permutation(arrays.workers)
    new_unit = _inverse(old_unit)
    by_unit = np.lexsort((new_worker[arrays.arc_worker], new_unit[arrays.arc_unit]))
    sizes = np.diff(arrays.arc_start)[old_unit]
    start = arrays.start[old_unit]
    held = start != WAITING
    start[held] = new_worker[start[held]]
    old_worker = _inverse(new_worker)
    return replace(
        arrays,
        arc_start=starts_of(sizes),
        arc_worker=new_worker[arrays.arc_worker[by_unit]],
        arc_use=arrays.arc_use[:, by_unit],
        arc_cost=arrays.arc_cost[:, by_unit],
        wait_cost=arrays.wait_cost[:, old_unit],
        may_wait=arrays.may_wait[old_unit],
        limit=arrays.limit[:, old_worker],
        breakpoints=replace(arrays.breakpoints, worker=new_worker[arrays.breakpoints.worker]),
        groups=replace(arrays.groups, unit=new_unit[arrays.groups.unit]),
        arc_budget=arrays.arc_budget[by_unit],
        start=start,
    )


def shuffled_gap(gap: GapInstance, order: int) -> GapInstance:
    """Return `gap` with agents and items in another order, by the seed `order`."""
    if order == 0:
        return gap
    random = np.random.default_rng(order)
    agents, items = (random.permutation(size) for size in gap.cost.shape)
    return GapInstance(
        cost=gap.cost[np.ix_(agents, items)],
        weight=gap.weight[np.ix_(agents, items)],
        capacity=gap.capacity[agents],
    )


def shuffled_nurse(rules: NurseInstance, order: int) -> NurseInstance:
    """Return `rules` with the zones, and the patients of each, in another order."""
    if order == 0:
        return rules
    random = np.random.default_rng(order)
    zones = [rules.zones[zone] for zone in random.permutation(len(rules.zones))]
    shuffled = (tuple(zone[patient] for patient in random.permutation(len(zone))) for zone in zones)
    return replace(rules, zones=tuple(shuffled))


def _inverse(permutation: Ints) -> Ints:
    found = np.empty_like(permutation)
    found[permutation] = np.arange(len(permutation))
    return found
