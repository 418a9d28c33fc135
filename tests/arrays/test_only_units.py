"""Some units only: as if the others waited, without what that costs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, resource_use, values
from caseload_balancer.arrays.units import only_units
from tests.drawn_arrays import any_assignment, tiny_arrays
from tests.examples import settings


@settings(max_examples=200)
@given(arrays=tiny_arrays(), seed=st.integers(0, 2**32 - 1))
def test_the_others_are_not_there(arrays, seed):
    random = np.random.default_rng(seed)
    units = random.random(arrays.units) < 0.6
    assignment = any_assignment(arrays, random)
    alone = only_units(arrays, assignment, units)
    others_wait = np.where(units, assignment, WAITING)
    waits = arrays.wait_cost[:, ~units].sum(axis=1)
    assert alone.units == units.sum()
    assert tuple(waits + values(alone, alone.start)) == values(arrays, others_wait)
    assert (resource_use(alone, alone.start) == resource_use(arrays, others_wait)).all()
