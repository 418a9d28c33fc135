"""The bound by patterns: valid, better than cuts alone, the same every time."""

import numpy as np
import pytest

from benchmarks.formats.gap import GapInstance, gap_as_arrays
from benchmarks.one_tier_gap import one_tier_gap
from benchmarks.synthetic_arrays import service
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search import descend
from caseload_balancer.engine.relaxation import relax
from caseload_balancer.engine.solve import solve
from caseload_balancer.problem.evaluation import values


def _tightened(arrays, tier, ceilings, *, incumbent=None):
    found = relax(arrays, tier, ceilings, deadline=Deadline(60), incumbent=incumbent)
    assert found is not None
    plain = found.bound
    deadline = Deadline(60)
    while found.search.tighten(deadline, 1.0):
        assert not deadline.passed()
    return plain, found.search.found()


def test_where_one_agent_is_short_the_bound_is_the_optimum():
    """Items of 6, 5 and 4 under a capacity of 10: the linear program cuts one up, patterns not."""
    gap = GapInstance(
        cost=np.array([[0, 0, 0], [60, 55, 38]]),
        weight=np.array([[6, 5, 4], [1, 1, 1]]),
        capacity=np.array([10, 3]),
    )
    arrays = one_tier_gap(gap_as_arrays(gap))
    plain, found = _tightened(arrays, 0, ())
    assert plain <= found.bound == 55


@pytest.fixture(scope="module")
def week():
    arrays = service(24, 300, teams=2, seed=2, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(20))
    return arrays, incumbent, values(arrays, incumbent)[:2]


def test_a_service_is_bounded_better_and_its_best_plan_is_among_the_candidates(week):
    arrays, incumbent, ceilings = week
    plain, found = _tightened(arrays, 2, ceilings, incumbent=incumbent)
    best = solve(arrays, time_limit=60, granted=10)
    assert plain < found.bound <= best.values[2]
    assert best.values[:2] == ceilings
    candidates = found.prices.candidates(best.values[2])
    assert candidates.hold(arrays, best.assignment)
    assert candidates.arc.sum() < arrays.arcs / 2


def test_the_mix_of_patterns_places_every_unit_about_once(week):
    arrays, incumbent, ceilings = week
    _, found = _tightened(arrays, 2, ceilings, incumbent=incumbent)
    placed = np.bincount(arrays.arc_unit, found.arc_value, minlength=arrays.units)
    waiting = np.zeros(arrays.units)
    linear = found.linear
    waiting[linear.waits] = found.values[linear.first_wait :][: len(linear.waits)]
    assert np.isclose(placed + waiting, 1.0, atol=1e-6).mean() > 0.95


def test_the_same_work_gives_the_same_bound_and_prices(week):
    arrays, incumbent, ceilings = week
    _, first = _tightened(arrays, 2, ceilings, incumbent=incumbent)
    _, second = _tightened(arrays, 2, ceilings, incumbent=incumbent)
    assert first.bound == second.bound
    assert np.array_equal(first.prices.arc, second.prices.arc)
