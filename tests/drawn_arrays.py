"""Tiny random arrays with everything on at random, and what they can be worth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, UnitGroups, build_arrays
from caseload_balancer.arrays.evaluation import chosen_arcs, resource_use
from tests.oracle import try_everything


def any_assignment(arrays, random):
    """Return an assignment that may break limits."""
    found = np.full(arrays.units, WAITING)
    for unit in range(arrays.units):
        options = [*arrays.workers_of(unit).tolist(), *([WAITING] if arrays.may_wait[unit] else [])]
        found[unit] = random.choice(options)
    return found


@dataclass(frozen=True)
class Best:
    """What brute force finds: each tier as it is settled, and the most it may end at."""

    settled: tuple[int, ...]
    ceilings: tuple[int, ...]


def by_brute_force(arrays):
    settled = try_everything(arrays).best
    ceilings = (best + arrays.slack(tier, best) for tier, best in enumerate(settled))
    return Best(settled, tuple(ceilings))


@st.composite
def tiny_arrays(draw, *, slack=True, budget=True, workers=4, units=6):
    workers = draw(st.integers(1, workers))
    units = draw(st.integers(1, units))
    tiers = draw(st.integers(1, 3))
    resources = draw(st.integers(1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scale = int(draw(st.sampled_from([1, 10, 1000])))
    allowed = random.random((units, workers)) < draw(st.sampled_from([0.5, 0.8, 1.0]))
    unit, worker = np.nonzero(allowed)
    arcs = len(unit)
    step = int(draw(st.sampled_from([1, 1, 5])))
    arc_use = step * random.integers(0, 4, (resources, arcs))
    shared = random.random(resources) < 0.4
    lonely = ~allowed.any(axis=1)
    may_wait = lonely | (random.random(units) < draw(st.sampled_from([0.3, 0.7, 1.0])))
    start = np.full(units, WAITING, np.int64)
    for one in np.flatnonzero(allowed.any(axis=1)):
        if not may_wait[one] or random.random() < 0.5:
            start[one] = random.choice(np.flatnonzero(allowed[one]))
    groups = _unit_groups(random, units, tiers)
    breakpoints = int(draw(st.integers(0, 8)))
    spent = random.integers(0, 3, arcs)
    arrays = Arrays(
        arc_start=np.concatenate([[0], np.cumsum(allowed.sum(axis=1))]).astype(np.int64),
        arc_worker=worker.astype(np.int64),
        arc_use=arc_use.astype(np.int64),
        arc_cost=random.integers(-2, 6, (tiers, arcs)) * scale,
        wait_cost=random.integers(-1, 9, (tiers, units)) * scale,
        may_wait=may_wait,
        limit=np.full((resources, workers), 10**6),
        shared=shared,
        breakpoints=Breakpoints(
            tier=random.integers(0, tiers, breakpoints),
            resource=random.integers(0, resources, breakpoints),
            worker=random.integers(0, workers, breakpoints),
            at=random.integers(0, 8, breakpoints),
            step=random.integers(1, 4, breakpoints) * scale,
        ),
        groups=groups,
        arc_budget=spent,
        budget=None,
        slack_abs=np.zeros(tiers, np.int64),
        slack_rel=np.zeros(tiers, np.int64),
        start=start,
    )
    return _bounded(draw, random, arrays, slack=slack, budget=budget)


def _unit_groups(random, units, tiers):
    order = random.permutation(units)
    sizes, used = [], 0
    while used < units and random.random() < 0.5:
        sizes.append(min(units - used, int(random.integers(1, 4))))
        used += sizes[-1]
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return UnitGroups(
        start=start, unit=order[:used], cost=random.integers(0, 4, (tiers, len(sizes)))
    )


def _bounded(draw, random, arrays, *, slack, budget):
    """Set limits and budget around what the start uses, so that it is feasible."""
    room = random.integers(0, 6, arrays.limit.shape)
    changed = {"limit": resource_use(arrays, arrays.start) + room}
    if budget and draw(st.booleans()):
        chosen = chosen_arcs(arrays, arrays.start)
        spent = int(arrays.arc_budget[chosen[chosen >= 0]].sum())
        changed["budget"] = spent + int(random.integers(0, 4))
    if slack and draw(st.booleans()):
        changed["slack_abs"] = random.integers(0, 4, arrays.tiers)
        changed["slack_rel"] = random.choice([0, 0, 100, 500], arrays.tiers)
    return replace(arrays, **changed)


def capped_loads(seed: int) -> tuple[Arrays, np.random.Generator]:
    """Return arrays whose first tier caps loads, while the costs of the second go on; and more."""
    random = np.random.default_rng(seed)
    units, workers = int(random.integers(4, 7)), int(random.integers(2, 5))
    arcs, factor = units * workers, int(random.choice([1, 10, 1000]))
    points = []
    for worker, cap in enumerate(random.integers(2, 8, workers).tolist()):
        points.append((0, 0, worker, cap, int(random.integers(1, 4))))
        points += [
            (1, 0, worker, int(random.integers(22)), int(random.integers(1, 9)) * factor)
            for _ in range(random.integers(1, 6))
        ]
    arrays = build_arrays(
        unit=np.repeat(np.arange(units), workers),
        worker=np.tile(np.arange(workers), units),
        use=[random.integers(1, 6, arcs)],
        cost=[np.zeros(arcs, np.int64), random.integers(0, 30, arcs) * factor],
        limit=[[int(random.integers(15, 40))] * workers],
        wait_cost=[np.zeros(units, np.int64), random.integers(3, 40, units) * factor],
        may_wait=[True] * units,
        breakpoints=points,
    )
    return arrays, random
