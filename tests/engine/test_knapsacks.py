"""Knapsacks with convex costs of two loads, against every choice there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseload_balancer.engine import knapsacks, reached_loads
from caseload_balancer.engine.knapsacks import Curve, NoCost, fill


@st.composite
def _drawn(draw):
    items = draw(st.integers(0, 8))
    net = draw(st.lists(st.integers(-40, 15), min_size=items, max_size=items))
    use = [draw(st.lists(st.integers(0, 6), min_size=items, max_size=items)) for _ in range(2)]
    curves = []
    for _ in range(2):
        slopes = sorted(draw(st.lists(st.integers(0, 12), max_size=14)))
        curves.append(Curve(np.concatenate([[0], np.cumsum(np.array(slopes, np.int64))])))
    prices = draw(st.lists(st.integers(0, 9), min_size=2, max_size=2))
    return np.array(net, np.int64), np.array(use, np.int64), curves, np.array(prices)


def _cost(net, use, curves, items):
    loads = use[:, items].sum(axis=1)
    if any(load > curve.most for load, curve in zip(loads, curves, strict=True)):
        return None
    return int(net[items].sum()) + sum(
        int(curve.cost[load]) for load, curve in zip(loads, curves, strict=True)
    )


def _least(net, use, curves):
    choices = itertools.product((False, True), repeat=len(net))
    costs = (_cost(net, use, curves, np.array(one, np.bool_)) for one in choices)
    return min(cost for cost in costs if cost is not None)


@settings(max_examples=300, deadline=None)
@given(drawn=_drawn(), first=st.integers(1, 10))
def test_the_least_is_that_of_all_choices(drawn, first):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsacks, "_FIRST_CORE", first)  # so that a small core has to grow
        found = fill(*drawn)
    net, use, curves, _ = drawn
    assert found.floor <= found.least == _least(net, use, curves)
    assert _cost(net, use, curves, found.choices[0]) == found.least


@settings(max_examples=200, deadline=None)
@given(drawn=_drawn(), largest=st.integers(0, 4))
def test_given_up_it_is_a_floor_and_the_choices_are_possible(drawn, largest):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsacks, "_FIRST_CORE", 1)
        patch.setattr(knapsacks, "_LARGEST_CORE", largest)
        found = fill(*drawn)
    net, use, curves, _ = drawn
    assert found.least <= _least(net, use, curves)
    assert all(_cost(net, use, curves, choice) is not None for choice in found.choices)


@st.composite
def _with_one_load(draw):
    net, use, curves, prices = draw(_drawn())
    use[1] = 0
    if draw(st.booleans()):
        curves[0] = NoCost(curves[0].most)
    return net, use, curves, prices


@settings(max_examples=300, deadline=None)
@given(drawn=_with_one_load(), first=st.integers(1, 10))
def test_a_list_of_the_loads_reached_says_the_same_as_a_table(drawn, first):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsacks, "_FIRST_CORE", first)
        patch.setattr(knapsacks, "_CELLS", 0)
        found = fill(*drawn)
    net, use, curves, _ = drawn
    assert found.floor <= found.least == _least(net, use, curves)
    assert _cost(net, use, curves, found.choices[0]) == found.least


@settings(max_examples=200, deadline=None)
@given(drawn=_with_one_load(), states=st.integers(1, 3))
def test_a_list_cut_short_still_gives_a_floor(drawn, states):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsacks, "_CELLS", 0)
        patch.setattr(reached_loads, "_STATES_AT_MOST", states)
        found = fill(*drawn)
    net, use, curves, _ = drawn
    assert found.least <= _least(net, use, curves)
    assert all(_cost(net, use, curves, choice) is not None for choice in found.choices)


def test_loads_in_the_hundred_thousands_take_no_table():
    random = np.random.default_rng(5)
    use = np.stack([random.integers(100_000, 1_000_000, 60), np.zeros(60, np.int64)])
    net = -1024 * random.integers(100_000, 1_000_000, 60)  # scaled, as prices are whole numbers
    most = int(use[0].sum()) // 3
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knapsacks, "_least_at_each_load", None)
        found = fill(net, use, [NoCost(most), NoCost(0)], np.zeros(2, np.int64))
    first = found.choices[0]
    assert found.least == int(net[first].sum())
    assert use[0, first].sum() <= most
    assert found.floor <= found.least <= 0.99 * found.floor


def test_what_costs_nothing_answers_like_a_curve_of_zeros():
    flat, zeros = NoCost(7), Curve(np.zeros(8, np.int64))
    loads = np.arange(10)
    assert (flat.rise(loads) == zeros.rise(loads)).all()
    assert flat.rises == zeros.rises
    assert [flat.least(price) for price in range(4)] == [zeros.least(price) for price in range(4)]
    spans = [(0, 7), (3, 3), (5, 8), (0, 9)]
    assert [flat.slope_between(*one) for one in spans] == [
        zeros.slope_between(*one) for one in spans
    ]


def test_a_curve_that_is_straight_where_it_matters_costs_no_table():
    curve = Curve(np.array([0, 3, 6, 9, 20]))
    assert curve.slope_between(0, 3) == 3
    assert curve.slope_between(2, 2) == 0
    assert curve.slope_between(2, 4) is None
    assert curve.slope_between(0, 5) is None
