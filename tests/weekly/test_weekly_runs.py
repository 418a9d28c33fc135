"""Weeks that are run: once each, and never anything half, lost or twice."""

import json
import stat
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import caseload_balancer as cb
from tests.checker.small_weeks import case, worker
from tests.weekly.conftest import first_week, next_week
from tests.workbooks import filling

MONDAY, NEXT = date(2026, 3, 2), date(2026, 3, 9)


def everything(service):
    return {path: path.read_bytes() for path in service.folder.rglob("*") if path.is_file()}


def test_a_week_is_written_and_recorded(service):
    run = service.run()
    assert (run.outcome, run.as_of, run.ok) == ("recorded", MONDAY, True)
    assert set(service.files()) == {
        "allocations.csv",
        "board.html",
        "due.csv",
        "input.json",
        "manifest.json",
        "meeting.xlsx",
        "plan.html",
        "plan.json",
        "summary.txt",
    }
    assert service.records() == [run.plan.fingerprint]
    assert run.line.startswith(
        "2026-03-02 recorded, 6 children, 1 change worker, 1 get one, 0 wait"
    )
    with service.open() as ledger:
        recorded = ledger.run(MONDAY)
        assert set(recorded.files) == set(service.files())
        assert "cases.csv" in recorded.inputs
        assert ledger.verify().ok
    if sys.platform != "win32":
        for path in (*service.weeks.rglob("*"), service.folder / "ledger.db"):
            assert stat.S_IMODE(path.stat().st_mode) in {0o600, 0o700}


def test_the_same_again_is_the_same_bytes_and_no_second_record(service):
    first = service.run()
    files, records = service.files(), service.records()
    again = service.run()
    assert (again.outcome, again.plan, again.head) == ("recorded before", None, first.head)
    assert (again.counts, again.ok, again.status) == (first.counts, first.ok, first.status)
    assert (service.files(), service.records()) == (files, records)


def test_two_services_with_the_same_input_have_the_same_bytes(service, tmp_path_factory):
    service.run()
    other = type(service)(tmp_path_factory.mktemp("other"))
    other.run()
    assert other.files() == service.files()


def test_of_runs_that_race_one_records(service):
    def run(_number):
        try:
            return service.run().outcome
        except cb.AnotherRunError:
            return "another"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(run, range(4)))
    assert outcomes.count("recorded") == 1
    assert set(outcomes) <= {"recorded", "recorded before", "another"}
    assert len(service.records()) == 1
    assert service.run().outcome == "recorded before"


def test_no_id_is_in_a_line_for_the_log_and_none_in_a_folder_for_all(service, monkeypatch):
    made = []
    real = tempfile.TemporaryDirectory

    def noted(*given, **named):
        made.append(real(*given, **named))
        return made[-1]

    monkeypatch.setattr(tempfile, "TemporaryDirectory", noted)
    lines = [service.run(dry_run=True).line, service.run().line]
    lines = [line.partition(", ledger ")[0] for line in lines]  # a hash may have any two letters
    assert not any(one in line for line in lines for one in ("ann", "ben", "cat", "c0", "new,"))
    assert len(made) == 1
    assert not Path(made[0].name).exists()


def test_other_input_for_a_recorded_week_is_refused_and_replaces_on_request(service):
    first = service.run()
    old = service.files()
    service.bring(first_week().with_cases(case("late")))
    with pytest.raises(cb.RecordedWeekError, match="--replace") as refused:
        service.run()
    assert refused.value.exit_code == 5
    assert (service.files(), service.records()) == (old, [first.plan.fingerprint])
    other = service.run(replace=True)
    assert other.outcome == "replaced"
    assert service.records() == [first.plan.fingerprint, other.plan.fingerprint]
    assert service.files(f"2026-03-02-superseded-{first.plan.fingerprint[:8]}") == old
    assert json.loads(service.files()["plan.json"])["inputs_hash"] == other.plan.inputs_hash
    with service.open() as ledger:
        assert ledger.run(MONDAY).plan_hash == other.plan.fingerprint
    assert service.run(replace=True).outcome == "recorded before"


def test_there_and_back_again_nothing_that_was_filled_in_is_lost(service):
    first = service.run()
    other = first_week().with_cases(case("late"))
    for tables, decision in ((other, None), (first_week(), "accept"), (other, None)):
        service.bring(tables)
        service.run(replace=True)
        if decision is not None:
            fill(service, decision)
            filled = service.files()["meeting.xlsx"]
    kept = f"2026-03-02-superseded-{first.plan.fingerprint[:8]}"
    assert service.files(kept)["meeting.xlsx"] != filled
    assert service.files(f"{kept}-2")["meeting.xlsx"] == filled
    assert len(service.records()) == 4


def test_another_policy_for_a_recorded_week_is_refused(service):
    service.run()
    policy = service.folder / "policy.toml"
    policy.write_text('extends = "steady"\n[churn]\nmove = 11\n', encoding="utf-8")
    with pytest.raises(cb.RecordedWeekError):
        service.run()


def test_the_next_week_knows_the_one_before(service):
    first = service.run()
    service.bring(next_week(first.plan).model_copy(update={"spells": ()}))
    run = service.run()
    assert run.outcome == "recorded"
    assert run.history > 0
    assert run.not_carried_out == 0
    assert len(service.records()) == 2
    service.bring(next_week({}).model_copy(update={"spells": ()}))
    assert service.run(replace=True).not_carried_out == 2


def test_what_is_odd_beside_last_week_stops_the_run_unless_it_is_accepted(service):
    service.say("[limits]\ncounted_from = 5\n")
    first = service.run()
    service.bring(next_week(first.plan).without_cases(["c1", "c2", "b0", "new"]))
    with pytest.raises(cb.DataError) as stopped:
        service.run()
    codes = {one.rule for one in stopped.value.problems}
    assert codes == {"rows-gone", "children-changed"}
    assert "2 rows of 6 last week" in str(stopped.value)
    assert service.files("2026-03-09") is None
    assert len(service.records()) == 1
    with pytest.raises(cb.DataError) as stopped:
        service.run(accept=["rows-gone:cases"])
    assert {one.rule for one in stopped.value.problems} == {"children-changed"}
    run = service.run(accept=["rows-gone", "children-changed"])
    assert {one.code for one in run.accepted} == codes
    assert "accepted children-changed rows-gone" in run.line
    # Once it is recorded, nobody has to accept it again.
    assert service.run().outcome == "recorded before"


def test_accepted_in_the_settings(service):
    service.say('accept = ["rows-gone", "children-changed"]\n[limits]\ncounted_from = 5\n')
    first = service.run()
    service.bring(next_week(first.plan).without_cases(["c1", "c2", "b0", "new"]))
    assert service.run().outcome == "recorded"


def test_a_date_that_was_forgotten_and_one_that_is_before_the_last(service):
    first = service.run()
    service.bring(next_week(first.plan))
    service.run()
    service.bring(first_week().model_copy(update={"as_of": "2026-03-04"}))
    with pytest.raises(cb.DataError, match="2026-03-09 is recorded already"):
        service.run()


def test_without_last_weeks_folder_nothing_is_compared_unless_accepted(service):
    first = service.run()
    (service.weeks / "2026-03-02" / "input.json").unlink()
    service.bring(next_week(first.plan))
    with pytest.raises(cb.DataError, match="to hold this week against"):
        service.run()
    assert service.run(accept=["last-week-missing"]).outcome == "recorded"


def test_a_dry_run_writes_nothing_and_says_what_would_be(service):
    run = service.run(dry_run=True)
    assert run.outcome == "dry run"
    assert run.plan is not None
    assert not service.weeks.exists()
    assert not (service.folder / "ledger.db").exists()
    first = service.run()
    service.bring(next_week(first.plan))
    before = everything(service)
    again = service.run(dry_run=True)
    assert again.outcome == "dry run"
    assert {
        path: path.read_bytes() for path in service.folder.rglob("*") if path.is_file()
    } == before
    assert service.run().plan.fingerprint == again.plan.fingerprint


def test_a_folder_that_is_damaged_is_mended_and_a_filled_pack_is_left_alone(service):
    service.run()
    whole = service.files()
    folder = service.weeks / "2026-03-02"
    fill(service)
    filled = (folder / "meeting.xlsx").read_bytes()
    (folder / "plan.html").unlink()
    (folder / "plan.json").write_text("{}", encoding="utf-8")
    run = service.run()
    assert run.outcome == "mended"
    assert service.files() == {**whole, "meeting.xlsx": filled}
    assert service.run().outcome == "recorded before"
    (folder / "meeting.xlsx").unlink()
    assert service.run().outcome == "mended"
    assert service.files() == whole


def fill(service, decision="accept", **more):
    """Decide about every child on the pack of the first week."""
    folder = service.weeks / "2026-03-02"
    plan = cb.read_plan_json(folder / "plan.json")
    changed = [row.case_id for row in plan.cases if row.change != "kept"]
    decided = {child: {"decision": decision, **more} for child in changed}
    filling.fill(folder / "meeting.xlsx", decided)


def test_what_was_decided_about_last_week_is_recorded_once(service):
    service.say('decisions = "weeks/{last}/meeting.xlsx"\ndecided_by = "team_manager"\n')
    first = service.run()
    fill(service, "reject", comment="not her")
    service.bring(next_week({}))
    run = service.run()
    assert run.decisions == 2
    with service.open() as ledger:
        decided = ledger.decisions()
        assert {(one.decision, one.role) for one in decided} == {("rejected", "team_manager")}
        assert ledger.run(MONDAY).kind == "agreed"
    records = service.records()
    assert service.run().outcome == "recorded before"
    assert service.records() == records
    assert service.run(dry_run=True).decisions == 2
    fill(service, "accept")  # they thought again: last week gets one record more, this week none
    assert service.run().outcome == "recorded before"
    assert len(service.records()) == len(records) + 1
    assert service.records()[0] == first.plan.fingerprint


def test_without_a_pack_where_the_settings_name_one_the_run_stops(service):
    service.say('decisions = "weeks/{last}/decided.xlsx"\n')
    first = service.run()
    service.bring(next_week(first.plan))
    with pytest.raises(cb.MissingInputError, match="decided"):
        service.run()


def test_a_filled_pack_of_a_week_that_was_never_recorded_is_not_written_over(service):
    service.run()
    fill(service)
    (service.folder / "ledger.db").unlink()
    with pytest.raises(cb.OutputError, match="decisions have been filled in"):
        service.run()


def test_names_are_shown_and_never_hashed_or_kept(service):
    text = "id,name\nann,Ann Ash\nben,Ben Birch\n"
    (service.folder / "in" / "names.csv").write_text(text, encoding="utf-8")
    service.run()
    assert b"Ann Ash" in service.files()["plan.html"]
    for name, content in service.files().items():
        assert name in {"plan.html", "board.html", "meeting.xlsx"} or b"Ann Ash" not in content
    assert b"Ann Ash" not in (service.folder / "ledger.db").read_bytes()
    with service.open() as ledger:
        recorded = ledger.run(MONDAY)
        assert recorded.files["plan.html"] is None
        assert recorded.files["board.html"] is None
        assert "names.csv" not in recorded.inputs
    service.say("show_names = false\n")
    service.bring(first_week().with_workers(worker("dan")))
    service.run(replace=True)
    assert b"Ann Ash" not in service.files()["plan.html"]
