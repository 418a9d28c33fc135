"""A part's values plus its constant are the whole's values, and its limits the whole's."""

import numpy as np
from drawn_arrays import feasible_assignments, tiny_arrays
from hypothesis import given, settings
from hypothesis import strategies as st

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.arrays.restriction import restrict
from caseload_balancer.datasets.arrays import service


def _any_assignment(part, random):
    """Return an assignment that may break limits."""
    found = np.full(part.units, WAITING)
    for unit in range(part.units):
        workers = part.arc_worker[part.arc_start[unit] : part.arc_start[unit + 1]].tolist()
        options = [*workers, *([WAITING] if part.may_wait[unit] else [])]
        found[unit] = random.choice(options)
    return found


@settings(max_examples=200, deadline=None)
@given(arrays=tiny_arrays(), seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_values_and_limits_of_a_part_are_those_of_the_whole(arrays, seed, share):
    random = np.random.default_rng(seed)
    units = random.random(arrays.units) < share
    arcs = random.random(arrays.arcs) < 0.8
    cut = restrict(arrays, arrays.start, units=units, arcs=arcs)
    assert broken_limits(cut.part, cut.part.start) == []
    for _ in range(5):
        inner = _any_assignment(cut.part, random)
        whole = cut.lift(inner, arrays.start)
        assert tuple(np.add(values(cut.part, inner), cut.constant)) == values(arrays, whole)
        assert bool(broken_limits(cut.part, inner)) == bool(broken_limits(arrays, whole))


@settings(max_examples=50, deadline=None)
@given(arrays=tiny_arrays())
def test_the_whole_as_a_part_has_every_assignment(arrays):
    cut = restrict(arrays, arrays.start, units=np.ones(arrays.units, np.bool_))
    whole = {tuple(one.tolist()) for one in feasible_assignments(arrays)}
    lifted = {tuple(cut.lift(one, arrays.start).tolist()) for one in feasible_assignments(cut.part)}
    assert lifted == whole


def test_units_outside_stay_where_they_are():
    arrays = service(12, 150, teams=1, seed=5, scope="service")
    units = np.zeros(arrays.units, np.bool_)
    units[:40] = True
    cut = restrict(arrays, arrays.start, units=units)
    inner = _any_assignment(cut.part, np.random.default_rng(0))
    assert np.array_equal(cut.lift(inner, arrays.start)[40:], arrays.start[40:])
