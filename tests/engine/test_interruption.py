"""A request to stop brings back the best so far, quickly, and leaves the process as it was."""

import signal
import subprocess
import sys
import threading

import numpy as np
import pytest

from caseload_balancer.arrays.evaluation import broken_limits, values
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve
from tests.clock import now

HARD = {"workers": 40, "units": 520, "seed": 1, "scope": "service"}


@pytest.fixture(scope="module")
def hard():
    return service(**HARD)


def test_stop_is_asked_and_obeyed(hard):
    start = values(hard, hard.start)
    better = []

    def told(found, _bounds, _seconds):
        if found < start:
            better.append(now())

    result = solve(hard, time_limit=600, stop=lambda: bool(better), on_improvement=told)
    assert result.stop_reason == "interrupted"
    assert now() - better[0] < 10
    assert broken_limits(hard, result.assignment) == []
    assert result.values < start


def test_the_time_limit_holds(hard):
    began = now()
    result = solve(hard, time_limit=1.0)
    assert now() - began < 12
    assert result.values <= values(hard, hard.start)


LOADING = """
import sys

from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve

for seconds in (0.05, 60):
    solve(service(12, 120), time_limit=seconds, strategy="exact")
    print("ortools.sat.python.cp_model_helper" in sys.modules)
"""


def test_cp_sat_is_not_imported_when_the_time_is_up_before_it_could_begin():
    child = subprocess.run(  # noqa: S603 (this file's own script)
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True
    )
    assert child.stdout.split() == ["False", "True"]


def test_an_error_in_a_callback_ends_the_search(hard):
    def broken(_progress):
        raise RuntimeError("display gone")

    began = now()
    with pytest.raises(RuntimeError, match="display gone"):
        solve(hard, time_limit=120, progress=broken)
    assert now() - began < 30
    for thread in threading.enumerate():
        if thread.name.startswith("component"):
            thread.join(60)
            assert not thread.is_alive()


def test_progress_is_told_in_values_and_bounds(hard):
    seen = []
    solve(hard, time_limit=600, progress=seen.append, stop=lambda: len(seen) > 2)
    assert len(seen) > 2
    assert all(
        bound <= value
        for one in seen
        for bound, value in zip(one.bounds[:1], one.values, strict=False)
    )


def test_handlers_are_put_back():
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    solve(service(3, 12), time_limit=5, handle_signals=True)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_handlers_stay_alone_outside_the_main_thread():
    found = []
    thread = threading.Thread(
        target=lambda: found.append(solve(service(3, 12), time_limit=5, handle_signals=True))
    )
    thread.start()
    thread.join()
    assert found[0].stop_reason == "proven"


SCRIPT = """
import signal

# A shell's background job is born deaf to Ctrl-C, and so would be its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
from caseload_balancer.datasets.arrays import service
from caseload_balancer.engine import solve

arrays = service(60, 800, seed=1, scope="service")
result = solve(
    arrays,
    time_limit=600,
    handle_signals=True,
    on_improvement=lambda *_: print("better", flush=True),
)
try:
    print(result.stop_reason, flush=True)
    while True:
        pass
except KeyboardInterrupt:
    print("python is well", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a single child there")
def test_ctrl_c_returns_the_incumbent_and_python_lives_on():
    child = subprocess.Popen(  # noqa: S603 (this file's own script)
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    giving_up = threading.Timer(600, child.kill)
    giving_up.start()
    with child:
        assert child.stdout.readline() == "better\n"
        child.send_signal(signal.SIGINT)
        assert next(line for line in child.stdout if line != "better\n") == "interrupted\n"
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "python is well\n"
    giving_up.cancel()
    assert child.returncode == 0


def test_same_arrays_and_seed_give_the_same_assignment():
    arrays = service(8, 70, seed=5)
    first, second = (solve(arrays, time_limit=60, granted=4, seed=7) for _ in range(2))
    assert np.array_equal(first.assignment, second.assignment)
    assert first.bounds == second.bounds
