"""Uses so large that two ratios of them are one 64-bit fraction."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import build_arrays
from caseload_balancer.engine import solve
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
