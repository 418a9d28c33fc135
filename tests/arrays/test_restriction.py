"""A part's values plus its constant are the whole's values, and its limits the whole's."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.restriction import restrict
from caseload_balancer.datasets.arrays import service
from tests.drawn_arrays import any_assignment, tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


@settings(max_examples=200)
@given(arrays=tiny_arrays(), seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_values_and_limits_of_a_part_are_those_of_the_whole(arrays, seed, share):
    random = np.random.default_rng(seed)
    units = random.random(arrays.units) < share
    arcs = random.random(arrays.arcs) < 0.8
    cut = restrict(arrays, arrays.start, units=units, arcs=arcs)
    assert broken_limits(cut.problem, cut.problem.start) == []
    for _ in range(5):
        inner = any_assignment(cut.problem, random)
        whole = cut.lift(inner, arrays.start)
        assert np.array_equal(cut.cut(whole), inner)
        assert tuple(np.add(values(cut.problem, inner), cut.constant)) == values(arrays, whole)
        assert bool(broken_limits(cut.problem, inner)) == bool(broken_limits(arrays, whole))


@settings(max_examples=50)
@given(arrays=tiny_arrays())
def test_the_whole_as_a_part_has_every_assignment(arrays):
    cut = restrict(arrays, arrays.start, units=np.ones(arrays.units, np.bool_))
    whole = {tuple(one) for one in all_allowed(arrays)[0].tolist()}
    lifted = {tuple(cut.lift(one, arrays.start).tolist()) for one in all_allowed(cut.problem)[0]}
    assert lifted == whole


def test_units_outside_stay_where_they_are():
    arrays = service(12, 150, teams=1, seed=5, scope="service")
    units = np.zeros(arrays.units, np.bool_)
    units[:40] = True
    cut = restrict(arrays, arrays.start, units=units)
    inner = any_assignment(cut.problem, np.random.default_rng(0))
    assert np.array_equal(cut.lift(inner, arrays.start)[40:], arrays.start[40:])
