"""Search and proof by cores: the best assignment, honest bounds, the same every time."""

import threading

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.arrays.gap_files import GapInstance, gap_as_arrays
from caseload_balancer.datasets.arrays import random_gap
from caseload_balancer.engine import solve
from caseload_balancer.engine.cpsat.search import Answer
from caseload_balancer.engine.local_search.limit_multipliers import only_limits_bind
from caseload_balancer.engine.parameters import CoreParameters, Parameters, TieParameters
from caseload_balancer.engine.strategies import cores, reduced_beside
from tests.examples import combinations


def cheapest(gap: GapInstance) -> int | None:
    """Return the least cost of placing every item, by trying every assignment."""
    agents, items = gap.cost.shape
    every = np.indices((agents,) * items).reshape(items, -1)
    cost = sum(gap.cost[every[item], item] for item in range(items))
    fits = np.ones(every.shape[1], np.bool_)
    for agent in range(agents):
        load = sum(gap.weight[agent, item] * (every[item] == agent) for item in range(items))
        fits &= load <= gap.capacity[agent]
    return int(cost[fits].min()) if fits.any() else None


@pytest.mark.parametrize(
    ("strategy", "kind", "seed"), combinations(["exact", "neighbourhoods"], "abcde", [0, 1])
)
def test_the_best_is_found_and_proven(strategy, kind, seed):
    gap = random_gap(kind, 3, 9, seed=seed)
    result = solve(gap_as_arrays(gap), time_limit=30, strategy=strategy)
    best = cheapest(gap)
    if best is None:
        assert result.values[0] > 0
    else:
        assert result.values == (0, best)
        assert result.bounds[0] == 0
        assert result.bounds[1] <= best
    if strategy == "exact":
        assert result.stop_reason == "proven"


@pytest.mark.parametrize(("kind", "agents", "items"), [("c", 8, 80), ("d", 5, 40), ("e", 5, 40)])
def test_the_same_work_gives_the_same_assignment_near_the_bound(kind, agents, items):
    arrays = gap_as_arrays(random_gap(kind, agents, items, seed=1))
    assert only_limits_bind(arrays)
    first, second = (solve(arrays, time_limit=600, granted=0.6, workers=1) for _ in range(2))
    assert (first.assignment == second.assignment).all()
    assert first.bounds == second.bounds
    assert broken_limits(arrays, first.assignment) == []
    assert first.values[0] == 0
    assert first.values[1] <= 1.01 * first.bounds[1]


@pytest.mark.parametrize(("many", "again"), [(100, [False, True]), (200, [False])])
def test_chains_go_on_where_the_bound_leaves_many_arcs(many, again, monkeypatch):
    asked = []
    follow = cores.follow_chains

    def recorded(tier, known, share, *, again=False):
        asked.append(again)
        return follow(tier, known, share, again=again)

    monkeypatch.setattr(cores, "follow_chains", recorded)
    arrays = gap_as_arrays(random_gap("d", 5, 40, seed=1))
    parameters = Parameters(cores=CoreParameters(chains_only_arcs=many))
    solve(arrays, time_limit=600, granted=0.4, parameters=parameters)
    assert asked == again


def test_a_small_problem_is_proven_by_cores_alone(monkeypatch):
    def never(*_given, **_named):
        raise AssertionError("it was not proven before")

    monkeypatch.setattr(cores, "follow_chains", never)
    arrays = gap_as_arrays(random_gap("c", 5, 40, seed=1))
    result = solve(arrays, time_limit=600, granted=3)
    assert result.stop_reason == "proven"
    assert result.bounds == result.values


def unreduced(_tier, known, _relaxation, _relaxer, **_named):
    return known, False


def test_a_proof_is_broken_off_once_what_was_found_meets_the_bound(monkeypatch):
    cut_short = []

    def endless(_tier, known, _candidates, deadline, **_named):
        enough = threading.Event()
        with deadline.stopping(enough.set):
            cut_short.append(enough.wait(60))
        return Answer("unknown", None, known.bound)

    monkeypatch.setattr(reduced_beside, "settle_by_reduction", unreduced)
    monkeypatch.setattr(cores, "search_completely", endless)
    arrays = gap_as_arrays(random_gap("c", 5, 100, seed=303))
    result = solve(arrays, time_limit=600, granted=10)
    assert cut_short == [True]
    assert result.stop_reason == "proven"
    assert result.reproducible


def test_equals_beyond_a_few_options_are_left_as_they_are_where_limits_alone_bind():
    arrays = gap_as_arrays(random_gap("b", 10, 100, seed=1))
    few, none = (
        solve(arrays, time_limit=600, granted=10, parameters=Parameters(ties=ties))
        for ties in (TieParameters(arcs_of_limits=3_000), TieParameters(arcs_of_limits=0))
    )
    assert few.values == none.values == few.bounds == none.bounds
    assert few.canonical
    assert not none.canonical
    assert none.reproducible
