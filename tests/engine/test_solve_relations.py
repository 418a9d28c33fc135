"""Relations between problems that must hold whatever the best values are."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, UnitGroups
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings

relation = settings(max_examples=25)


def renumbered(arrays, worker_order, unit_order):
    """Return the same problem with old worker `worker_order[k]` as worker k, units likewise."""
    number = np.argsort(worker_order)
    begin, end = arrays.arc_start[unit_order], arrays.arc_start[unit_order + 1]
    arcs = np.concatenate(
        [
            low + np.argsort(number[arrays.arc_worker[low:high]])
            for low, high in zip(begin, end, strict=True)
        ]
    ).astype(np.int64)
    breakpoints = arrays.breakpoints
    start = arrays.start[unit_order]
    return replace(
        arrays,
        arc_start=np.concatenate([[0], np.cumsum(end - begin)]).astype(np.int64),
        arc_worker=number[arrays.arc_worker[arcs]],
        arc_use=arrays.arc_use[:, arcs],
        arc_cost=arrays.arc_cost[:, arcs],
        arc_budget=arrays.arc_budget[arcs],
        wait_cost=arrays.wait_cost[:, unit_order],
        may_wait=arrays.may_wait[unit_order],
        limit=arrays.limit[:, worker_order],
        breakpoints=replace(breakpoints, worker=number[breakpoints.worker]),
        groups=replace(arrays.groups, unit=np.argsort(unit_order)[arrays.groups.unit]),
        start=np.where(start == WAITING, WAITING, number[start]),
    )


def beside(first, second):
    """Return both problems as one, without a common worker."""
    both = [first, second]
    shift = first.workers
    breakpoints = {
        name: np.concatenate([getattr(one.breakpoints, name) for one in both])
        for name in ("tier", "resource", "at", "step")
    }
    worker = np.concatenate([first.breakpoints.worker, second.breakpoints.worker + shift])
    wide = ("arc_use", "arc_cost", "wait_cost", "limit")
    return replace(
        first,
        **{name: np.concatenate([getattr(one, name) for one in both], axis=1) for name in wide},
        arc_start=np.concatenate([first.arc_start, second.arc_start[1:] + first.arcs]),
        arc_worker=np.concatenate([first.arc_worker, second.arc_worker + shift]),
        may_wait=np.concatenate([first.may_wait, second.may_wait]),
        arc_budget=np.concatenate([first.arc_budget, second.arc_budget]),
        breakpoints=Breakpoints(worker=worker, **breakpoints),
        groups=UnitGroups(
            start=np.concatenate(
                [first.groups.start, second.groups.start[1:] + len(first.groups.unit)]
            ),
            unit=np.concatenate([first.groups.unit, second.groups.unit + first.units]),
            cost=np.concatenate([first.groups.cost, second.groups.cost], axis=1),
        ),
        start=np.concatenate(
            [first.start, np.where(second.start == WAITING, WAITING, second.start + shift)]
        ),
    )


def best(arrays: Arrays):
    result = solve(arrays, time_limit=20, workers=1)
    assert result.stop_reason == "proven"
    return result.settled


@relation
@given(arrays=tiny_arrays(), seed=st.integers(0, 2**32 - 1))
def test_numbering_does_not_matter(arrays, seed):
    random = np.random.default_rng(seed)
    other = renumbered(arrays, random.permutation(arrays.workers), random.permutation(arrays.units))
    assert best(other) == best(arrays)


@relation
@given(arrays=tiny_arrays(slack=False))
def test_one_more_worker_is_not_worse(arrays):
    copied = np.flatnonzero(arrays.arc_worker == arrays.workers - 1)
    units = arrays.arc_unit[copied]
    where = arrays.arc_start[units + 1]
    more = replace(
        arrays,
        arc_start=arrays.arc_start
        + np.concatenate([[0], np.cumsum(np.bincount(units, minlength=arrays.units))]),
        arc_worker=np.insert(arrays.arc_worker, where, arrays.workers),
        arc_use=np.insert(arrays.arc_use, where, arrays.arc_use[:, copied], axis=1),
        arc_cost=np.insert(arrays.arc_cost, where, arrays.arc_cost[:, copied], axis=1),
        arc_budget=np.insert(arrays.arc_budget, where, arrays.arc_budget[copied]),
        limit=np.concatenate([arrays.limit, arrays.limit[:, -1:]], axis=1),
    )
    assert best(more) <= best(arrays)


@relation
@given(arrays=tiny_arrays(slack=False))
def test_higher_limits_are_not_worse(arrays):
    assert best(replace(arrays, limit=arrays.limit + 2)) <= best(arrays)


@relation
@given(first=tiny_arrays(slack=False, budget=False), seed=st.integers(0, 2**32 - 1))
def test_values_of_separate_problems_add(first, seed):
    random = np.random.default_rng(seed)
    second = renumbered(first, random.permutation(first.workers), random.permutation(first.units))
    second = replace(second, arc_cost=second.arc_cost + 1)
    both = tuple(map(sum, zip(best(first), best(second), strict=True)))
    assert best(beside(first, second)) == both


@relation
@given(arrays=tiny_arrays(slack=False))
def test_the_best_is_a_fine_start(arrays):
    found = solve(arrays, time_limit=20, workers=1)
    again = solve(replace(arrays, start=found.assignment), time_limit=20, workers=1)
    assert again.values == found.values


def test_a_team_is_proven_in_every_tier_and_the_same_with_two_workers():
    arrays = service(16, 90, teams=2, seed=3)
    one = solve(arrays, time_limit=60, workers=1)
    two = solve(arrays, time_limit=60, workers=2)
    assert one.stop_reason == two.stop_reason == "proven"
    assert one.values == one.bounds
    assert np.array_equal(one.assignment, two.assignment)
