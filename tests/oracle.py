"""Every assignment of a tiny problem, tried: the plainest possible engine.

Shares nothing with the library's evaluation but the arrays themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Ints


@dataclass(frozen=True)
class Truth:
    """What trying everything found.

    best
        The least value of each tier, given the earlier tiers and their slack.
    settled
        Every assignment that a lexicographic solve may end at, shape (any, units).
    """

    best: tuple[int, ...]
    settled: Ints


def all_allowed(arrays: Arrays) -> tuple[Ints, Ints]:
    """Every assignment within the limits, shape (any, units), and its values, (any, tiers)."""
    every = np.array(list(product(*(_options(arrays, u) for u in range(arrays.units)))), np.int64)
    every = every.reshape(-1, arrays.units)
    use = _use(arrays, every)
    allowed = (use <= arrays.limit).all(axis=(1, 2))
    if arrays.budget is not None:
        allowed &= _sum_over_arcs(arrays, every, arrays.arc_budget) <= arrays.budget
    every, use = every[allowed], use[allowed]
    tiers = [_value(arrays, every, use, tier) for tier in range(arrays.tiers)]
    return every, np.stack(tiers, axis=1)


def try_everything(arrays: Arrays) -> Truth:
    every, worth = all_allowed(arrays)
    best = []
    for tier in range(arrays.tiers):
        best.append(int(worth[:, tier].min()))
        kept = worth[:, tier] <= best[-1] + arrays.slack(tier, best[-1])
        every, worth = every[kept], worth[kept]
    return Truth(best=tuple(best), settled=every)


def _options(arrays: Arrays, unit: int) -> list[int]:
    here = arrays.workers_of(unit).tolist()
    return [*here, WAITING] if arrays.may_wait[unit] else here


def _arc_table(arrays: Arrays, per_arc: Ints) -> Ints:
    """A figure of arcs as a table of units and workers; the last column is for waiting."""
    table = np.zeros((arrays.units, arrays.workers + 1), np.int64)
    table[arrays.arc_unit, arrays.arc_worker] = per_arc
    return table


def _sum_over_arcs(arrays: Arrays, every: Ints, per_arc: Ints) -> Ints:
    table = _arc_table(arrays, per_arc)
    return table[np.arange(arrays.units), every].sum(axis=1)


def _unit_groups(arrays: Arrays) -> list[Ints]:
    starts = arrays.groups.start.tolist()
    return [arrays.groups.unit[a:b] for a, b in pairwise(starts)]


def _use(arrays: Arrays, every: Ints) -> Ints:
    use = np.zeros((len(every), arrays.resources, arrays.workers), np.int64)
    grouped = np.concatenate([np.zeros(0, np.int64), *_unit_groups(arrays)])
    for resource in range(arrays.resources):
        table = _arc_table(arrays, arrays.arc_use[resource])
        once = bool(arrays.shared[resource])
        for worker in range(arrays.workers):
            here = np.where(every == worker, table[:, worker], 0)
            if once:
                alone = np.setdiff1d(np.arange(arrays.units), grouped)
                total = here[:, alone].sum(axis=1)
                for group in _unit_groups(arrays):
                    total += here[:, group].max(axis=1, initial=0)
            else:
                total = here.sum(axis=1)
            use[:, resource, worker] = total
    return use


def _value(arrays: Arrays, every: Ints, use: Ints, tier: int) -> Ints:
    value = _sum_over_arcs(arrays, every, arrays.arc_cost[tier])
    value += ((every == WAITING) * arrays.wait_cost[tier]).sum(axis=1)
    breakpoints = arrays.breakpoints
    for row in np.flatnonzero(breakpoints.tier == tier):
        held = use[:, breakpoints.resource[row], breakpoints.worker[row]]
        value += breakpoints.step[row] * np.maximum(0, held - breakpoints.at[row])
    for number, group in enumerate(_unit_groups(arrays)):
        holders = np.sort(every[:, group], axis=1)
        new = (holders[:, 1:] != holders[:, :-1]) & (holders[:, :-1] != WAITING)
        spread = new.sum(axis=1)
        value += arrays.groups.cost[tier, number] * spread
    return value
