"""Workers filled one after the other: knapsacks, bounds of the rest, and never a worse result."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseload_balancer.arrays import Breakpoints, UnitGroups
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import one_tier_gap, random_gap
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.chain_tables import chain_tables
from caseload_balancer.engine.local_search.ejection_chains import improve_by_chains
from caseload_balancer.engine.local_search.filled_starts import improve_by_filled_starts
from caseload_balancer.engine.local_search.limit_multipliers import price_limits
from caseload_balancer.engine.local_search.rest_prices import RestPrices
from caseload_balancer.engine.local_search.worker_filling import (
    best_knapsacks,
    fill,
    fillings_are_possible,
)
from caseload_balancer.engine.parameters import DEFAULTS, FillingParameters, Parameters
from caseload_balancer.engine.strategies.warm_start import blend
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import try_everything


def _one_tier(kind, agents, items, seed):
    return one_tier_gap(gap_as_arrays(random_gap(kind, agents, items, seed=seed)))


def _improved(arrays, work):
    price = price_limits(arrays, deadline=Deadline(60))
    deadline = Deadline(60, work=work)
    return improve_by_filled_starts(arrays, arrays.start, price, deadline=deadline, seed=(0,))


@settings(max_examples=25)
@given(arrays=tiny_arrays())
def test_never_worse_within_limits_and_the_same_every_time(arrays):
    together = blend(arrays, arrays.start)
    assume(together is not None and not arrays.shared.any())
    nothing_shared = {"breakpoints": Breakpoints.none(), "groups": UnitGroups.none(together.tiers)}
    arrays = replace(together, **nothing_shared)
    found = _improved(arrays, work=0.004)
    assert broken_limits(arrays, found) == []
    assert try_everything(arrays).best <= values(arrays, found) <= values(arrays, arrays.start)
    assert (_improved(arrays, work=0.004) == found).all()


@settings(max_examples=60)
@given(
    items=st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 6)), min_size=1, max_size=7),
    limit=st.integers(0, 15),
)
def test_knapsacks_are_the_best_there_are(items, limit):
    value, use = np.array(items).T
    rows = np.array([value, np.where(np.arange(len(value)) % 2, np.inf, value)], np.float64)
    use = np.minimum(use, limit)
    taken = best_knapsacks(rows, use, limit)
    for row, mine in zip(rows, taken, strict=True):
        choices = [np.array(choice) for choice in product((False, True), repeat=len(use))]
        best = min(row[choice].sum() for choice in choices if use[choice].sum() <= limit)
        assert use[mine].sum() <= limit
        assert row[mine].sum() == best


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", "cde")
def test_the_rest_is_bounded_from_below_and_the_best_there_is_found(kind, seed):
    arrays = _one_tier(kind, 3, 8, seed)
    best = try_everything(arrays).best
    tables = chain_tables(
        arrays, price_limits(arrays, deadline=Deadline(60)), parameters=DEFAULTS.chains
    )
    prices = RestPrices(tables, tables.limit[0, :-1], DEFAULTS.fillings)
    bound = prices.bounds(np.ones((1, arrays.units), np.bool_), np.arange(arrays.workers))
    assert bound[0] <= best[0] + 1e-6
    assert values(arrays, _improved(arrays, work=0.1)) == best


@pytest.mark.parametrize("kind", "cde")
def test_a_filling_keeps_limits_and_ends_below_what_is_asked_for(kind):
    arrays = _one_tier(kind, 10, 100, 3)
    price = price_limits(arrays, deadline=Deadline(60))
    tables = chain_tables(arrays, price, DEFAULTS.chains)
    random = np.random.default_rng(0)
    found = fill(tables, random, Deadline(60), np.inf, DEFAULTS.fillings)
    assigned = np.where(found == arrays.workers, -1, found)
    assert broken_limits(arrays, assigned) == []
    cost = values(arrays, assigned)[0]
    again = fill(tables, np.random.default_rng(0), Deadline(60), cost, DEFAULTS.fillings)
    assert again is None
    assert fill(tables, random, Deadline(60, work=0.0), np.inf, DEFAULTS.fillings) is None


@pytest.mark.parametrize("seed", range(3))
def test_better_than_chains_alone_where_rooms_are_hard_to_fill(seed):
    arrays = _one_tier("d", 20, 200, seed)
    price = price_limits(arrays, deadline=Deadline(60))
    begin = {"deadline": Deadline(60, work=0.1), "seed": (0,)}
    chained = improve_by_chains(arrays, arrays.start, price, **begin)
    assert values(arrays, _improved(arrays, work=0.1)) < values(arrays, chained)


def test_only_one_resource_and_no_large_tables():
    arrays = _one_tier("d", 3, 8, 1)
    assert fillings_are_possible(arrays, DEFAULTS.fillings)
    assert not fillings_are_possible(arrays, FillingParameters(cells=10))
    two = replace(
        arrays,
        arc_use=np.repeat(arrays.arc_use, 2, axis=0),
        limit=np.repeat(arrays.limit, 2, axis=0),
        shared=np.repeat(arrays.shared, 2, axis=0),
    )
    assert not fillings_are_possible(two, DEFAULTS.fillings)
    parameters = Parameters(fillings=FillingParameters(cells=10))
    found = improve_by_filled_starts(
        arrays,
        arrays.start,
        np.zeros((1, 3)),
        deadline=Deadline(60),
        seed=(0,),
        parameters=parameters,
    )
    assert (found == arrays.start).all()
