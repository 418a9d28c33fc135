"""What the doctor says of a machine: true where all is well, and where something is not."""

import itertools
import json
import os
import pickle
import socket
import stat
import tomllib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import caseload_balancer as cb
from caseload_balancer.arrays import broken_limits, values
from caseload_balancer.health import folders, machine, solvers, versions
from caseload_balancer.health.answer import Health, HealthCheck
from caseload_balancer.health.ledgers import check_ledger
from tests.cli.conftest import caseload

__all__ = ["caseload"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def health(tmp_path_factory):
    return cb.doctor(tmp_path_factory.mktemp("out"))


def states(checks):
    return {check.what: check.state for check in checks}


@pytest.mark.parametrize("name", solvers.known_models())
def test_the_known_values_are_those_of_trying_everything(name):
    model = solvers.known_models()[name]
    arrays = model.arrays
    every = itertools.product(range(-1, arrays.workers), repeat=arrays.units)
    tried = (np.array(one) for one in every)
    best = min(values(arrays, one) for one in tried if not broken_limits(arrays, one))
    assert best == model.best


def test_a_machine_on_which_all_is_well(health):
    assert health.ok, health.text
    assert {check.part for check in health.checks} >= {"versions", "solvers", "folders", "machine"}
    assert "wrong" not in states(health.checks).values()
    assert [one for one in health.tables()["checks"].rows if one[0] == "solvers"]
    assert pickle.loads(pickle.dumps(health)) == health  # noqa: S301 - our own bytes


def test_a_solver_that_answers_wrongly_is_found_out(monkeypatch):
    real = solvers.solve

    def wrong(arrays, **how):
        result = real(arrays, **how)
        return replace(result, assignment=arrays.start)

    monkeypatch.setattr(solvers, "solve", wrong)
    (first, *_) = solvers.check_solvers()
    assert (first.state, "is best" in first.says) == ("wrong", True)


def test_a_bound_that_nothing_proves_is_found_out(monkeypatch):
    real = solvers.solve
    lie = lambda arrays, **how: replace(real(arrays, **how), bounds=(10**6,) * arrays.tiers)  # noqa: E731
    monkeypatch.setattr(solvers, "solve", lie)
    assert {check.state for check in solvers.check_solvers() if "model" in check.what} == {"wrong"}


def test_folders_are_tried_and_left_as_they_were(tmp_path):
    found = list(folders.check_folders(tmp_path / "not" / "there" / "yet"))
    assert set(states(found).values()) == {"well"}, found
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x", encoding="utf-8")
    first, _ = folders.check_folders(tmp_path / "file")
    assert (first.state, "not a folder" in first.says) == ("wrong", True)


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are not there")
def test_a_folder_that_opens_files_to_others_is_seen(tmp_path, monkeypatch):
    real = folders.write_together

    def open_to_all(folder, files):
        real(folder, files)
        for name in files:
            (folder / name).chmod(0o644)

    monkeypatch.setattr(folders, "write_together", open_to_all)
    first, _ = folders.check_folders(tmp_path)
    assert (first.state, "others may read" in first.says) == ("look", True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path):
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    first, _ = folders.check_folders(tmp_path)
    tmp_path.chmod(0o700)
    assert (first.state, "cannot be written to" in first.says) == ("wrong", True)


def test_versions_other_than_the_tested_are_told(monkeypatch):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(versions.requirements()[None]) == len(project["dependencies"])
    assert versions.tested_versions()["ortools"] == ("9.15.6755",)
    assert len(versions.tested_versions()["numpy"]) == 2
    monkeypatch.setattr(versions, "installed", {"ortools": "99.1"}.get)
    found = {check.what: check for check in versions.check_versions()}
    assert found["ortools"].state == "look"
    assert found["ortools"].says == "99.1; tested with 9.15.6755"
    assert (found["numpy"].state, "pip install numpy" in found["numpy"].says) == ("wrong", True)
    extras = {check.what: check for check in versions.check_extras()}
    assert extras["excel"].state == "absent"
    assert 'pip install "caseload-balancer[excel]"' in extras["excel"].says
    assert "dev" not in extras


def test_a_container_has_what_it_is_given(monkeypatch):
    told = {"/sys/fs/cgroup/memory.max": str(2**28), "/sys/fs/cgroup/cpu.max": "50000 100000"}
    monkeypatch.setattr(machine, "_content", lambda path: told.get(path, "max"))
    cores, memory = machine.check_machine()
    assert cores.says.startswith("0.5 of ")
    assert (memory.state, memory.says[:6]) == ("look", "0.2 GB")


def test_a_ledger_is_asked_and_nothing_is_made(tmp_path, monkeypatch):
    pytest.importorskip("sqlalchemy")
    file = tmp_path / "ledger.db"
    assert check_ledger(str(file)).state == "look"
    assert not file.exists()
    assert check_ledger(str(tmp_path / "no" / "ledger.db")).state == "wrong"
    assert check_ledger("no such thing://").state == "wrong"
    import sqlite3  # noqa: PLC0415 - for this test alone

    with closing(sqlite3.connect(file)) as connection:
        connection.executescript("CREATE TABLE one (two);")
    before = file.read_bytes()
    other = check_ledger(f"sqlite:///{file}")
    assert (other.state, "something else" in other.says) == ("wrong", True)
    assert file.read_bytes() == before
    file.write_bytes(b"no database" * 100)
    assert check_ledger(str(file)).state == "wrong"
    folder = check_ledger(str(tmp_path))
    assert (folder.state, "is a folder" in folder.says) == ("wrong", True)

    def refused(*_):
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refused)
    for address in ("postgresql+psycopg", "postgresql"):
        away = check_ledger(f"{address}://me:Zqxwvut@127.0.0.1:1/x")
        assert (away.state, "cannot be reached" in away.says) == ("wrong", True)
        assert "Zqxwvut" not in f"{away}"


def test_the_doctor_says_what_opening_a_ledger_would_do_and_does_not_do_it(tmp_path, monkeypatch):
    pytest.importorskip("sqlalchemy")
    from caseload_balancer.ledger.migrating import bring_up_to_date  # noqa: PLC0415 - an extra
    from caseload_balancer.ledger.places import engine_of, url_of  # noqa: PLC0415 - as above

    new, older, half = (tmp_path / name for name in ("new.db", "older.db", "half.db"))
    cb.Ledger.open(new).close()
    assert check_ledger(str(new)).state == "well"
    older.touch()
    empty = check_ledger(str(older))
    assert (empty.state, "no ledger is in it yet" in empty.says) == ("look", True)
    bring_up_to_date(engine_of(url_of(older)), "older", revision="0001")
    before = older.read_bytes()
    found = check_ledger(str(older))
    assert (found.state, "older version" in found.says) == ("look", True)
    assert older.read_bytes() == before
    monkeypatch.setattr("os.access", lambda where, _mode: where != new)  # the tests may run as root
    closed = check_ledger(str(new))
    assert (closed.state, "may not write" in closed.says) == ("wrong", True)
    monkeypatch.undo()
    half.write_bytes(new.read_bytes()[:40_000])
    damaged = check_ledger(str(half))
    assert (damaged.state, "Restore it from a backup" in damaged.says) == ("wrong", True)


def test_the_command_shows_a_table_and_its_code_says_whether_all_is_well(
    caseload, health, tmp_path, monkeypatch
):
    from caseload_balancer.cli import doctor  # noqa: PLC0415 - loaded when it runs

    monkeypatch.setattr(doctor, "examine", lambda _out, **_: health)
    done = caseload("doctor", "--out", tmp_path, COLUMNS="200")
    assert done.exit_code == 0
    assert "OR-Tools" in done.stdout
    ill = Health((HealthCheck("folders", "temporary folder", "wrong", "is full"),))
    monkeypatch.setattr(doctor, "examine", lambda _out, **_: ill)
    done = caseload("doctor", "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, document["ok"], document["exit_code"]) == (3, False, 3)
    assert document["answer"]["checks"][0]["says"] == "is full"
