"""Other tiers of the same problem: the values say what each change means."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import values
from caseload_balancer.arrays.tiers import (
    add_to_tier,
    blend_last_tiers,
    blend_tiers,
    insert_tier,
    keep_tiers,
    scale_tier,
)
from tests.drawn_arrays import any_assignment, tiny_arrays
from tests.examples import settings

seeds = st.integers(0, 2**32 - 1)


def costs_of(arrays, assignment, arc_cost, wait_cost):
    """Return what an assignment costs in one row of arcs and one of units."""
    arcs = [arrays.arc_to(unit, worker) for unit, worker in enumerate(assignment.tolist())]
    return sum(
        int(arc_cost[arc]) if arc >= 0 else int(wait_cost[unit]) for unit, arc in enumerate(arcs)
    )


@settings(max_examples=100)
@given(arrays=tiny_arrays(), seed=seeds)
def test_some_tiers_have_their_values(arrays, seed):
    random = np.random.default_rng(seed)
    first = int(random.integers(arrays.tiers))
    end = int(random.integers(first, arrays.tiers)) + 1
    assignment = any_assignment(arrays, random)
    kept = keep_tiers(arrays, first, end)
    assert kept.tiers == end - first
    assert values(kept, assignment) == values(arrays, assignment)[first:end]
    assert kept.slack_abs.tolist() == arrays.slack_abs[first:end].tolist()


@settings(max_examples=100)
@given(arrays=tiny_arrays(), seed=seeds)
def test_a_blend_is_the_weighted_sum(arrays, seed):
    random = np.random.default_rng(seed)
    weights = random.integers(1, 9, arrays.tiers)
    assignment = any_assignment(arrays, random)
    blend = blend_tiers(arrays, weights)
    assert values(blend, assignment) == (int(weights @ values(arrays, assignment)),)
    assert not blend.slack(0, 1_000)


@settings(max_examples=100)
@given(arrays=tiny_arrays(), seed=seeds)
def test_the_last_tiers_as_one_and_those_before_as_they_were(arrays, seed):
    random = np.random.default_rng(seed)
    weights = random.integers(1, 9, int(random.integers(1, arrays.tiers + 1)))
    first = arrays.tiers - len(weights)
    assignment = any_assignment(arrays, random)
    before = values(arrays, assignment)
    blend = blend_last_tiers(arrays, weights)
    assert values(blend, assignment) == (*before[:first], int(weights @ before[first:]))
    assert not blend.slack(first, 1_000)


@settings(max_examples=100)
@given(arrays=tiny_arrays(), seed=seeds)
def test_a_tier_times_a_number_and_with_costs_added(arrays, seed):
    random = np.random.default_rng(seed)
    tier, times = int(random.integers(arrays.tiers)), int(random.integers(1, 9))
    assignment = any_assignment(arrays, random)
    arc, wait = random.integers(0, 5, arrays.arcs), random.integers(0, 5, arrays.units)
    changed = add_to_tier(scale_tier(arrays, tier, times), tier, arc, wait)
    expected = list(values(arrays, assignment))
    expected[tier] = times * expected[tier] + costs_of(arrays, assignment, arc, wait)
    assert values(changed, assignment) == tuple(expected)


@settings(max_examples=100)
@given(arrays=tiny_arrays(), seed=seeds)
def test_one_more_tier_stands_where_it_was_put(arrays, seed):
    random = np.random.default_rng(seed)
    before = int(random.integers(arrays.tiers + 1))
    assignment = any_assignment(arrays, random)
    arc, wait = random.integers(0, 5, arrays.arcs), random.integers(0, 5, arrays.units)
    found = values(insert_tier(arrays, before, arc, wait), assignment)
    assert found[before] == costs_of(arrays, assignment, arc, wait)
    assert found[:before] + found[before + 1 :] == values(arrays, assignment)
