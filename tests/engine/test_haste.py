"""A large part with little work is bounded and rounded, not bounded alone."""

import pytest

from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine import solve


@pytest.mark.parametrize("seed", [7, 8])
def test_with_the_work_of_half_a_second_it_is_near_its_bound(seed):
    arrays = blended(service(50, 1_000, teams=5, seed=seed, scope="locality", density=0.5))
    result = solve(arrays, time_limit=600, granted=0.5)
    assert result.reproducible
    assert result.values[0] <= 1.005 * result.bounds[0]
