"""What follows a search is gone through beside it: once, in silence, and never to be used."""

import threading

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.display_names import NO_NAMES
from caseload_balancer.output import PLAN_FILES, rehearse_writing
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


def begun(problem, use, times=1):
    rehearsal = Rehearsal(problem, use)
    for _ in range(times):
        rehearsal.begin(problem.arrays.start, (0,) * problem.arrays.tiers)
    return rehearsal


def test_the_plan_that_is_rehearsed_is_that_of_the_assignment(problem, threads):
    seen = []

    def use(plan):
        seen.append((plan.allocation, threading.current_thread()))
        yield

    begun(problem, use, times=3)
    threads[0].join()
    ((allocation, thread),) = seen
    assert allocation == problem.allocation(problem.arrays.start)
    assert threads == [thread]


def test_no_further_step_is_taken_once_it_is_over(problem, threads):
    taken, go_on = [], threading.Event()

    def use(_plan):
        taken.append("first")
        go_on.wait()
        yield
        taken.append("second")
        yield

    rehearsal = begun(problem, use)
    rehearsal.end()
    go_on.set()
    threads[0].join()
    assert "second" not in taken


def test_what_fails_in_a_rehearsal_says_nothing(problem, threads, capfd):
    def use(_plan):
        raise ImportError("no such library")
        yield

    begun(problem, use)
    threads[0].join()
    assert capfd.readouterr() == ("", "")


def test_nothing_is_rehearsed_where_nothing_is_to_be_done(problem, threads):
    begun(problem, None)
    assert threads == []


def test_every_file_is_rehearsed_and_none_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    steps = list(rehearse_writing(planned_team(), NO_NAMES))
    assert len(steps) == len(PLAN_FILES) + 1
    assert list(tmp_path.iterdir()) == []


def test_a_plan_is_the_same_whether_or_not_it_was_rehearsed(threads):
    rehearsed = allocate_granted(
        TEAM,
        STEADY,
        time_limit=30.0,
        first=30.0,
        granted=30.0,
        seed=0,
        rehearse=lambda plan: rehearse_writing(plan, NO_NAMES),
    )
    for thread in threads:
        thread.join()
    assert rehearsed.fingerprint == planned_team().fingerprint
