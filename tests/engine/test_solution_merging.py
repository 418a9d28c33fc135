"""Assignments and relaxations merged: no worse than any of them, and exact where they differ."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
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
from caseload_balancer.engine.relaxation.converging import Converging
from tests.relaxed_week import descended_week, relaxed

MERGING = Parameters(
    cuts=replace(DEFAULTS.cuts, gomory_entries=0), merging=replace(DEFAULTS.merging, columns=1)
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


class Scripted:
    """A relaxer whose steps take 0.1 of work each; every second one is worth a rounding."""

    def __init__(self, relaxation, steps):
        self.now, self.left, self.number = relaxation, steps, 0

    def tighten(self, lane, _work):
        time.sleep(0.003)
        lane.spend(0.1)
        self.number += 1
        if self.number % 2 == 0:
            self.now = replace(self.now, rough_values=self.now.rough_values.copy())
        self.now = replace(self.now, bound=self.number)
        return self.number < self.left

    def snapshot(self):
        return Frozen(self.now)


class Frozen:
    def __init__(self, now):
        self.now, self.rough_values = now, now.rough_values

    def relaxation(self):
        return self.now


@pytest.mark.parametrize("pause", [0.0, 0.02])
def test_a_relaxation_is_read_at_points_of_work(week, pause):
    first, _ = relaxed(week, MERGING)
    first = replace(first, bound=0)
    deadline = Deadline(60, work=14.0)
    with ThreadPoolExecutor(1) as pool:
        converging = Converging(pool, Scripted(first, 7), deadline)
        seen = [converging.next_to_round(None)]
        for own in (0.05, 0.17, 0.05):
            time.sleep(pause)
            converging.caller.spend(own)
            seen.append(converging.next_to_round(seen[-1]))
        ended = converging.next_to_round(seen[-1])
        assert converging.beside.result() is False
    # After 0.05 it waits for the second step, at 0.2; at 0.37 for the fourth; then for the sixth.
    assert [one.bound for one in seen] == [0, 2, 4, 6]
    assert ended is None
    assert converging.caller.spent() == converging.beside.spent() == pytest.approx(0.7, abs=0.01)
    assert deadline.spent() == pytest.approx(1.5 * converging.caller.spent())


def test_a_snapshot_stays_as_it_is_while_the_relaxer_goes_on(week):
    relaxation, relaxer = relaxed(week, MERGING)
    seen, deadline = [], Deadline(60)
    for _ in range(9):
        relaxer.tighten(deadline, 0.0)
        seen.append((relaxer.snapshot(), relaxer.current()))
    assert seen[-1][1].bound > seen[0][1].bound == relaxation.bound
    for snapshot, current in seen:
        again = snapshot.relaxation()
        assert again.bound == current.bound
        assert again.rough_values is current.rough_values
        assert np.array_equal(again.prices.arc, current.prices.arc)


def test_what_is_small_enough_is_rounded_exactly_after_exchanges(week, monkeypatch):
    _, incumbent, _ = week
    begun = []
    begin, exchange = SolutionMerging.begin, NeighbourhoodSearch.exchange
    monkeypatch.setattr(
        SolutionMerging, "begin", lambda *args: begun.append("round") or begin(*args)
    )
    monkeypatch.setattr(
        NeighbourhoodSearch, "exchange", lambda *args: begun.append("exchange") or exchange(*args)
    )
    relaxation, relaxer = relaxed(week, MERGING)
    improve(week, relaxation, relaxer, deadline=Deadline(60, work=0.2))
    assert begun == ["exchange", "round"]
    gains = {}
    for arcs, columns in ((0, 1), (0, 10_000), (week[0].arcs + 1, 10_000)):
        merging = replace(MERGING.merging, first_from_arcs=arcs, columns=columns)
        search, relaxation, one = merging_of(week, replace(MERGING, merging=merging))
        gains[arcs, columns] = one.begin(relaxation, Deadline(60))
        assert gains[arcs, columns] is not np.array_equal(search.best, incumbent)
    assert list(gains.values()) == [False, True, False], "neither too large nor too small"
