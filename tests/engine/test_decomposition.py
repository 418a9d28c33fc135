"""The bound of the decomposition: valid, better than cuts alone, the same every time."""

from pathlib import Path

import numpy as np
import pytest

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, UnitGroups, read_arrays
from caseload_balancer.arrays.evaluation import values
from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays
from caseload_balancer.datasets.arrays import one_tier_gap, service
from caseload_balancer.engine import solve
from caseload_balancer.engine.dantzig_wolfe.decomposition import DantzigWolfe
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import Parameters
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.relaxed_week import UNREDUCED


def _tightened(arrays, tier, ceilings, *, incumbent=None):
    relaxer = relax(arrays, tier, ceilings, deadline=Deadline(60), incumbent=incumbent)
    assert relaxer is not None
    plain = relaxer.current().bound
    deadline = Deadline(60)
    while relaxer.tighten(deadline, 1.0):
        assert not deadline.passed()
    return plain, relaxer.current()


def test_where_one_agent_is_short_the_bound_is_the_optimum():
    """Items of 6, 5 and 4 under a capacity of 10: the linear program splits one, no column does."""
    gap = GapInstance(
        cost=np.array([[0, 0, 0], [60, 55, 38]]),
        weight=np.array([[6, 5, 4], [1, 1, 1]]),
        capacity=np.array([10, 3]),
    )
    arrays = one_tier_gap(gap_as_arrays(gap))
    plain, found = _tightened(arrays, 0, ())
    assert plain <= found.bound == 55


def test_a_capacity_row_that_columns_keep_on_average_only_moves_into_the_subproblem():
    """Two units of 3 that exclude each other, and one of 6, under a limit of 6.

    Half of the two together and half of the other keep to both limits on average.
    """
    waits, zeros = np.array([[15, 15, 20]]), np.zeros((1, 3), np.int64)
    arrays = Arrays(
        arc_start=np.arange(4),
        arc_worker=zeros[0],
        arc_use=np.array([[3, 3, 6], [1, 1, 0]]),
        arc_cost=zeros,
        wait_cost=waits,
        may_wait=np.ones(3, np.bool_),
        limit=np.array([[6], [1]]),
        shared=np.zeros(2, np.bool_),
        breakpoints=Breakpoints.none(),
        groups=UnitGroups.none(1),
        arc_budget=zeros[0],
        budget=None,
        slack_abs=zeros[0, :1],
        slack_rel=zeros[0, :1],
        start=np.full(3, WAITING),
    )
    plain, found = _tightened(arrays, 0, ())
    on_average = 15 + 15 + 20 - (30 + 20) // 2
    assert plain <= on_average < found.bound == 15 + 15


@pytest.fixture(scope="module")
def week():
    arrays = service(16, 200, teams=2, seed=10, scope="service")
    incumbent = descend(arrays, arrays.start, deadline=Deadline(600))
    return arrays, incumbent, values(arrays, incumbent)[:2]


@pytest.fixture(scope="module")
def bounded(week):
    """The bound before the decomposition, and what the decomposition ends at."""
    arrays, incumbent, ceilings = week
    return _tightened(arrays, 2, ceilings, incumbent=incumbent)


def test_a_service_is_bounded_better_and_its_best_plan_is_among_the_candidates(week, bounded):
    arrays, _, ceilings = week
    plain, found = bounded
    best = solve(arrays, time_limit=600, granted=0.5)
    assert plain < found.bound <= best.values[2]
    assert best.values[:2] == ceilings
    candidates = found.prices.candidates(best.values[2])
    assert candidates.hold(arrays, best.assignment)
    assert candidates.arc.sum() < arrays.arcs / 2


def test_the_solution_of_the_master_places_every_unit_about_once(week, bounded):
    arrays, _, _ = week
    _, found = bounded
    placed = np.bincount(arrays.arc_unit, found.arc_value, minlength=arrays.units)
    waiting = np.zeros(arrays.units)
    linear = found.linear
    waiting[linear.waits] = found.values[linear.first_wait :][: len(linear.waits)]
    assert np.isclose(placed + waiting, 1.0, atol=1e-6).mean() > 0.95


def test_the_same_work_gives_the_same_bound_and_prices(week, bounded):
    arrays, incumbent, ceilings = week
    _, first = bounded
    _, second = _tightened(arrays, 2, ceilings, incumbent=incumbent)
    assert first.bound == second.bound
    assert np.array_equal(first.prices.arc, second.prices.arc)


def test_a_decomposition_whose_master_proposes_the_same_again_ends(monkeypatch):
    """A week of seven families, which went on to the time limit: smoothing made worse duals."""
    steps, step = [], DantzigWolfe.step
    monkeypatch.setattr(
        DantzigWolfe, "step", lambda self, deadline: steps.append(1) or step(self, deadline)
    )
    arrays = read_arrays(Path(__file__).with_name("stalled_decomposition.json"))
    found = solve(arrays, parameters=Parameters(reduction=UNREDUCED))
    assert (found.stop_reason, found.values) == ("proven", (2, 0, 0, 90328))
    assert 0 < len(steps) < 100
