"""Knapsacks with convex costs of two loads, against every choice there is."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseload_balancer.engine import knapsacks
from caseload_balancer.engine.knapsacks import Curve, fill


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


def test_a_curve_that_is_straight_where_it_matters_costs_no_table():
    curve = Curve(np.array([0, 3, 6, 9, 20]))
    assert curve.slope_between(0, 3) == 3
    assert curve.slope_between(2, 2) == 0
    assert curve.slope_between(2, 4) is None
    assert curve.slope_between(0, 5) is None
