"""How processes for searches begin and end, and what they load."""

import sys
import threading

import pytest

from caseload_balancer.arrays.evaluation import broken_limits
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import (
    SolverProcesses,
    make_ready,
    solve,
    solver_processes,
    start_process,
)

pytestmark = pytest.mark.usefixtures("wall_clock")
ARRAYS = service(6, 76, teams=2, seed=4, scope="service")


class Idle:
    """A process that does nothing, and is told from others by whether it has loaded."""

    lives, fate = True, "it is none"

    def __init__(self, *, has_loaded=False):
        self.has_loaded = has_loaded
        self.begun = 0

    def begin(self, _job):
        self.begun += 1

    def is_trusted(self, _ends):
        return False

    def kill(self, **_):
        self.lives = False


def test_processes_are_made_ready_for_searches_at_once_but_no_more_than_cores(monkeypatch):
    started = []
    monkeypatch.setattr(solver_processes, "start_process", lambda _: started.append(1) or Idle())
    make_ready(2)  # without processes in use there is nothing to do
    with SolverProcesses():
        for cores, wanted, there in ((2, 1, 1), (1, 2, 1), (4, 2, 2), (4, 1, 2)):
            monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
            make_ready(wanted)
            assert len(started) == there


@pytest.mark.parametrize("first", [True, False])
def test_a_search_begins_where_the_engine_is_loaded(first, monkeypatch):
    ready, late = Idle(has_loaded=True), Idle()
    order = [ready, late] if first else [late, ready]
    monkeypatch.setattr(solver_processes, "start_process", lambda _: order.pop(0))
    with SolverProcesses(attempts=1) as here:
        assert here.warm_up(2)
        solve(ARRAYS, time_limit=600)
    assert (ready.begun, late.begun) == (1, 0)


def test_no_process_is_started_for_a_search_that_is_to_end_at_once(monkeypatch):
    started = []
    monkeypatch.setattr(solver_processes, "start_process", lambda _: started.append(1) or Idle())
    with SolverProcesses():
        answer = solve(ARRAYS, time_limit=600, stop=lambda: True)
    assert not started
    assert answer.stop_reason == "interrupted"
    assert not broken_limits(ARRAYS, answer.assignment)


def test_no_process_begins_what_is_to_end_before_it(monkeypatch):
    ready, asked = Idle(has_loaded=True), iter([False])
    monkeypatch.setattr(solver_processes, "start_process", lambda _: ready)
    with SolverProcesses():
        answer = solve(ARRAYS, time_limit=600, stop=lambda: next(asked, True))
    assert ready.begun == 0
    assert answer.stop_reason == "interrupted"


def test_a_process_is_ended_while_it_is_written_to():
    threads = set(threading.enumerate())
    for size in (0, 10, 1_000, 100_000, 10_000_000) * 4:  # a pipe holds 65,536 bytes
        process = start_process([sys.executable, "-c", "import time; time.sleep(600)"])
        process.begin({"arrays": bytes(size)})
        process.stop()
        process.kill()
    for thread in set(threading.enumerate()) - threads:
        thread.join(60)
        assert not thread.is_alive()  # and an error in one fails the test
