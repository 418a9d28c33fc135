"""Another run gives the same assignment wherever a result says so, whatever the clock does."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import Deadline, deadlines, solve
from caseload_balancer.engine.component_search import ComponentJob, solve_component
from caseload_balancer.engine.parameters import DEFAULTS
from tests.drawn_arrays import tiny_arrays
from tests.examples import settings
from tests.oracle import all_allowed, try_everything


class Clock:
    """Stands still until it was asked so many times, then jumps ahead."""

    def __init__(self, steps, jump):
        self._left, self._jump = steps, jump

    def __call__(self):
        self._left -= 1
        return self._jump if self._left < 0 else 0.0


@pytest.fixture(scope="module")
def teams():
    return service(12, 90, teams=3, seed=2)


@pytest.fixture(scope="module")
def usual(teams):
    result = solve(teams, time_limit=60, granted=3)
    assert result.reproducible
    return result


@pytest.mark.parametrize("steps", [0, 5, 20, 60, 150, 400])
def test_what_the_clock_cuts_short_says_so(teams, usual, monkeypatch, steps):
    monkeypatch.setattr(deadlines, "time", SimpleNamespace(monotonic=Clock(steps, jump=1e6)))
    result = solve(teams, time_limit=60, granted=3)
    assert broken_limits(teams, result.assignment) == []
    assert values(teams, result.assignment) <= values(teams, teams.start)
    same = np.array_equal(result.assignment, usual.assignment)
    assert same or not result.reproducible
    assert result.reproducible or result.stop_reason != "proven" or not result.canonical


def test_a_clock_that_jumps_within_the_limit_decides_nothing(teams, usual, monkeypatch):
    monkeypatch.setattr(deadlines, "time", SimpleNamespace(monotonic=Clock(100, jump=20.0)))
    result = solve(teams, time_limit=60, granted=3)
    assert result.reproducible
    assert np.array_equal(result.assignment, usual.assignment)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_it_does_not_matter_how_many_parts_are_solved_at_once(teams, usual, workers):
    result = solve(teams, time_limit=60, granted=3, workers=workers)
    assert np.array_equal(result.assignment, usual.assignment)


def test_two_seeds_that_prove_a_part_find_the_same_assignment(teams, usual):
    other = solve(teams, time_limit=60, granted=3, seed=5)
    assert usual.canonical
    assert other.canonical
    assert np.array_equal(other.assignment, usual.assignment)


@pytest.mark.parametrize("arcs_of_highs", [0, 10_000])
def test_either_solver_chooses_the_same_of_the_best(teams, usual, arcs_of_highs):
    ties = replace(DEFAULTS.ties, arcs_of_highs=arcs_of_highs)
    result = solve(teams, time_limit=60, granted=3, parameters=replace(DEFAULTS, ties=ties))
    assert result.canonical
    assert np.array_equal(result.assignment, usual.assignment)


@given(tiny_arrays(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_a_proven_part_ends_at_one_of_the_best_wherever_it_begins(arrays, random):
    every, _ = all_allowed(arrays)
    found = []
    for start in (every[0], every[random.randrange(len(every))]):
        job = ComponentJob(
            arrays=replace(arrays, start=start),
            constant=(0,) * arrays.tiers,
            given=arrays.start,
            seed=0,
            strategy="auto",
            name="part",
            parameters=DEFAULTS,
        )
        found.append(solve_component(job, Deadline(60), lambda _assignment, _bounds: None))
    best = {tuple(one) for one in try_everything(arrays).settled.tolist()}
    for result in found:
        assert not result.canonical or tuple(result.assignment.tolist()) in best
    if found[0].canonical and found[1].canonical:
        assert np.array_equal(found[0].assignment, found[1].assignment)


def test_ties_are_broken_in_most_parts():
    """Two units and two workers, all alike: each of the best is as good as any other."""
    arrays = service(6, 40, seed=1)
    assert solve(arrays, time_limit=60, granted=3).canonical


def test_a_deadline_notes_what_the_clock_decided():
    deadline = Deadline(10)
    part, other = deadline.lane(1.0), deadline.lane(1.0)
    assert part.allows(1)
    assert not part.slice(0.5).allows(100)
    assert (deadline.struck, part.struck, other.struck) == (True, True, False)


def test_work_that_is_done_is_not_for_the_clock():
    deadline = Deadline(1000, work=1.0)
    deadline.spend(2.0)
    assert deadline.passed()
    assert not deadline.struck


def test_work_that_ends_with_the_time_is_not_for_the_clock():
    deadline = Deadline(0, work=0.0)
    assert deadline.passed()
    assert not deadline.struck


def test_who_asks_to_stop_decides_as_the_clock_does():
    deadline = Deadline(1000, work=1.0, stop=lambda: True)
    assert deadline.passed()
    assert deadline.struck


def test_slices_share_the_time_only_where_work_is_unlimited():
    assert Deadline(1000, work=1.0).slice(0.5).remaining() > 900
    assert Deadline(1000).slice(0.5).remaining() <= 500
