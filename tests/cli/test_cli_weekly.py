"""``caseload weekly``: exit codes a schedule can act on, and a log without an id."""

import json
import stat
import sys

import pytest
from filelock import FileLock

import caseload_balancer as cb
from caseload_balancer.weekly.locks import LOCK_FILE


@pytest.fixture
def weekly(met_week, tmp_path):
    """Settings for the week of `met_week`, with a log."""
    file = tmp_path / "weekly.toml"
    file.write_text(
        f'input = "{met_week.as_posix()}"\nout = "weeks"\nlog = "logs/weekly.log"\n',
        encoding="utf-8",
    )
    return file


def log_of(weekly):
    return (weekly.parent / "logs" / "weekly.log").read_text(encoding="utf-8").splitlines()


def test_a_run_and_a_second_one_add_a_line_each(caseload, weekly):
    assert caseload("weekly", weekly, "--quiet").exit_code == 0
    again = caseload("weekly", weekly)
    assert again.exit_code == 0
    assert "recorded already; there was nothing to do" in again.stdout.replace("\n", " ")
    first, second = log_of(weekly)
    assert " 2026-03-02 recorded, 5 children, " in first
    assert " 2026-03-02 recorded before, 5 children, " in second
    assert first.split(", ")[1:] == second.split(", ")[1:]
    if sys.platform != "win32":
        log = weekly.parent / "logs" / "weekly.log"
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_the_document_has_counts_and_what_was_accepted(caseload, weekly):
    found = json.loads(caseload("weekly", weekly, "--json").stdout)
    assert (found["outcome"], found["as_of"], found["exit_code"]) == ("recorded", "2026-03-02", 0)
    assert found["counts"]["new"] == 1
    assert found["accepted"] == []


def test_breaches_are_told_the_second_time_too(caseload, unmet_week, tmp_path):
    file = tmp_path / "weekly.toml"
    file.write_text(f'input = "{unmet_week.as_posix()}"\nout = "weeks"\n', encoding="utf-8")
    assert caseload("weekly", file).exit_code == 3
    run = caseload("weekly", file, "--quiet")
    assert run.exit_code == 3
    assert "1 breach" in run.stderr


def test_a_second_run_at_the_same_time_has_a_code_of_its_own(caseload, weekly):
    out = weekly.parent / "weeks"
    out.mkdir()
    with FileLock(out / LOCK_FILE, fallback_to_soft=False):
        run = caseload("weekly", weekly)
    assert run.exit_code == 75
    assert "another weekly run is at work" in run.stderr
    assert log_of(weekly)[0].endswith("failed 75: AnotherRunError")
    assert caseload("weekly", weekly).exit_code == 0


def test_other_tables_have_a_code_of_their_own_and_no_id_in_the_log(caseload, weekly, met_week):
    assert caseload("weekly", weekly).exit_code == 0
    other = cb.read(met_week).without_cases(["C1"])
    folder = cb.write_folder(other, weekly.parent / "other")
    weekly.write_text(
        weekly.read_text(encoding="utf-8").replace(met_week.as_posix(), folder.as_posix()),
        encoding="utf-8",
    )
    assert caseload("weekly", weekly).exit_code == 5
    assert caseload("weekly", weekly, "--replace").exit_code == 0
    later = other.after({}).without_workers(["W2"])
    cb.write_folder(later.model_copy(update={"as_of": "2026-06-01"}), folder)
    stopped = caseload("weekly", weekly, "--quiet")
    assert stopped.exit_code == 65
    assert log_of(weekly)[-1].endswith("failed 65: 1 x date-far (service)")
    run = caseload("weekly", weekly, "--accept", "date-far", "--quiet")
    assert run.exit_code in {0, 3}
    assert "Accepted: service: as_of is 2026-06-01" in run.stderr
    text = "\n".join(log_of(weekly)) + run.stderr + stopped.stderr
    assert not any(one in text for one in ("C0", "C2", "W1", "W2"))


def test_a_dry_run_writes_no_log(caseload, weekly):
    run = caseload("weekly", weekly, "--dry-run")
    assert run.exit_code == 0
    assert "nothing was written" in run.stdout
    assert [path.name for path in weekly.parent.iterdir()] == ["weekly.toml"]


def test_a_log_that_cannot_be_written_is_told_before_any_work(caseload, weekly):
    (weekly.parent / "logs").write_text("", encoding="utf-8")
    run = caseload("weekly", weekly)
    assert run.exit_code == 73
    assert "cannot write to the log" in run.stderr
