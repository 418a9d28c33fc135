"""The tree beyond the patterns, and the dive into them: bounds stay valid, plans feasible."""

import numpy as np
import pytest
from drawn_arrays import by_brute_force, tiny_arrays
from hypothesis import given, settings

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine.dantzig_wolfe import diving
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.neighbourhoods.search import round_tier
from caseload_balancer.engine.relaxation.relaxation import relax
from caseload_balancer.engine.solve import solve


def _settled(arrays, tier, ceilings, incumbent=None):
    """Return a relaxation whose patterns gain nothing more."""
    found = relax(arrays, tier, ceilings, deadline=Deadline(60), incumbent=incumbent)
    assert found is not None
    deadline = Deadline(60)
    while found.search.tighten(deadline, 1.0):
        assert not deadline.passed()
    return found.search.found()


@settings(max_examples=40, deadline=None)
@given(arrays=tiny_arrays(slack=False))
def test_no_bound_of_a_tree_is_above_the_best_value(arrays):
    best = by_brute_force(arrays).settled[0]
    for value in (values(arrays, arrays.start)[0], best):
        found = _settled(arrays, 0, ())
        deadline = Deadline(60)
        while found.search.branch(deadline, 1.0, value):
            assert found.search.found().bound <= best
            assert not deadline.passed()
        assert found.bound <= found.search.found().bound <= best


@pytest.fixture(scope="module")
def week():
    arrays = service(16, 200, teams=2, seed=10, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    return arrays, incumbent, values(arrays, incumbent)[:2]


def test_the_tree_lifts_the_bound_of_a_service_and_no_further_than_its_best_plan(week):
    arrays, incumbent, ceilings = week
    best = solve(arrays, time_limit=60, granted=2).values
    assert best[:2] == ceilings
    found = _settled(arrays, 2, ceilings, incumbent)
    lifted = []
    for search in (found.search, _settled(arrays, 2, ceilings, incumbent).search):
        for _ in range(3):
            search.branch(Deadline(60), 0.0, best[2])
        lifted.append(search.found().bound)
    assert found.bound < lifted[0] <= best[2]
    assert lifted[0] == lifted[1]


def test_where_the_patterns_split_no_unit_they_are_priced_until_the_plan_is_proven():
    arrays = service(16, 200, teams=2, seed=3, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    best = solve(arrays, time_limit=60).values
    assert best[:2] == values(arrays, incumbent)[:2]
    found = _settled(arrays, 2, best[:2], incumbent)
    assert np.isin(np.round(found.arc_value, 6), [0, 1]).all()
    while found.search.branch(Deadline(60), 1.0, best[2]):
        pass
    assert found.search.found().bound == best[2]


def test_a_dive_leaves_few_options_and_is_rounded_well(week, monkeypatch):
    monkeypatch.setattr(diving, "_LEFT", 3)
    monkeypatch.setattr(diving, "_SHARE_LEFT", 0.3)
    arrays, incumbent, ceilings = week
    found = _settled(arrays, 2, ceilings, incumbent)
    deep = found.search.dived(Deadline(60))
    assert deep is not None
    left = np.bincount(
        arrays.arc_unit, deep.linear.program.most[: arrays.arcs] > 0, minlength=arrays.units
    )
    assert (left > 0).all()
    assert left.sum() < arrays.arcs / 4
    rounded = round_tier(arrays, incumbent, 2, ceilings, found, deadline=Deadline(60), seed=0)
    assert broken_limits(arrays, rounded) == []
    reached = values(arrays, rounded)
    assert reached[:2] == ceilings
    gap_before = values(arrays, incumbent)[2] - found.bound
    assert reached[2] - found.bound < gap_before / 4
