"""What an assignment is worth and which limits it breaks, counted a second time."""

import numpy as np
from hypothesis import given

from caseload_balancer.arrays.evaluation import broken_limits, values
from tests.drawn_arrays import any_assignment, tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_the_allowed_assignments_and_their_values_are_those_of_trying_everything(arrays):
    every, worth = all_allowed(arrays)
    known = dict(zip(map(tuple, every.tolist()), worth.tolist(), strict=True))
    random = np.random.default_rng(0)
    for _ in range(30):
        one = any_assignment(arrays, random)
        assert (tuple(one.tolist()) in known) == (broken_limits(arrays, one) == [])
    for one in random.permutation(every)[:30]:
        assert broken_limits(arrays, one) == []
        assert list(values(arrays, one)) == known[tuple(one.tolist())]
