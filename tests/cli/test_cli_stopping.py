"""A request to end, at any moment: the best plan is written, or it is said that none was."""

import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

import caseload_balancer as cb
from caseload_balancer import checker, plan, read_plan_json
from caseload_balancer.cli import main as run_main
from caseload_balancer.cli import searches, stopping
from caseload_balancer.cli.commands import app
from caseload_balancer.cli.stopping import Stopped, StopRequests
from caseload_balancer.output import PLAN_FILES

SIGNALS = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if os.name == "posix" else [])]


@pytest.fixture(autouse=True)
def _hears_signals():
    """Have signals do what they do in front: some are ignored where the tests run behind."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in SIGNALS}
    yield
    for number, previous in before.items():
        signal.signal(number, previous)


@pytest.mark.parametrize("number", SIGNALS)
def test_at_first_a_request_ends_what_is_under_way(number):
    requests = StopRequests()
    with pytest.raises(Stopped), requests.handled():
        signal.raise_signal(number)
    assert requests.asked
    assert requests.cut_short
    assert signal.getsignal(number) is signal.SIG_DFL


@pytest.mark.parametrize("number", SIGNALS)
def test_what_a_search_has_found_is_finished(number):
    requests = StopRequests()
    with requests.handled():
        assert not requests.of_search()
        signal.raise_signal(number)
        assert requests.of_search()
    assert not requests.cut_short


def test_a_second_request_does_not_disturb_the_ending():
    requests = StopRequests()
    with requests.handled():
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)


def test_what_is_ignored_stays_so():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with StopRequests().handled():
        signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_other_threads_change_nothing():
    found = []

    def look():
        with StopRequests().handled():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [signal.SIG_DFL]


def test_a_window_that_is_closed_is_a_request_to_end(monkeypatch):
    requests, asked = StopRequests(), []
    monkeypatch.setattr(stopping, "_thread", SimpleNamespace(interrupt_main=asked.append))
    assert not requests.close_window(0)  # Ctrl-C comes as a signal
    assert all(requests.close_window(event, patience=0) for event in (2, 5, 6))
    assert asked == [signal.SIGTERM] * 3


def moments(monkeypatch, where):
    """Ask to end at a moment of a command."""
    owner, name = where
    real = getattr(owner, name)

    def ask(*given, **named):
        if threading.current_thread() is threading.main_thread():  # not where it is rehearsed
            signal.raise_signal(signal.SIGTERM)
        return real(*given, **named)

    monkeypatch.setattr(owner, name, ask)


@pytest.mark.parametrize("moment", ["read_with_notices", "build_problem", "give_way"])
def test_before_the_search_nothing_is_written(caseload, met_week, tmp_path, monkeypatch, moment):
    from caseload_balancer import solving  # noqa: PLC0415 - where the moments are
    from caseload_balancer.cli import weeks  # noqa: PLC0415 - as above

    moments(monkeypatch, (weeks if moment == "read_with_notices" else solving, moment))
    done = caseload("allocate", met_week, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 130
    assert "nothing written" in done.stderr
    assert json.loads(done.stdout)["exit_code"] == 130
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("room", "moment"), [(checker.Checker, "check"), (plan, "make_plan"), (cb, "write_plan")]
)
def test_a_search_that_is_finished_is_never_thrown_away(
    caseload, met_week, tmp_path, monkeypatch, room, moment
):
    moments(monkeypatch, (room, moment))
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert set(PLAN_FILES) < {file.name for file in (tmp_path / "out").iterdir()}
    assert read_plan_json(tmp_path / "out" / "plan.json").status == "optimal"


def test_an_error_that_a_library_makes_of_it_is_a_request_to_end(
    caseload, met_week, tmp_path, monkeypatch
):
    def other_error(*_given, **_named):
        try:
            signal.raise_signal(signal.SIGINT)
        except Stopped:
            raise ImportError("PyCapsule_Import could not import module") from None

    monkeypatch.setattr("caseload_balancer.cli.weeks.read_with_notices", other_error)
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert "nothing written" in done.stderr


def test_a_package_that_could_not_be_loaded_for_a_request_to_end_is_not_called_broken(
    caseload, met_week, tmp_path, monkeypatch
):
    (tmp_path / "polars").mkdir()
    (tmp_path / "polars" / "__init__.py").write_text(
        "import signal\n"
        "try:\n    signal.raise_signal(signal.SIGINT)\n"
        "except BaseException:\n    raise ImportError('no module') from None\n",
        encoding="utf-8",
    )

    def loading(*_given, **_named):
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, "polars", raising=False)
        importlib.import_module("polars")

    monkeypatch.setattr("caseload_balancer.cli.weeks.read_with_notices", loading)
    done = caseload("allocate", met_week, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert "nothing written" in done.stderr
    assert "cannot be loaded" not in done.stderr


def test_before_the_command_itself_is_loaded(monkeypatch, capsys):
    def interrupted(*_given, **_named):
        signal.raise_signal(signal.SIGINT)

    def ended_at_once(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", ended_at_once)
    monkeypatch.setattr(sys, "argv", ["caseload", "check", "nowhere"])
    monkeypatch.setattr("caseload_balancer.cli.streams.make_streams_patient", interrupted)
    with pytest.raises(SystemExit) as ended:
        run_main()
    assert ended.value.code == 130
    assert "nothing was written" in capsys.readouterr().err


def test_commands_that_search_are_told_from_others():
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    searching = {name for name in known if searches([name])}
    of_files = {"check", "map", "quality", "template", "forget", "history", "pseudonymise"}
    elsewhere = {"allocate-many", "simulate"}  # in processes of their own
    assert known - searching == {*of_files, *elsewhere, "recommend", "compare"}
    assert not searches(["allocate", "--help"])
    assert not searches([])


WHILE_SEARCHING = """
import signal, sys
sys.path[:] = {path!r}
for name in ("SIGINT", "SIGTERM"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)
from caseload_balancer.cli import main
from caseload_balancer.cli import waits
waits.Wait.update = lambda self, search: print("searching", file=sys.stderr, flush=True)
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to a single process there")
@pytest.mark.parametrize("number", SIGNALS[:2])
def test_a_command_that_searches_ends_with_its_best_plan(tmp_path, number):
    week = cb.write_folder(cb.datasets.service(40, 800, seed=1), tmp_path / "week")
    arguments = ["allocate", week, "--out", tmp_path / "out", "--time-limit", "500"]
    child = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-c", WHILE_SEARCHING.format(path=sys.path), *map(str, arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    giving_up = threading.Timer(600, child.kill)
    giving_up.start()
    with child:
        for line in child.stderr:
            if line == "searching\n":
                child.send_signal(number)
                break
        assert "best plan so far was written" in child.stderr.read()
    giving_up.cancel()
    assert child.returncode == 130
    plan = read_plan_json(tmp_path / "out" / "plan.json")
    assert plan.status == "interrupted"
    assert len(plan.cases) == 800


@pytest.mark.skipif(sys.platform == "win32", reason="no signal to a single process there")
@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03])
def test_a_request_that_comes_when_all_is_done_changes_nothing(met_week, tmp_path, delay):
    command = [sys.executable, "-m", "caseload_balancer", "allocate", met_week, "--out"]
    child = subprocess.Popen(  # noqa: S603 - our own command line
        [*map(str, command), str(tmp_path / "out")], stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout.read(1)  # the plan is written, and this tells of it
        time.sleep(delay)
        child.send_signal(signal.SIGINT)
    assert child.returncode == 0
