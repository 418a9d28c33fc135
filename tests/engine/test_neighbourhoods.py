"""Neighbourhood search: never worse, within ceilings, the same every time, and near the bound."""

import numpy as np
import pytest
from hypothesis import given

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.improvement import improve_tier
from caseload_balancer.engine.neighbourhoods.rounding import round_relaxation
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings


@settings(max_examples=40)
@given(arrays=tiny_arrays(slack=False))
def test_never_worse_nor_beyond_a_ceiling(arrays):
    start = values(arrays, arrays.start)
    for tier in range(arrays.tiers):
        ceilings = start[:tier]
        relaxer = relax(arrays, tier, ceilings, deadline=Deadline(20))
        assert relaxer is not None
        relaxation = relaxer.current()
        found = improve_tier(
            arrays, arrays.start, tier, ceilings, relaxation, relaxer, deadline=Deadline(20), seed=0
        ).assignment
        tier_values = values(arrays, found)
        assert broken_limits(arrays, found) == []
        assert all(v <= c for v, c in zip(tier_values, ceilings, strict=False))
        assert relaxation.bound <= tier_values[tier] <= start[tier]


@pytest.fixture(scope="module")
def problem():
    arrays = service(12, 150, teams=2, seed=2, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    ceilings = values(arrays, incumbent)[:2]
    return arrays, incumbent, ceilings


def _relaxation(arrays, incumbent, ceilings):
    relaxer = relax(arrays, 2, ceilings, deadline=Deadline(60), incumbent=incumbent)
    assert relaxer is not None
    return relaxer.current(), relaxer


def test_a_rounding_is_feasible_and_within_the_ceilings(problem):
    arrays, incumbent, ceilings = problem
    relaxation, relaxer = _relaxation(arrays, incumbent, ceilings)
    found = round_relaxation(arrays, relaxation, relaxer, deadline=Deadline(60), gap=10)
    assert found is not None
    assert broken_limits(arrays, found) == []
    assert all(v <= c for v, c in zip(values(arrays, found), ceilings, strict=False))


def test_the_same_work_and_seed_give_the_same_assignment_near_the_bound(problem):
    arrays, incumbent, ceilings = problem
    reported = []
    relaxations = [_relaxation(arrays, incumbent, ceilings) for _ in range(2)]
    plain = relaxations[0][0].bound
    found = [
        improve_tier(
            arrays,
            incumbent,
            2,
            ceilings,
            *relaxation,
            deadline=Deadline(600, work=0.2),
            seed=1,
            on_better=reported.append,
        )
        for relaxation in relaxations
    ]
    assert np.array_equal(found[0].assignment, found[1].assignment)
    assert np.array_equal(reported[-1], found[0].assignment)
    assert found[0].bound == found[1].bound >= plain
    gap = values(arrays, found[0].assignment)[2] - found[0].bound
    assert gap <= 0.05 * (values(arrays, incumbent)[2] - found[0].bound)
