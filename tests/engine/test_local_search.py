"""Descent: what it keeps up to date is what evaluation finds, and it never gets worse."""

import numpy as np
import pytest
from hypothesis import given

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.convex_costs import compile_costs
from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays
from caseload_balancer.arrays.tier_weights import tier_weights
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import Descent, descend
from caseload_balancer.engine.parameters import DescentParameters
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


def _blended(arrays, assignment):
    return int(tier_weights(arrays) @ np.array(values(arrays, assignment)))


@settings(max_examples=100)
@given(arrays=tiny_arrays())
def test_every_round_gains_and_keeps_the_uses_right(arrays):
    search = Descent(arrays, arrays.start)
    everything = np.arange(arrays.arcs)
    for one_round in (
        search.shift_round,
        search.group_round,
        lambda: search.swap_round(everything),
        lambda: search.ejection_round(everything),
        lambda: search.exchange_round(everything),
    ):
        before = _blended(arrays, search.assignment)
        made = one_round()
        after = _blended(arrays, search.assignment)
        assert broken_limits(arrays, search.assignment) == []
        assert np.array_equal(search.use, resource_use(arrays, search.assignment).ravel())
        assert after < before if made else after == before


@settings(max_examples=100)
@given(arrays=tiny_arrays())
def test_descent_ends_feasible_and_no_worse(arrays):
    everything = np.arange(arrays.arcs)
    found = descend(
        arrays, arrays.start, deadline=Deadline(20), promising=everything, exchange=True
    )
    assert broken_limits(arrays, found) == []
    assert values(arrays, found) <= values(arrays, arrays.start)


@settings(max_examples=60)
@given(arrays=tiny_arrays(budget=False))
def test_no_single_shift_is_left_that_gains(arrays):
    found = descend(arrays, arrays.start, deadline=Deadline(20))
    best = _blended(arrays, found)
    every, worth = all_allowed(arrays)
    shifted = (every != found).sum(axis=1) == 1
    assert (worth[shifted] @ tier_weights(arrays) >= best).all()


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_weights_keep_the_order_of_the_tiers(arrays):
    _, worth = all_allowed(arrays)
    blended = (worth @ tier_weights(arrays)).tolist()
    pairs = sorted(zip(map(tuple, worth.tolist()), blended, strict=True))
    assert pairs == sorted(pairs, key=lambda pair: (pair[1], pair[0]))


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_compiled_costs_are_what_the_breakpoints_cost(arrays):
    weights = np.arange(1, arrays.tiers + 1)
    costs = compile_costs(arrays, weights)
    breakpoints = arrays.breakpoints
    for cell in range(costs.cells):
        resource, worker = divmod(cell, arrays.workers)
        mine = (breakpoints.resource == resource) & (breakpoints.worker == worker)
        use = np.arange(costs.reach[cell] + 1)
        excess = np.maximum(0, use[:, None] - breakpoints.at[mine])
        expected = excess @ (breakpoints.step * weights[breakpoints.tier])[mine]
        assert np.array_equal(costs.cost(np.full(len(use), cell), use), expected)
        assert costs.at_reach()[cell] == expected[-1]


def test_a_service_is_mostly_repaired_by_descent():
    arrays = service(30, 380, teams=3, seed=1, scope="service")
    before = values(arrays, arrays.start)
    after = values(arrays, descend(arrays, arrays.start, deadline=Deadline(20)))
    assert after[0] <= before[0] // 20
    assert after[1] <= before[1] // 4


def test_a_waiting_unit_is_placed_once_a_round():
    # Either full worker would take it, and let somebody go to an empty one.
    cost = np.array([[1, 2, 9], [1, 9, 2], [9, 2, 9], [9, 9, 2]])
    arrays = gap_as_arrays(GapInstance(cost, np.ones_like(cost), np.ones(4, np.int64)))
    search = Descent(arrays, np.array([WAITING, 0, 1]))
    assert search.ejection_round(np.arange(arrays.arcs)) == 1
    assert sorted(search.assignment.tolist()) in ([0, 1, 2], [0, 1, 3])


def _in_a_row(units):
    """Return a unit that waits, full workers, and an empty one, where only all can move up."""
    cost = np.full((units, units), 9)
    start = np.arange(-1, units - 1)
    own = np.arange(units)
    cost[own, own] = cost[start[1:], own[1:]] = 2
    arrays = gap_as_arrays(GapInstance(cost, np.where(cost < 9, 1, 9), np.ones(units, np.int64)))
    return arrays, np.where(start < 0, WAITING, start)


def test_a_waiting_unit_is_placed_by_an_exchange_of_five():
    arrays, start = _in_a_row(5)
    search, everything = Descent(arrays, start), np.arange(arrays.arcs)
    assert search.shift_round() == 0
    assert search.ejection_round(everything) == 0
    assert search.swap_round(everything) == 0
    assert search.exchange_round(everything) == 1
    assert search.assignment.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("length", "made"), [(3, 0), (4, 1)])
def test_an_exchange_is_no_longer_than_it_may_be(length, made):
    arrays, start = _in_a_row(5)
    search = Descent(arrays, start, DescentParameters(exchange_length=length))
    assert search.exchange_round(np.arange(arrays.arcs)) == made


@settings(max_examples=60)
@given(arrays=tiny_arrays(budget=False))
def test_no_single_shift_is_left_after_exchanges(arrays):
    everything = np.arange(arrays.arcs)
    found = descend(
        arrays, arrays.start, deadline=Deadline(20), promising=everything, exchange=True
    )
    best = _blended(arrays, found)
    every, worth = all_allowed(arrays)
    shifted = (every != found).sum(axis=1) == 1
    assert (worth[shifted] @ tier_weights(arrays) >= best).all()
