"""Fewer options: what is left is an assignment of the whole, with the same value."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING, broken_limits, values
from caseload_balancer.arrays.options import keep_options
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


@settings(max_examples=100)
@given(arrays=tiny_arrays(units=4), seed=st.integers(0, 2**32 - 1))
def test_what_is_left_are_the_assignments_of_the_options_that_stay(arrays, seed):
    random = np.random.default_rng(seed)
    taken = arrays.arc_worker == arrays.start[arrays.arc_unit]
    arcs = taken | (random.random(arrays.arcs) < 0.5)
    may_wait = arrays.may_wait & ((arrays.start == WAITING) | (random.random(arrays.units) < 0.5))
    fewer = keep_options(arrays, arcs=arcs, may_wait=may_wait, start=arrays.start)
    assert broken_limits(fewer, fewer.start) == []

    def stays(assignment):
        found = [arrays.arc_to(unit, one) for unit, one in enumerate(assignment.tolist())]
        return all(arcs[arc] if arc >= 0 else may_wait[unit] for unit, arc in enumerate(found))

    left, worth = (found.tolist() for found in all_allowed(fewer))
    assert left == [one.tolist() for one in all_allowed(arrays)[0] if stays(one)]
    for one, tiers in zip(left, worth, strict=True):
        assert tiers == list(values(arrays, np.array(one)))
