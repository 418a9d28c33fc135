"""What follows a search is gone through once, in silence, and never to be used."""

import math
import threading

import pytest

import caseload_balancer as cb
from caseload_balancer import plan, rehearsals
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.rehearsals import Rehearsal
from caseload_balancer.solving import allocate_granted
from tests.planned_team import planned_team

TEAM, STEADY = cb.datasets.team(), cb.Policy.read("steady")


@pytest.fixture(scope="module")
def problem():
    return build_problem(TEAM, STEADY)


@pytest.fixture
def threads(monkeypatch):
    """Every rehearsal's thread, to wait for."""
    made = []

    class Noted(threading.Thread):
        def start(self):
            made.append(self)
            super().start()

    monkeypatch.setattr("caseload_balancer.rehearsals.threading.Thread", Noted)
    return made


@pytest.fixture
def large(monkeypatch):
    """Have the team count as a large week."""
    monkeypatch.setattr(rehearsals, "_MANY_CHILDREN", len(TEAM.cases))


@pytest.fixture
def made(monkeypatch):
    """The plans that are rehearsed, each with the thread it was made in."""
    found, real = [], plan.make_plan

    def noted(*given, **named):
        found.append((real(*given, **named), threading.current_thread()))

    monkeypatch.setattr(plan, "make_plan", noted)
    return found


def nothing():
    """Load nothing."""


def test_the_week_as_it_stands_is_rehearsed_once_beside_the_search(problem, threads, made):
    rehearsal = Rehearsal(problem, nothing)
    rehearsal.before()
    assert made == []
    for _ in range(3):
        rehearsal.beside()
    threads[0].join()
    ((rehearsed, thread),) = made
    assert rehearsed.allocation == problem.allocation(problem.arrays.start)
    assert threads == [thread]


@pytest.mark.usefixtures("large")
def test_that_of_a_large_week_is_over_before_the_search(problem, threads, made):
    rehearsal = Rehearsal(problem, nothing)
    rehearsal.before()
    ((rehearsed, _),) = made
    assert rehearsed.allocation == problem.allocation(problem.arrays.start)
    rehearsal.beside()
    assert threads == []


def test_no_further_step_is_taken_once_it_is_over(problem, threads, made):
    go_on = threading.Event()
    rehearsal = Rehearsal(problem, lambda: go_on.wait() and None)
    rehearsal.beside()
    rehearsal.end()
    go_on.set()
    threads[0].join()
    assert made == []


def fails():
    raise ImportError("no such library")


def test_what_fails_in_a_rehearsal_says_nothing(problem, threads, capfd):
    Rehearsal(problem, fails).beside()
    threads[0].join()
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("large")
def test_what_fails_before_the_search_says_nothing(problem, made):
    Rehearsal(problem, fails).before()
    assert made == []


@pytest.mark.parametrize("many", [1, 10_000])
def test_a_search_whose_plan_could_be_put_to_no_use_ends_with_what_is_torn(monkeypatch, many):
    monkeypatch.setattr(rehearsals, "_MANY_CHILDREN", many)
    with pytest.raises(ImportError, match="no such library"):
        allocate_granted(
            TEAM,
            cb.Policy.read("even-out"),
            time_limit=600.0,
            first=600.0,
            granted=math.inf,  # until the time is up, or all is proven
            seed=0,
            load=fails,
        )


@pytest.mark.usefixtures("large")
def test_nothing_is_rehearsed_where_nothing_is_to_be_done(problem, threads, made):
    rehearsal = Rehearsal(problem, None)
    rehearsal.before()
    rehearsal.beside()
    assert made == threads == []


@pytest.mark.parametrize("many", [1, 10_000])
def test_a_plan_is_the_same_whether_or_not_it_was_rehearsed(threads, monkeypatch, many):
    monkeypatch.setattr(rehearsals, "_MANY_CHILDREN", many)
    loaded = []
    rehearsed = allocate_granted(
        TEAM,
        STEADY,
        time_limit=30.0,
        first=30.0,
        granted=30.0,
        seed=0,
        load=lambda: loaded.append(threading.current_thread()),
    )
    for thread in threads:
        thread.join()
    (where,) = loaded
    assert (where is threading.main_thread()) == (many == 1)
    assert rehearsed.fingerprint == planned_team().fingerprint
