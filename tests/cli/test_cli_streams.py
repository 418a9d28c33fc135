"""Standard streams that take nothing: what a script is told then."""

import json
import os
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "caseload_balancer"]
FULL = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")  # noqa: PTH110


@pytest.fixture
def full():
    with open("/dev/full", "wb") as device:  # noqa: PTH123 - a device
        yield device


def run(*arguments, **streams):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    return subprocess.run(  # noqa: S603 - our own command line
        [*COMMAND, *map(str, arguments)], check=False, timeout=600, **streams
    )


@pytest.fixture
def closed():
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"], ["--help"]])
def test_who_closes_the_pipe_wants_no_more_and_that_is_no_error(met_week, closed, arguments):
    folder = [] if arguments == ["--help"] else [met_week]
    done = run(*arguments, *folder, stdout=closed)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_plan_is_written_whether_or_not_anybody_reads_along(met_week, closed, tmp_path):
    done = run("allocate", met_week, "--out", tmp_path / "out", stdout=closed)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "out" / "plan.json").is_file()


@FULL
@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"], ["--help"]])
def test_a_full_disk_is_said_to_be_one(met_week, full, arguments):
    folder = [] if arguments == ["--help"] else [met_week]
    done = run(*arguments, *folder, stdout=full)
    assert done.returncode == 73
    assert done.stderr.startswith(b"cannot write to standard output: No space left on device.")
    assert done.stderr.count(b"\n") == 1


@FULL
def test_a_plan_that_is_written_is_told_of_when_the_screen_is_full(met_week, full, tmp_path):
    done = run("allocate", met_week, "--out", tmp_path / "out", stdout=full)
    assert done.returncode == 73
    said = " ".join(done.stderr.decode().split())
    assert f"The result is in {tmp_path / 'out'}." in said
    assert (tmp_path / "out" / "plan.json").is_file()


@FULL
@pytest.mark.parametrize("arguments", [["/nowhere"], ["/nowhere", "--json"]])
def test_an_error_keeps_its_code_when_nobody_hears_of_it(full, arguments):
    assert run("check", *arguments, stdout=full, stderr=full).returncode == 66


@FULL
def test_a_wrong_option_keeps_its_code_when_nobody_hears_of_it(full):
    assert run("check", "--no-such-option", stderr=full).returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-"])
def test_streams_that_were_never_there(met_week, closing):
    script = f'"$1" -m caseload_balancer check "$2" {closing}'
    done = subprocess.run(  # noqa: S603 - our own command line
        ["/bin/sh", "-c", script, "sh", sys.executable, str(met_week)],
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


PRINTING = """
import os
from caseload_balancer.engine.linear_programs import integer
from caseload_balancer.engine.solver_processes import SolverProcesses

asked = integer.solve_integer
seen = []

def printing(*arguments, **settings):
    os.write(1, b"transformNewIntegerFeasibleSolution\\n")
    seen.append(1)
    return asked(*arguments, **settings)

for module in ("neighbourhoods.rounding", "strategies.ties"):
    __import__(f"caseload_balancer.engine.{module}", fromlist=["solve_integer"])
    __import__("sys").modules[f"caseload_balancer.engine.{module}"].solve_integer = printing
SolverProcesses.warm_up = lambda self, searches=1: False

from caseload_balancer import cli

end = os._exit
os._exit = lambda code: end(code if seen else 99)  # 99: the solver was not asked here
cli.main()
"""


def test_what_a_solver_prints_to_the_descriptor_is_no_part_of_the_document(met_week):
    """Where no process of its own can be started, it prints in this one."""
    arguments = ["frontier", met_week, "--json", "--time-limit", 600]
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", PRINTING, *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["command"] == "frontier"
