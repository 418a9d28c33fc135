"""Ids stand in results, and in nothing else a command leaves: no log, no file name, no manifest."""

import json
import os
import subprocess
import sys
import tempfile

import pytest

import caseload_balancer as cb
from tests.cli.conftest import case, week_of, worker

PLANTED = "Zqxwvut"
OF_RUNS = ("manifest.json", "run.json", "record.json", "transparency.md", "impact.html")
REFUSES_SOCKETS = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}:
        with open({log!r}, "a") as log:
            log.write(event + "\\n")
        raise OSError("no network in this test")

sys.addaudithook(refuse)
"""


@pytest.fixture
def planted_week(tmp_path):
    workers = [
        worker(f"{PLANTED}-W{number}", cap=3, team_ids=[f"{PLANTED}-T"]) for number in (1, 2)
    ]
    cases = [
        case(
            number,
            f"{PLANTED}-W1" if number < 4 else None,
            case_id=f"{PLANTED}-C{number}",
            family_id=f"{PLANTED}-F{number}",
            team_id=f"{PLANTED}-T",
        )
        for number in range(5)
    ]
    return cb.write_folder(week_of(cases, workers), tmp_path / "week")


def commands(week, out):
    yield "allocate", week, "--out", out / "plan"
    decisions = out / "decisions.csv"
    decisions.write_text(f"case_id,decision\n{PLANTED}-C4,accept\n", encoding="utf-8")
    about = ("--plan", out / "plan")
    yield "reallocate", week, "--overrides", decisions, *about, "--out", out / "agreed"
    columns = ("--columns", "Id=case_id,Worker=worker_id")
    yield "export", week, "--as", "import", *columns, "--out", out / "import.csv", *about
    yield "govern", week, *about, "--out", out / "papers"
    yield "reproduce", week, "--record", out / "papers" / "record.json"
    yield "frontier", week, "--moves", 1, "--out", out / "frontier", "--time-limit", 2
    yield "quality", week, "--out", out / "quality.html"
    yield "map", week, "--out", out / "mapping.toml"
    yield "simulate", week, *("--weeks", 1, "--replications", 1), "--out", out / "simulated"
    yield "doctor", "--out", out
    key = ("--key", out / "keys" / "a.key", "--new-key")
    yield "pseudonymise", week, "--out", out / "pseudonyms", *key


def test_planted_ids_are_in_results_alone(caseload, planted_week, tmp_path, monkeypatch):
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    out.mkdir()
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr(tempfile, "tempdir", None)
    for command in commands(planted_week, out):
        done = caseload(*command, "--quiet")
        assert done.exit_code in {0, 3}, (command[0], done.output)
        assert PLANTED not in done.output, command[0]
        assert list(scratch.iterdir()) == [], command[0]
    files = [file for file in out.rglob("*") if file.is_file()]
    assert len(files) > 20
    assert not any(PLANTED in str(file.relative_to(tmp_path)) for file in files)
    assert not any(file.name.startswith(".") for file in files)
    telling = [file for file in files if file.name in OF_RUNS]
    assert len(telling) == 9
    assert not any(PLANTED in file.read_text(encoding="utf-8") for file in telling)
    assert PLANTED in (out / "plan" / "plan.json").read_text(encoding="utf-8")


def test_the_whole_job_opens_no_socket(met_week, tmp_path):
    """Also in the processes that search; a solver's own code is beyond what Python sees."""
    hooks, log = tmp_path / "hooks", tmp_path / "sockets"
    hooks.mkdir()
    hook = REFUSES_SOCKETS.replace("{log!r}", repr(str(log)))
    (hooks / "sitecustomize.py").write_text(hook, encoding="utf-8")
    path = os.pathsep.join([str(hooks), *sys.path])
    done = subprocess.run(  # noqa: S603 - our own command line
        [
            *(sys.executable, "-m", "caseload_balancer", "allocate", str(met_week)),
            *("--out", str(tmp_path / "out"), "--json", "--time-limit", "600"),
        ],
        capture_output=True,
        check=False,
        timeout=600,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["plan"]["status"] == "optimal"
    assert not log.exists()
    tried = subprocess.run(
        [sys.executable, "-c", "import socket; socket.getaddrinfo('localhost', 1)"],
        capture_output=True,
        check=False,
        timeout=600,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert tried.returncode != 0
    assert log.read_text(encoding="utf-8") == "socket.getaddrinfo\n"
