"""Where large problems begin: smoothed duals, the columns near them, and a descent by prices."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from caseload_balancer.arrays import Breakpoints
from caseload_balancer.arrays.evaluation import broken_limits, resource_use, values
from caseload_balancer.datasets.arrays import blended, service
from caseload_balancer.engine.columns import column_generation
from caseload_balancer.engine.columns.active_columns import ActiveColumns
from caseload_balancer.engine.columns.dual_descent import descend_by_duals
from caseload_balancer.engine.columns.reduced_costs import Prices
from caseload_balancer.engine.columns.smoothed_duals import smoothed_duals
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.linear_programs.linearisation import linearise
from caseload_balancer.engine.linear_programs.pricing import price
from caseload_balancer.engine.local_search.descent import descend
from caseload_balancer.engine.parameters import (
    ColumnGenerationParameters,
    CutParameters,
    Parameters,
)
from caseload_balancer.engine.relaxation.relaxer import relax
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings

LAST = 2
SMOOTHED = Parameters(columns=ColumnGenerationParameters(smoothed_from_units=0, all_arcs_up_to=0))
"""With these the linear program begins near smoothed duals."""


@pytest.fixture(scope="module")
def week():
    arrays = service(40, 700, teams=4, seed=3, scope="service", density=0.4)
    begin = descend(arrays, arrays.start, deadline=Deadline(20))
    return arrays, begin, values(arrays, begin)[:LAST]


@pytest.fixture
def asked(monkeypatch):
    """What the simplex method is asked."""
    found, simplex = [], column_generation.solve_linear

    def note(*args, **settings):
        found.append(args)
        return simplex(*args, **settings)

    monkeypatch.setattr(column_generation, "solve_linear", note)
    return found


def test_the_bound_is_the_same_however_the_linear_program_begins(week):
    arrays, begin, ceilings = week
    usual = relax(arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin).current()
    parameters = Parameters(columns=ColumnGenerationParameters(smoothed_from_units=0))
    smoothed = relax(
        arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=parameters
    ).current()
    assert smoothed.bound == pytest.approx(usual.bound, rel=2e-5)


def test_what_waits_is_a_column_like_any_other(week):
    arrays, begin, _ = week
    linear = linearise(arrays, 0, ())
    columns = ActiveColumns(arrays, linear, begin, SMOOTHED)
    wait = linear.first_wait
    columns.active[wait] = False
    reduced = np.zeros(len(columns.active), np.int64)
    assert not columns.add_improving(reduced)
    reduced[wait] = -1
    assert columns.add_improving(reduced)
    assert columns.active[wait]


def test_without_work_for_the_simplex_method_there_is_a_bound_all_the_same(week):
    arrays, begin, ceilings = week
    full = relax(
        arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=SMOOTHED
    ).current()

    def no_time(*_args, **_settings):
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_generation, "solve_linear", no_time)
        found = relax(
            arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=SMOOTHED
        ).current()
    value = values(arrays, found.incumbent)[LAST]
    assert found.bound <= full.bound <= value
    assert full.bound - found.bound <= 0.05 * (values(arrays, begin)[LAST] - full.bound)


def test_a_dear_threshold_just_above_each_load_does_not_lead_the_duals_astray(week, monkeypatch):
    arrays, begin, ceilings = week
    use, breakpoints = resource_use(arrays, begin), arrays.breakpoints
    resource, worker = (index.ravel() for index in np.indices(use.shape))
    dear = 100 * int(breakpoints.step[breakpoints.tier == LAST].max())
    steep = replace(
        arrays,
        breakpoints=Breakpoints(
            tier=np.append(breakpoints.tier, np.full(use.size, LAST)),
            resource=np.append(breakpoints.resource, resource),
            worker=np.append(breakpoints.worker, worker),
            at=np.append(breakpoints.at, use),
            step=np.append(breakpoints.step, np.full(use.size, dear)),
        ),
    )
    full = relax(
        steep, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=SMOOTHED
    ).current()
    monkeypatch.setattr(column_generation, "solve_linear", lambda *_args, **_settings: None)
    found = relax(
        steep, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=SMOOTHED
    ).current()
    assert full.bound - found.bound <= 0.2 * (values(steep, begin)[LAST] - full.bound)


def test_an_assignment_found_on_the_way_keeps_limits_and_ceilings_and_is_better(week):
    arrays, begin, ceilings = week
    better = (
        relax(arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=SMOOTHED)
        .current()
        .incumbent
    )
    assert broken_limits(arrays, better) == []
    assert all(v <= c for v, c in zip(values(arrays, better), ceilings, strict=False))
    assert values(arrays, better)[LAST] < values(arrays, begin)[LAST]


def test_smoothed_duals_end_with_the_work_and_repeat(week):
    arrays, begin, ceilings = week
    linear = linearise(arrays, LAST, ceilings)
    once, again = (
        smoothed_duals(arrays, linear, begin, deadline=Deadline(60, work=1.0)) for _ in range(2)
    )
    assert np.array_equal(once.duals, again.duals)
    assert (once.duals[arrays.units :] <= 0).all()
    priced = price(linear.program, once.duals)
    least = np.full(arrays.units, np.iinfo(np.int64).max)
    np.minimum.at(least, arrays.arc_unit, priced.reduced_cost[: arrays.arcs])
    assert (np.abs(least[~arrays.may_wait]) <= 0.01 * priced.scale).all(), "the cheapest is free"
    deadline = Deadline(60, work=1e-4)
    smoothed_duals(arrays, linear, begin, deadline=deadline)
    assert deadline.spent() < 1e-2


def test_options_that_do_not_differ_have_no_smoothed_duals(week):
    arrays, begin, _ = week
    linear = linearise(arrays, 0, ())
    assert smoothed_duals(arrays, linear, begin, deadline=Deadline(20)) is None


@settings(max_examples=60)
@given(arrays=tiny_arrays())
def test_a_descent_by_any_prices_is_never_worse(arrays):
    begin = descend(arrays, arrays.start, deadline=Deadline(20))
    last = arrays.tiers - 1
    ceilings = values(arrays, begin)[:last]
    found = descend_by_duals(
        arrays, last, ceilings, Prices.none(arrays, 0), begin, deadline=Deadline(20)
    )
    assert broken_limits(arrays, found) == []
    assert values(arrays, found) <= values(arrays, begin)


def test_a_large_program_of_loads_alone_needs_no_simplex_method(asked):
    arrays = blended(service(40, 700, teams=4, seed=3, scope="service", density=0.4))
    begin = descend(arrays, arrays.start, deadline=Deadline(20))
    for large in (False, True):
        cuts = CutParameters(gomory_entries=0 if large else 10**9)
        parameters = replace(SMOOTHED, cuts=cuts)
        asked.clear()
        relaxer = relax(
            arrays, 0, (), deadline=Deadline(60), incumbent=begin, parameters=parameters
        )
        assert bool(asked) is not large
        first = relaxer.current().bound
        while relaxer.tighten(Deadline(60), 0.0):
            pass
        assert first < relaxer.current().bound <= values(arrays, begin)[0]


def test_where_groups_or_earlier_tiers_bind_a_large_program_is_solved(week, asked):
    arrays, begin, ceilings = week
    parameters = replace(SMOOTHED, cuts=CutParameters(gomory_entries=0))
    relax(arrays, LAST, ceilings, deadline=Deadline(60), incumbent=begin, parameters=parameters)
    assert asked


def test_smoothed_duals_far_from_the_best_known_assignment_will_not_do(asked):
    """Where many workers are at hard limits the bound stayed a tenth below the best there is."""
    arrays = blended(service(40, 700, teams=4, seed=3, scope="service", density=0.4))
    begin = descend(arrays, arrays.start, deadline=Deadline(20))
    columns = replace(SMOOTHED.columns, smoothed_gap=0.0)
    parameters = replace(SMOOTHED, columns=columns, cuts=CutParameters(gomory_entries=0))
    relax(arrays, 0, (), deadline=Deadline(60), incumbent=begin, parameters=parameters)
    assert asked
