"""A search in a process of its own, whatever becomes of that process."""

import subprocess
import sys
import threading

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import (
    Parameters,
    SolverProcesses,
    solve,
    solver_process,
    solver_processes,
)

pytestmark = pytest.mark.usefixtures("wall_clock")
ARRAYS = service(6, 76, teams=2, seed=4, scope="service")

ASKED = """
import itertools, os
from ortools.math_opt.core.python import solver
real, calls = solver.solve, itertools.count()

def ask(*given):
    if next(calls) >= {after}:
        {fault}
    return real(*given)

solver.solve = ask
"""
ENDED = """
from caseload_balancer.engine import solving
real = solving.solve

def lie(arrays, **how):
    from dataclasses import replace
    import numpy as np
    found = real(arrays, **how)
    {lie}

solving.solve = lie
"""
HELD = "import ctypes; ctypes.PyDLL(None).sleep(600)"
"""Sleep without letting another thread run."""


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Let a process load for as long as it takes: on a busy machine that is half a minute."""
    monkeypatch.setattr(solver_process, "_START_SECONDS", 600.0)


def processes(prelude="", memory=None, attempts=1):
    script = (
        f"import sys; sys.path[:] = {sys.path!r}\n{prelude}\n"
        f"from caseload_balancer.engine.solver_child import main; main({memory!r})"
    )
    return SolverProcesses([sys.executable, "-c", script], attempts=attempts)


def is_a_plan(answer):
    assert not broken_limits(ARRAYS, answer.assignment)
    assert answer.values == values(ARRAYS, answer.assignment) <= values(ARRAYS, ARRAYS.start)
    assert all(bound <= value for bound, value in zip(answer.bounds, answer.values, strict=True))


def failures(answer):
    return [phase.note for phase in answer.phases if phase.name == "failures"]


@pytest.fixture(scope="module")
def best():
    return solve(ARRAYS, time_limit=600)


def test_a_search_of_another_thread_goes_on_in_its_process_and_leaves_none(best, monkeypatch):
    started, found, begun = [], [], threading.Event()
    start = solver_processes.start_process

    def noted(command):
        started.append(start(command))
        return started[-1]

    def search():
        found.append(solve(ARRAYS, time_limit=600, on_standing=lambda *_: begun.set()))

    monkeypatch.setattr(solver_processes, "start_process", noted)
    with processes("import time; time.sleep(1)") as here:
        elsewhere = threading.Thread(target=search)
        elsewhere.start()
        assert begun.wait(600)
        assert here.warm_up(1)
    elsewhere.join(600)
    (answer,) = found
    assert not failures(answer)
    assert answer.values == best.values
    assert len(started) == 2
    assert not any(one.lives for one in started)


def test_opened_again_they_keep_their_processes_between_searches(monkeypatch):
    started, start = [], solver_processes.start_process

    def noted(command):
        started.append(start(command))
        return started[-1]

    monkeypatch.setattr(solver_processes, "start_process", noted)
    here = SolverProcesses()
    with here:
        pass
    with here:
        for _ in range(2):
            assert not failures(solve(ARRAYS, time_limit=600))
    assert len(started) == 1


def test_the_result_is_the_same_as_here(best):
    told, standing = [], []
    with SolverProcesses() as here:
        assert here.warm_up()
        found = solve(
            ARRAYS,
            time_limit=600,
            on_improvement=lambda *news: told.append(news[:2]),
            on_standing=lambda *news: standing.append(news),
        )
        with pytest.raises(ValueError, match="strategy 'magic' is none of"):
            solve(ARRAYS, strategy="magic")
        again = solve(ARRAYS, time_limit=600)
    for one in (found, again):
        assert np.array_equal(one.assignment, best.assignment)
        assert (one.values, one.bounds, one.settled) == (best.values, best.bounds, best.settled)
        assert failures(one) == []
    assert told[-1] == (best.values, best.bounds)
    assert all(not broken_limits(ARRAYS, assignment) for assignment, _ in standing)


DEATHS = {
    "abort": "os.abort()",
    "segmentation fault": "import ctypes; ctypes.string_at(0)",
    "exit": "os._exit(3)",
    "kill": "os.kill(os.getpid(), 9)",
    "nonsense": "os.write(4, b'x' * 100); os._exit(0)",
}


@pytest.mark.parametrize("fault", DEATHS)
def test_a_process_that_dies_leaves_the_best_so_far(fault):
    if fault == "kill" and sys.platform == "win32":
        pytest.skip("no such signal there")
    with processes(ASKED.format(fault=DEATHS[fault], after=1)):
        answer = solve(ARRAYS, time_limit=600, granted=0.2)
    is_a_plan(answer)
    assert answer.stop_reason == "failed"
    assert answer.values < values(ARRAYS, ARRAYS.start)


def test_another_process_goes_on_where_one_died():
    with processes(ASKED.format(fault="os._exit(3)", after=1), attempts=2):
        answer = solve(ARRAYS, time_limit=600, granted=0.2)
    is_a_plan(answer)
    assert failures(answer)[0].count("its process died") == 2


def test_a_process_that_never_starts_leaves_the_start():
    with processes("raise SystemExit"):
        answer = solve(ARRAYS, time_limit=600)
    is_a_plan(answer)
    assert answer.stop_reason == "failed"


def test_where_the_start_will_do_it_is_the_answer_of_a_process_that_says_nothing():
    with processes("raise SystemExit"):
        answer = solve(ARRAYS, time_limit=600, parameters=Parameters(start_will_do=True))
    assert np.array_equal(answer.assignment, ARRAYS.start)
    assert answer.stop_reason == "failed"


def test_the_first_assignment_is_told_whatever_the_process_says():
    standing = []
    with processes("raise SystemExit"):
        answer = solve(ARRAYS, time_limit=600, on_standing=lambda *news: standing.append(news))
    ((assignment, bounds),) = standing
    assert np.array_equal(assignment, answer.assignment)
    assert bounds == answer.bounds


def test_where_no_process_can_be_started_the_search_is_here(best):
    with SolverProcesses(["/nowhere/python"]):
        answer = solve(ARRAYS, time_limit=600)
    assert np.array_equal(answer.assignment, best.assignment)


@pytest.mark.skipif(sys.platform == "win32", reason="another C library")
@pytest.mark.parametrize("asked", ["stop", "time"])
def test_a_process_that_hangs_is_killed(asked):
    heard = threading.Event()
    with processes(ASKED.format(fault=HELD, after=1)):
        answer = solve(
            ARRAYS,
            time_limit=1.0 if asked == "time" else 500,
            granted=60,
            on_standing=lambda *_news: heard.set(),
            stop=lambda: asked == "stop" and heard.is_set(),
        )
    is_a_plan(answer)
    assert answer.stop_reason == ("interrupted" if asked == "stop" else "time limit")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="no limit of memory elsewhere")
def test_a_search_that_takes_all_memory_takes_no_plan():
    hog = "kept = [bytearray(2**24) for _ in range(2**12)]"
    with processes(ASKED.format(fault=hog, after=0), memory=2**29):
        answer = solve(ARRAYS, time_limit=600, granted=0.2)
    is_a_plan(answer)
    assert "MemoryError" in failures(answer)[0]


@pytest.mark.parametrize(
    "lie",
    [
        "return replace(found, assignment=np.full(arrays.units, int(arrays.arc_worker[0])))",
        "return replace(found, assignment=found.assignment[:-1])",
        "return replace(found, values=tuple(value - 1 for value in found.values))",
        "return replace(found, bounds=tuple(value + 1 for value in found.values))",
        "raise MemoryError",
    ],
)
def test_a_process_that_lies_is_not_believed(lie):
    with processes(ENDED.format(lie=lie)):
        answer = solve(ARRAYS, time_limit=600, granted=0.2)
    is_a_plan(answer)
    assert answer.stop_reason == "failed"
    assert failures(answer)


PRINTING = """
import os, sys
sys.path[:] = {path!r}
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import SolverProcesses, solve
with SolverProcesses([sys.executable, "-c", {script!r}]):
    print(solve(service(4, 30, seed=2), time_limit=600).stop_reason)
"""


def test_what_a_solver_prints_is_seen_by_nobody():
    noise = "os.write(1, b'solver log'); os.write(2, b'solver log')"
    script = (
        f"import sys; sys.path[:] = {sys.path!r}\n{ASKED.format(fault=noise, after=0)}\n"
        "from caseload_balancer.engine.solver_child import main; main()"
    )
    done = subprocess.run(  # noqa: S603 - this file's own script
        [sys.executable, "-c", PRINTING.format(path=sys.path, script=script)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.strip(), done.stderr) == ("proven", "")
