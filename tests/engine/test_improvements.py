"""What is told of a search while it runs is true, and telling cannot harm the search."""

import threading

import numpy as np
import pytest
from hypothesis import given

from caseload_balancer.datasets.arrays.services import service
from caseload_balancer.engine import solve
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed


def told(arrays, **options):
    """Return what was told of a solve, and its result."""
    found = []
    result = solve(
        arrays,
        time_limit=20,
        on_improvement=lambda values, bounds, _seconds: found.append((values, bounds)),
        **options,
    )
    return found, result


def assert_true(told_values, bounds, reachable):
    """Each bound holds among what is no worse in the tiers before."""
    for tier, bound in enumerate(bounds):
        among = [one[tier] for one in reachable if _within(one, told_values, tier)]
        assert min(among) >= bound


def _within(one, told_values, tier):
    return all(a <= b for a, b in zip(one[:tier], told_values, strict=False))


@settings(max_examples=25)
@given(arrays=tiny_arrays(workers=6, units=5))
def test_values_and_bounds_are_true_when_told(arrays):
    reachable = set(map(tuple, all_allowed(arrays)[1].tolist()))
    found, result = told(arrays)
    assert found[-1] == (result.values, result.bounds)
    for told_values, bounds in found:
        assert told_values in reachable
        assert_true(told_values, bounds, reachable)


@settings(max_examples=30)
@given(arrays=tiny_arrays(slack=False))
def test_values_only_get_better_where_there_is_no_slack(arrays):
    found, _ = told(arrays)
    reached = [one for one, _ in found]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize("strategy", ["exact", "neighbourhoods"])
def test_a_service_of_teams_ends_at_its_result(strategy):
    arrays = service(12, 60, teams=3, seed=1)
    found, result = told(arrays, strategy=strategy)
    assert found[-1] == (result.values, result.bounds)
    for told_values, bounds in found:
        assert told_values >= result.values
        assert bounds <= result.values


def test_it_is_told_from_the_calling_thread_with_rising_seconds():
    seen = []
    solve(
        service(6, 40),
        time_limit=20,
        on_improvement=lambda _v, _b, seconds: seen.append((threading.get_ident(), seconds)),
    )
    assert {thread for thread, _ in seen} == {threading.get_ident()}
    assert [seconds for _, seconds in seen] == sorted(seconds for _, seconds in seen)


def test_an_error_in_it_warns_once_and_loses_nothing():
    arrays = service(6, 40)
    calls = []

    def broken(*_told):
        calls.append(1)
        raise ZeroDivisionError("no display")

    with pytest.warns(RuntimeWarning, match="ZeroDivisionError.*no display.*goes on") as warned:
        result = solve(arrays, time_limit=20, on_improvement=broken)
    assert len(calls) == len(warned) == 1
    assert np.array_equal(result.assignment, solve(arrays, time_limit=20).assignment)


def test_it_changes_nothing():
    arrays = service(8, 60, teams=2, seed=3)
    _, watched = told(arrays)
    alone = solve(arrays, time_limit=20)
    assert np.array_equal(watched.assignment, alone.assignment)
    assert watched.bounds == alone.bounds
