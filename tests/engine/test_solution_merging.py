"""Assignments and relaxations merged: no worse than any of them, and exact where they differ."""

import itertools
import time
from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from caseload_balancer.engine.neighbourhoods import solution_merging
from caseload_balancer.engine.neighbourhoods.improvement import improve_tier
from caseload_balancer.engine.neighbourhoods.rounding import (
    columns_to_round,
    options_taken,
    search_options,
    unit_of_option,
)
from caseload_balancer.engine.neighbourhoods.search import NeighbourhoodSearch
from caseload_balancer.engine.neighbourhoods.solution_merging import SolutionMerging
from caseload_balancer.engine.parameters import DEFAULTS, Parameters
from tests.relaxed_week import descended_week, relaxed

MERGING = Parameters(
    columns=replace(DEFAULTS.columns, smoothed_from_entries=0),
    merging=replace(DEFAULTS.merging, columns=1),
)
"""Every linear program counts as too large for Gomory cuts and for exact roundings."""


@pytest.fixture(scope="module")
def week():
    return descended_week()


def merging_of(week, parameters=MERGING):
    arrays, incumbent, ceilings = week
    relaxation, relaxer = relaxed(week, parameters)
    search = NeighbourhoodSearch(arrays, incumbent, 2, ceilings, relaxation, relaxer, 0, parameters)
    return search, relaxation, SolutionMerging(arrays, search, parameters)


def improve(week, relaxation, relaxer, **settings):
    arrays, incumbent, ceilings = week
    return improve_tier(
        arrays,
        incumbent,
        2,
        ceilings,
        relaxation,
        relaxer,
        seed=0,
        parameters=MERGING,
        **settings,
    )


def test_merging_finds_the_best_combination_of_the_options_where_assignments_differ(week):
    arrays, incumbent, ceilings = week
    relaxation, _ = relaxed(week, MERGING)
    rng = np.random.default_rng(1)
    units = rng.choice(np.flatnonzero(arrays.group_of_unit < 0), 7, replace=False)
    there = options_taken(arrays, relaxation.linear, incumbent)
    choices = []
    for unit in units:
        arcs = np.arange(arrays.arc_start[unit], arrays.arc_start[unit + 1])
        arc = int(rng.choice(arcs[arrays.arc_worker[arcs] != incumbent[unit]]))
        there[arc] = True
        choices.append((incumbent[unit], arrays.arc_worker[arc]))
    found = search_options(
        arrays,
        relaxation,
        there,
        deadline=Deadline(60),
        gap=0.0,
        parameters=replace(DEFAULTS.rounding, nodes=1_000),
    )
    best = None
    for chosen in itertools.product(*choices):
        one = incumbent.copy()
        one[units] = chosen
        worth = values(arrays, one)
        if worth[:2] <= ceilings and not broken_limits(arrays, one):
            best = worth[2] if best is None else min(best, worth[2])
    assert found is not None
    assert values(arrays, found)[2] == best


def test_units_with_one_option_keep_it(week):
    arrays, incumbent, _ = week
    relaxation, _ = relaxed(week, MERGING)
    only = options_taken(arrays, relaxation.linear, incumbent)
    found = search_options(
        arrays, relaxation, only, deadline=Deadline(60), gap=0.0, parameters=DEFAULTS.rounding
    )
    assert np.array_equal(found, incumbent)


def test_each_merger_is_no_worse_and_keeps_limits_and_earlier_tiers(week):
    arrays, _, ceilings = week
    search, relaxation, merging = merging_of(week)
    before = search.value
    gained = merging.round_and_merge(relaxation, Deadline(60))
    assert gained is (search.value < before)
    assert gained, "the relaxation of a descent's end is worth merging"
    assert broken_limits(arrays, search.best) == []
    assert values(arrays, search.best)[:2] <= ceilings
    again, _, other = merging_of(week)
    other.round_and_merge(relaxation, Deadline(60))
    assert np.array_equal(again.best, search.best)


@pytest.mark.parametrize("units", [1, 5, 40])
def test_no_more_units_are_decided_than_may_be(week, units, monkeypatch):
    parameters = replace(MERGING, merging=replace(MERGING.merging, units=units))
    _, relaxation, merging = merging_of(week, parameters)
    asked = []

    def note(arrays, relaxation, there, **_settings):
        unit = unit_of_option(arrays, relaxation.linear)[there]
        asked.append(int((np.bincount(unit, minlength=arrays.units) > 1).sum()))

    monkeypatch.setattr(solution_merging, "search_options", note)
    merging.round_and_merge(relaxation, Deadline(60))
    assert len(asked) == 1
    assert 0 < asked[0] <= units


def test_nothing_is_merged_without_the_work_the_last_merger_took(week, monkeypatch):
    _, relaxation, merging = merging_of(week)
    asked = []

    def note(*_args, deadline, **_settings):
        asked.append(deadline)
        deadline.spend(0.2)

    monkeypatch.setattr(solution_merging, "search_options", note)
    merging.round_and_merge(relaxation, Deadline(60))
    merging.round_and_merge(relaxation, Deadline(60, work=0.15))
    assert len(asked) == 1
    merging.round_and_merge(relaxation, Deadline(60, work=5.0))
    assert len(asked) == 2


def test_quick_mergers_that_gain_nothing_come_nearer_to_the_best_each_time(week, monkeypatch):
    search, relaxation, merging = merging_of(week)
    gaps, takes = [], iter((0.1, 0.1, 3.0, 0.1))

    def merger(*_args, deadline, gap, **_settings):
        gaps.append(gap)
        deadline.spend(next(takes))
        return search.best.copy()

    monkeypatch.setattr(search, "exchanged", lambda found, *_args: found)
    monkeypatch.setattr(solution_merging, "search_options", merger)
    for _ in range(4):
        assert merging.stuck is (len(gaps) >= 2)
        merging.round_and_merge(relaxation, Deadline(60, work=10.0))
    assert gaps == pytest.approx([gaps[0], gaps[0] / 2, gaps[0] / 4, gaps[0] / 4])


def test_a_large_program_is_told_by_the_columns_of_its_rounding(week):
    arrays, _, _ = week
    relaxation, _ = relaxed(week, MERGING)
    columns = columns_to_round(arrays, relaxation)
    assert arrays.units <= columns <= relaxation.linear.program.columns


@pytest.mark.parametrize("seed", range(3))
def test_a_search_by_mergers_proves_what_it_says(seed):
    arrays = service(8, 90, teams=1, seed=seed, scope="service")
    exact = solve(arrays, time_limit=60)
    assert exact.proven
    merged = solve(
        arrays, time_limit=60, granted=3.0, strategy="neighbourhoods", parameters=MERGING
    )
    assert merged.values >= exact.values
    assert all(b <= v for b, v in zip(merged.bounds, merged.values, strict=True))
    if merged.values[:2] == exact.values[:2]:
        assert merged.bounds[2] <= exact.values[2]
        assert merged.values[2] - exact.values[2] <= 0.002 * exact.values[2]


def test_it_comes_to_the_same_whoever_is_faster(week, monkeypatch):
    found = []
    for slow in (0.0, 0.03):
        relaxation, relaxer = relaxed(week, MERGING)
        tighten = relaxer.tighten

        def slowly(lane, work, tighten=tighten, slow=slow):
            time.sleep(slow)
            return tighten(lane, work)

        monkeypatch.setattr(relaxer, "tighten", slowly)
        deadline = Deadline(120, work=0.3)
        improved = improve(week, relaxation, relaxer, deadline=deadline)
        found.append((improved.assignment.tolist(), improved.bound, deadline.spent()))
    assert found[0] == found[1]


def test_what_is_good_enough_ends_the_work_on_the_bound(week):
    arrays, incumbent, _ = week
    relaxation, relaxer = relaxed(week, MERGING)
    known = values(arrays, incumbent)[2]
    improved = improve(
        week,
        relaxation,
        relaxer,
        deadline=Deadline(120),
        good_enough=lambda one: values(arrays, one)[2] < known,
    )
    assert values(arrays, improved.assignment)[2] < known
    assert improved.bound == relaxer.current().bound >= relaxation.bound
    assert relaxer.current() is relaxer.current(), "what was broken off is frozen as it was"


def test_what_is_small_enough_is_rounded_exactly_after_exchanges(week, monkeypatch):
    _, incumbent, _ = week
    begun = []
    begin, exchange = SolutionMerging.begin, NeighbourhoodSearch.exchange
    monkeypatch.setattr(
        SolutionMerging, "begin", lambda *args: begun.append("round") or begin(*args)
    )
    monkeypatch.setattr(
        NeighbourhoodSearch,
        "exchange",
        lambda *args, **named: begun.append("exchange") or exchange(*args, **named),
    )
    relaxation, relaxer = relaxed(week, MERGING)
    improve(week, relaxation, relaxer, deadline=Deadline(60, work=0.2))
    assert begun == ["exchange", "round"]
    gains = {}
    for entries, columns in ((0, 1), (0, 10_000), (10**9, 10_000)):
        parameters = replace(
            MERGING,
            columns=replace(MERGING.columns, smoothed_from_entries=entries),
            merging=replace(MERGING.merging, columns=columns),
        )
        search, relaxation, one = merging_of(week, parameters)
        gains[entries, columns] = one.begin(relaxation, Deadline(60))
        assert gains[entries, columns] is not np.array_equal(search.best, incumbent)
    assert list(gains.values()) == [False, True, False], "rough, but not too large"
