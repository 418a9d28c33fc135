"""Where unlimited work is granted, the clock alone ends a search that proves nothing."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from caseload_balancer.engine.deadlines import Deadline
from tests.clock import now

LIMIT = 2.0


@pytest.fixture(scope="module")
def hard():
    return service(60, 800, seed=1, scope="service")


def timed(arrays, **options):
    began = now()
    result = solve(arrays, **options)
    return result, now() - began


def test_what_is_not_proven_is_searched_until_the_time_is_up(hard):
    counted, _ = timed(hard, time_limit=600, granted=0.05)
    assert counted.stop_reason == "work limit"
    clocked, seconds = timed(hard, time_limit=LIMIT, granted=math.inf)
    assert clocked.stop_reason == "time limit"
    assert LIMIT - 0.1 < seconds < LIMIT + 8
    assert broken_limits(hard, clocked.assignment) == []
    assert clocked.values == values(hard, clocked.assignment)
    assert clocked.values <= counted.values
    assert clocked.bounds >= counted.bounds


@pytest.mark.parametrize(("granted", "why"), [(0.1, "work limit"), (600, "time limit")])
def test_what_was_never_searched_tells_what_was_lacking(granted, why):
    arrays = service(8, 90, seed=4)
    result = solve(arrays, time_limit=600 if why == "work limit" else 0, granted=granted)
    assert result.stop_reason == why
    assert result.reproducible == (why == "work limit")


def test_what_is_proven_ends_before_the_time_is_up():
    result, seconds = timed(service(8, 70, seed=5), time_limit=60, granted=math.inf)
    assert result.stop_reason == "proven"
    assert seconds < 30


def test_a_search_that_gives_up_begins_anew_until_the_time_is_up():
    arrays = service(4, 30, seed=2)
    huge = replace(arrays, arc_cost=arrays.arc_cost * 10**8, wait_cost=arrays.wait_cost * 10**8)
    given_up, _ = timed(huge, time_limit=60)
    assert given_up.stop_reason == "work limit"
    clocked, seconds = timed(huge, time_limit=1.5, granted=math.inf)
    assert clocked.stop_reason == "time limit"
    assert seconds > 1.4
    assert clocked.values <= given_up.values
    assert len(clocked.phases) < 10 * len(given_up.phases)


def test_several_parts_share_the_clock():
    arrays = service(40, 560, seed=4, teams=2)
    with ThreadPoolExecutor(1) as one_at_a_time:
        result, seconds = timed(arrays, time_limit=LIMIT, granted=math.inf, executor=one_at_a_time)
    assert seconds < LIMIT + 8
    assert broken_limits(arrays, result.assignment) == []
    assert result.values < values(arrays, arrays.start)


def test_unlimited_work_stays_unlimited_however_it_is_shared_out():
    deadline = Deadline(60)
    deadline.spend(5.0)
    slices = [
        deadline.slice(0.3),
        deadline.slice(0.3).slice(0.5),
        deadline.lane(0.5 * math.inf, seconds=10),
    ]
    assert [one.work_left() for one in slices] == [math.inf] * 3
    assert not any(one.passed() for one in slices)
    assert deadline.spent() == 5.0


def test_by_default_work_is_granted_by_the_time_limit(hard):
    first, second = (solve(hard, time_limit=600, granted=0.25) for _ in range(2))
    assert np.array_equal(first.assignment, second.assignment)
    assert first.bounds == second.bounds
