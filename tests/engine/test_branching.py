"""The tree beyond the columns, and the dive into them: bounds stay valid, plans feasible."""

import numpy as np
import pytest
from hypothesis import given

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.improvement import round_tier
from caseload_balancer.engine.parameters import DEFAULTS, DivingParameters, Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import by_brute_force, tiny_arrays
from tests.examples import settings


def _converged(arrays, tier, ceilings, incumbent=None, parameters=DEFAULTS):
    """Return a relaxer whose decomposition gains nothing more."""
    relaxer = relax(
        arrays, tier, ceilings, deadline=Deadline(60), incumbent=incumbent, parameters=parameters
    )
    assert relaxer is not None
    deadline = Deadline(60)
    while relaxer.tighten(deadline, 1.0):
        assert not deadline.passed()
    return relaxer


@settings(max_examples=40)
@given(arrays=tiny_arrays(slack=False))
def test_no_bound_of_a_tree_is_above_the_best_value(arrays):
    best = by_brute_force(arrays).settled[0]
    for value in (values(arrays, arrays.start)[0], best):
        relaxer = _converged(arrays, 0, ())
        before = relaxer.current().bound
        deadline = Deadline(60)
        while relaxer.branch(deadline, 1.0, value):
            assert relaxer.current().bound <= best
            assert not deadline.passed()
        assert before <= relaxer.current().bound <= best


@pytest.fixture(scope="module")
def week():
    arrays = service(16, 200, teams=2, seed=10, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    return arrays, incumbent, values(arrays, incumbent)[:2]


def test_the_tree_lifts_the_bound_of_a_service_and_no_further_than_its_best_plan(week):
    arrays, incumbent, ceilings = week
    best = solve(arrays, time_limit=600, granted=0.5).values
    assert best[:2] == ceilings
    lifted = []
    for _ in range(2):
        relaxer = _converged(arrays, 2, ceilings, incumbent)
        before = relaxer.current().bound
        for _ in range(3):
            relaxer.branch(Deadline(60), 0.0, best[2])
        lifted.append(relaxer.current().bound)
    assert before < lifted[0] <= best[2]
    assert lifted[0] == lifted[1]


def test_where_the_master_splits_no_unit_columns_are_generated_until_the_plan_is_proven():
    arrays = service(16, 200, teams=2, seed=3, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    best = solve(arrays, time_limit=60).values
    assert best[:2] == values(arrays, incumbent)[:2]
    relaxer = _converged(arrays, 2, best[:2], incumbent)
    assert np.isin(np.round(relaxer.current().arc_value, 6), [0, 1]).all()
    while relaxer.branch(Deadline(60), 1.0, best[2]):
        pass
    assert relaxer.current().bound == best[2]


def test_a_dive_leaves_few_options_and_is_rounded_well(week):
    deeper = Parameters(diving=DivingParameters(units_left=3, share_left=0.3))
    arrays, incumbent, ceilings = week
    relaxer = _converged(arrays, 2, ceilings, incumbent, parameters=deeper)
    found = relaxer.current()
    deep = relaxer.dive(Deadline(60))
    assert deep is not None
    left = np.bincount(
        arrays.arc_unit, deep.linear.program.upper[: arrays.arcs] > 0, minlength=arrays.units
    )
    assert (left > 0).all()
    assert left.sum() < arrays.arcs / 4
    rounded = round_tier(
        arrays, incumbent, 2, ceilings, found, relaxer, deadline=Deadline(60), seed=0
    )
    assert broken_limits(arrays, rounded) == []
    tier_values = values(arrays, rounded)
    assert tier_values[:2] == ceilings
    gap_before = values(arrays, incumbent)[2] - found.bound
    assert tier_values[2] - found.bound < gap_before / 4
