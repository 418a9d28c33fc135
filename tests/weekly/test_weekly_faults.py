"""Whatever fails in a run, at whichever step: the old state or the new, and a rerun completes it.

Every step and every fault with ``CASELOAD_EVERY_FAULT=1``, as in ``.ci/run``; otherwise some. How
many were injected, and how many ended the run, stands in pytest's ``--junitxml``.
"""

import os
import shutil
from dataclasses import dataclass

import pytest

import caseload_balancer as cb
from caseload_balancer.output import exchanges, whole_files
from caseload_balancer.weekly import running, writing
from tests.checker.small_weeks import case
from tests.weekly import faults
from tests.weekly.conftest import Service, first_week, next_week

EVERY = os.environ.get("CASELOAD_EVERY_FAULT") == "1"
STRIDE = 1 if EVERY else 13

FILE_FAULTS = {
    "full": (("open", "mkdir", "fdopen", "fsync", "link"), faults.full),
    "read only": (("open", "mkdir", "rename", "replace", "chmod"), faults.read_only),
    "open elsewhere": (("rename", "replace"), faults.open_elsewhere),
}
DATABASE_FAULTS = {
    "full": (faults.OF_THE_DATABASE, faults.database_full),
    "locked": (faults.OF_THE_DATABASE, faults.database_locked),
    "gone": (faults.OF_THE_DATABASE, faults.database_gone),
    "gone after the commit": (("do_commit",), faults.after_the_commit),
}


@dataclass
class State:
    """What is there: the files of each week, and the plans that are recorded."""

    weeks: dict
    records: list

    @classmethod
    def of(cls, service):
        weeks = {
            folder.name: {path.name: path.read_bytes() for path in folder.iterdir()}
            for folder in service.weeks.iterdir()
            # What cannot be taken away is left to the next run of another process.
            if folder.is_dir() and ".caseload-" not in folder.name
        }
        return cls(weeks, service.records())


@pytest.fixture
def few_files(planned_once, monkeypatch):
    """Three files and the manifest: each more has the same steps again."""
    real = running.week_files
    kept = ("input.json", "plan.json", "summary.txt", "manifest.json")

    def some(*given):
        files = real(*given)
        return files if EVERY else {name: files[name] for name in kept}

    monkeypatch.setattr(running, "week_files", some)
    monkeypatch.setattr(writing, "digests", dict.fromkeys)


def copied(service, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(service.folder, folder)
    other = Service.__new__(Service)
    other.__dict__.update(service.__dict__, folder=folder, settings=folder / "weekly.toml")
    return other


def sweep(service, monkeypatch, tmp_path, kinds, error, how, record_property):
    """Have one step after the other fail; return how many of them ended the run."""
    target = tmp_path / "copy"
    clean = copied(service, target)
    old = State.of(clean)
    clean.run(**how)
    new = State.of(clean)
    assert new != old
    injected = faults.Faults(monkeypatch, target)
    at, reached, failed, stopped = 1, 0, 0, False
    while not stopped:
        there = copied(service, target)
        injected.arm(kinds, at, error)
        problem = None
        try:
            there.run(**how)
        except cb.CaseloadError as error_told:
            problem = error_told
        stopped = not injected.disarm()
        reached += not stopped
        failed += problem is not None
        assert State.of(there) == (new if problem is None else old), (at, problem)
        run = there.run(**how)
        assert State.of(there) == new, (at, run.outcome)
        at += STRIDE
    record_property("injected", reached)
    record_property("ended the run", failed)
    return failed


@pytest.fixture
def second_week(service, few_files):
    """A service whose first week is recorded and whose second is to be run."""
    first = service.run()
    service.bring(next_week(first.plan))
    return service


@pytest.fixture
def other_tables(service, few_files):
    """A service whose week is recorded and is to be replaced."""
    service.run()
    service.bring(first_week().with_cases(case("late")))
    return service


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_of_the_files_in_a_new_week(
    second_week, monkeypatch, tmp_path_factory, record_property, fault
):
    kinds, error = FILE_FAULTS[fault]
    scratch = tmp_path_factory.mktemp("faults")
    failed = sweep(second_week, monkeypatch, scratch, kinds, error, {}, record_property)
    assert failed


@pytest.mark.parametrize("fault", FILE_FAULTS)
def test_a_fault_of_the_files_when_a_week_is_replaced(
    other_tables, monkeypatch, tmp_path_factory, record_property, fault
):
    kinds, error = FILE_FAULTS[fault]
    scratch = tmp_path_factory.mktemp("faults")
    failed = sweep(
        other_tables, monkeypatch, scratch, kinds, error, {"replace": True}, record_property
    )
    assert failed


@pytest.mark.parametrize("fault", FILE_FAULTS if EVERY else ["open elsewhere"])
def test_a_fault_of_the_files_where_folders_cannot_be_exchanged(
    other_tables, monkeypatch, tmp_path_factory, record_property, fault
):
    monkeypatch.setattr(whole_files, "can_be_exchanged", lambda _folder: False)
    assert exchanges is not None
    kinds, error = FILE_FAULTS[fault]
    scratch = tmp_path_factory.mktemp("faults")
    failed = sweep(
        other_tables, monkeypatch, scratch, kinds, error, {"replace": True}, record_property
    )
    assert failed


@pytest.mark.parametrize("fault", DATABASE_FAULTS)
def test_a_fault_of_the_database(
    second_week, monkeypatch, tmp_path_factory, record_property, fault
):
    kinds, error = DATABASE_FAULTS[fault]
    scratch = tmp_path_factory.mktemp("faults")
    sweep(second_week, monkeypatch, scratch, kinds, error, {}, record_property)
