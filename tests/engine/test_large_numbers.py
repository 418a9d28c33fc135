"""Numbers so large that fractions, sums or CP-SAT cannot be trusted with them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import build_arrays
from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.gap_files import gap_as_arrays
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.engine import solve
from caseload_balancer.engine.cpsat.model import build_model
from caseload_balancer.engine.cpsat.sums import RowTooLargeError
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.linear_programs.pricing import price
from caseload_balancer.errors import DataError
from tests.examples import settings
from tests.oracle import try_everything


@settings(max_examples=60)
@given(
    near=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=5),
    costs=st.lists(st.integers(-9, 0), min_size=5, max_size=5),
    places=st.integers(1, 3),
    large=st.sampled_from([10, 10**6, 10**9, 10**11]),
)
def test_presolve_leaves_the_best_assignment(near, costs, places, large):
    first, second = np.array(near).T
    arrays = build_arrays(
        unit=np.arange(len(near)),
        worker=np.zeros(len(near), np.int64),
        use=[large - first, large - second],
        cost=[costs[: len(near)]],
        limit=[[places * large], [places * large - 1]],
        wait_cost=[np.zeros(len(near), np.int64)],
        may_wait=[True] * len(near),
    )
    assert solve(arrays, time_limit=60).values == try_everything(arrays).best


def test_the_order_of_ratios_that_are_one_fraction_is_exact():
    large = 10**9
    arrays = build_arrays(
        unit=[0, 1],
        worker=[0, 0],
        use=[[large - 2, large - 1], [large - 1, large]],
        cost=[[-1, -5]],
        limit=[[large], [large]],
        wait_cost=[[0, 0]],
    )
    assert solve(arrays, time_limit=60).values == (-5,)


def test_arrays_whose_values_might_not_fit_are_refused_with_the_field():
    fields = {
        "unit": np.arange(6),
        "worker": np.zeros(6, np.int64),
        "use": [np.full(6, 10**9)],
        "limit": [[10**12]],
        "wait_cost": [np.ones(6, np.int64)],
    }
    with pytest.raises(DataError, match=r"breakpoints.step: tier 0 might come to 6.0e\+18"):
        build_arrays(cost=[np.zeros(6)], breakpoints=[(0, 0, 0, 0, 10**9)], **fields)
    whole = build_arrays(cost=[np.full(6, 10**12)], breakpoints=[(0, 0, 0, 0, 10**3)], **fields)
    assert solve(whole, time_limit=60).values == (6,)


def test_a_program_whose_sums_might_not_fit_is_not_priced():
    arrays = build_arrays(
        unit=[0, 1],
        worker=[0, 0],
        use=[[1, 1]],
        cost=[[10**12, 10**12]],
        limit=[[1]],
        wait_cost=[[10**12] * 2],
    )
    program = linearise(arrays, 0, ()).program
    with pytest.raises(OverflowError):
        price(program, np.full(program.rows, 1e19))


def test_no_row_of_cp_sat_is_beyond_what_it_can_be_trusted_with():
    large = 10**10
    shared = build_arrays(
        unit=[0, 0, 1, 1],
        worker=[0, 1, 0, 1],
        use=[[large, large, large - 1, large - 1]],
        cost=[[1, 2, 3, 4]],
        limit=[[10**12] * 2],
        wait_cost=[[9, 9]],
        shared=[True],
        groups=[[0, 1]],
        group_cost=[[1]],
    )
    everything = Candidates.all_of(shared)
    with pytest.raises(RowTooLargeError):
        build_model(shared, 0, (), candidates=everything, incumbent=shared.start)
    assert solve(shared, time_limit=60).values == try_everything(shared).best


def test_costs_too_large_for_cp_sat_leave_the_rest_of_the_search():
    arrays = gap_as_arrays(random_gap("d", 4, 20, seed=3))
    dear = replace(arrays, arc_cost=arrays.arc_cost * 10**7, wait_cost=arrays.wait_cost * 10**7)
    plain, found = (solve(one, time_limit=600, granted=1.5) for one in (arrays, dear))
    assert found.values[-1] <= 1.01 * 10**7 * plain.values[-1]
    assert found.bounds[-1] >= 0.98 * 10**7 * plain.bounds[-1]
