"""All tiers looked at together: never worse, the same every time, and everything placed."""

import numpy as np
import pytest
from hypothesis import assume, given

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.arrays.tiers import keep_tiers
from caseload_balancer.datasets.arrays import one_tier_gap, random_gap
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.limit_multipliers import (
    cheapest_arc,
    price_limits,
    priced_costs,
)
from caseload_balancer.engine.local_search.strategic_oscillation import oscillate
from caseload_balancer.engine.relaxation.relaxer import relax
from caseload_balancer.engine.strategies.warm_start import blend, warm_start
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


@settings(max_examples=40)
@given(arrays=tiny_arrays())
def test_never_worse_and_the_same_every_time(arrays):
    found = warm_start(arrays, arrays.start, deadline=Deadline(20, work=0.1), seed=0)
    assert broken_limits(arrays, found) == []
    assert values(arrays, found) <= values(arrays, arrays.start)
    again = warm_start(arrays, arrays.start, deadline=Deadline(20, work=0.1), seed=0)
    assert (found == again).all()


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_one_sum_ranks_as_the_first_tier_does_where_that_differs_for_one_unit(arrays):
    together = blend(arrays, arrays.start)
    assume(together is not None)
    assert together.tiers == 1
    for unit in range(arrays.units):
        arcs = slice(arrays.arc_start[unit], arrays.arc_start[unit + 1])
        single, summed = arrays.arc_cost[0, arcs], together.arc_cost[0, arcs]
        assert (np.sign(single[:, None] - single) * (summed[:, None] - summed) >= 0).all()


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_what_oscillation_finds_is_within_the_limits(arrays):
    together = blend(arrays, arrays.start)
    assume(together is not None)
    price = price_limits(together, deadline=Deadline(20))
    found = oscillate(together, price, deadline=Deadline(20, work=0.02))
    assert found is None or broken_limits(arrays, found) == []


def test_oscillation_ends_where_prices_stand_still():
    gap = random_gap("d", 5, 60, seed=3)
    crowded = gap_as_arrays(type(gap)(gap.cost, gap.weight, gap.capacity * 3 // 10))
    waiting_alone = keep_tiers(crowded, 0, 1)
    assert not waiting_alone.arc_cost.any()
    deadline = Deadline(60, work=1.0)
    price = price_limits(waiting_alone, deadline=deadline)
    before = deadline.spent()
    found = oscillate(waiting_alone, price, deadline=deadline)
    assert broken_limits(waiting_alone, found) == []
    assert deadline.spent() - before < 0.01


@pytest.mark.parametrize("kind", "cde")
def test_prices_are_nearly_those_of_the_relaxation(kind):
    arrays = gap_as_arrays(random_gap(kind, 10, 100, seed=1))
    together = blend(arrays, arrays.start)
    price = price_limits(together, deadline=Deadline(60))
    least = cheapest_arc(together, priced_costs(together, price))
    bound = least.sum() - (price * together.limit).sum()
    relaxation = relax(together, 0, (), deadline=Deadline(60)).current()
    assert 0.98 * relaxation.bound <= bound <= relaxation.bound


@pytest.mark.parametrize("kind", "abcde")
def test_everything_is_placed_at_little_more_than_the_relaxation(kind):
    arrays = gap_as_arrays(random_gap(kind, 10, 100, seed=2))
    found = warm_start(arrays, arrays.start, deadline=Deadline(60, work=2.0), seed=0)
    tier_values = values(arrays, found)
    relaxation = relax(arrays, 1, (0,), deadline=Deadline(60), incumbent=found).current()
    assert tier_values[0] == 0
    assert tier_values[1] <= 1.03 * relaxation.bound


def test_one_tier_is_looked_at_as_well():
    arrays = one_tier_gap(gap_as_arrays(random_gap("e", 10, 100, seed=2)))
    found = warm_start(arrays, arrays.start, deadline=Deadline(60, work=2.0), seed=0)
    relaxation = relax(arrays, 0, (), deadline=Deadline(60), incumbent=found).current()
    assert values(arrays, found)[0] <= 1.03 * relaxation.bound


def test_what_cannot_be_placed_waits():
    gap = random_gap("d", 5, 60, seed=3)
    crowded = gap_as_arrays(type(gap)(gap.cost, gap.weight, gap.capacity * 3 // 10))
    found = warm_start(crowded, crowded.start, deadline=Deadline(60, work=0.05), seed=0)
    assert broken_limits(crowded, found) == []
    assert 0 < values(crowded, found)[0] < 12


def test_out_of_work_what_does_not_fit_waits_and_no_more():
    arrays = gap_as_arrays(random_gap("c", 20, 200, seed=3))
    together = blend(arrays, arrays.start)
    price = price_limits(together, deadline=Deadline(60))
    found = oscillate(together, price, deadline=Deadline(60, work=1e-9))
    assert broken_limits(arrays, found) == []
    assert 0 < values(arrays, found)[0] <= 40


def test_everything_is_placed_at_forty_by_eight_hundred_for_a_second_of_work():
    arrays = gap_as_arrays(random_gap("d", 40, 800, seed=0))
    deadline = Deadline(60, work=0.06)
    found = warm_start(arrays, arrays.start, deadline=deadline, seed=0)
    waiting, cost = values(arrays, found)
    assert waiting == 0
    assert cost < 49_000  # the bound is 48,621
