"""What candidates leave of a part is what they hold of the whole."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.candidates import Candidates
from caseload_balancer.arrays.evaluation import broken_limits, resource_use
from caseload_balancer.arrays.restriction import restrict
from tests.drawn_arrays import any_assignment, tiny_arrays
from tests.examples import settings


@settings(max_examples=200)
@given(arrays=tiny_arrays(), seed=st.integers(0, 2**32 - 1), share=st.floats(0, 1))
def test_a_part_holds_what_the_whole_holds(arrays, seed, share):
    random = np.random.default_rng(seed)
    units = random.random(arrays.units) < share
    everything = Candidates.all_of(arrays)
    use = resource_use(arrays, arrays.start)
    candidates = replace(
        everything,
        wait=everything.wait & ((random.random(arrays.units) < 0.7) | (arrays.start < 0)),
        least=np.maximum(0, use - random.integers(0, 4, use.shape)),
        most=np.minimum(everything.most, use + random.integers(0, 4, use.shape)),
    )
    cut = restrict(arrays, arrays.start, units=units)
    inner = candidates.within(cut, arrays)
    assert inner.hold(cut.problem, cut.problem.start)
    for _ in range(5):
        found = any_assignment(cut.problem, random)
        if broken_limits(cut.problem, found) == []:
            lifted = cut.lift(found, arrays.start)
            assert inner.hold(cut.problem, found) == candidates.hold(arrays, lifted)
