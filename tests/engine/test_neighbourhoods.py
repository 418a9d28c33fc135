"""Neighbourhood search: never worse, within ceilings, the same every time, and near the bound."""

import numpy as np
import pytest
from drawn_arrays import tiny_arrays
from hypothesis import given, settings

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.rounding import round_relaxation
from caseload_balancer.engine.neighbourhoods.search import improve_tier
from caseload_balancer.engine.relaxation.relaxation import relax


@settings(max_examples=40, deadline=None)
@given(arrays=tiny_arrays(slack=False))
def test_never_worse_nor_beyond_a_ceiling(arrays):
    start = values(arrays, arrays.start)
    for tier in range(arrays.tiers):
        ceilings = start[:tier]
        relaxation = relax(arrays, tier, ceilings, deadline=Deadline(20))
        assert relaxation is not None
        found = improve_tier(
            arrays, arrays.start, tier, ceilings, relaxation, deadline=Deadline(20), seed=0
        ).assignment
        reached = values(arrays, found)
        assert broken_limits(arrays, found) == []
        assert all(v <= c for v, c in zip(reached, ceilings, strict=False))
        assert relaxation.bound <= reached[tier] <= start[tier]


@pytest.fixture(scope="module")
def problem():
    arrays = service(24, 300, teams=2, seed=2, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    ceilings = values(arrays, incumbent)[:2]
    return arrays, incumbent, ceilings


def _relaxation(arrays, incumbent, ceilings):
    found = relax(arrays, 2, ceilings, deadline=Deadline(60), incumbent=incumbent)
    assert found is not None
    return found


def test_a_rounding_is_feasible_and_within_the_ceilings(problem):
    arrays, incumbent, ceilings = problem
    relaxation = _relaxation(arrays, incumbent, ceilings)
    found = round_relaxation(arrays, relaxation, deadline=Deadline(60), gap=10)
    assert found is not None
    assert broken_limits(arrays, found) == []
    assert all(v <= c for v, c in zip(values(arrays, found), ceilings, strict=False))


def test_the_same_work_and_seed_give_the_same_assignment_near_the_bound(problem):
    arrays, incumbent, ceilings = problem
    told = []
    plain = _relaxation(arrays, incumbent, ceilings).bound
    found = [
        improve_tier(
            arrays,
            incumbent,
            2,
            ceilings,
            _relaxation(arrays, incumbent, ceilings),
            deadline=Deadline(120, work=0.5),
            seed=1,
            on_better=told.append,
        )
        for _ in range(2)
    ]
    assert np.array_equal(found[0].assignment, found[1].assignment)
    assert np.array_equal(told[-1], found[0].assignment)
    assert found[0].relaxation.bound >= plain
    gap = values(arrays, found[0].assignment)[2] - found[0].relaxation.bound
    assert gap <= 0.05 * (values(arrays, incumbent)[2] - found[0].relaxation.bound)
