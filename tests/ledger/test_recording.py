"""A week is recorded once, whole or not at all."""

import stat
from datetime import date
from pathlib import Path

import pytest

import caseload_balancer as cb
from tests.ledger.weeks import MONDAY, child, planned, record, week
from tests.refusing import refused

HASH = "ab" * 32


def test_what_was_recorded_comes_back(place):
    snapshot = week({"C-1": "W-1", "C-2": None})
    plan = planned(snapshot, {"C-2": "W-3"})
    with cb.Ledger.open(place.where) as ledger:
        done = ledger.record(
            snapshot, plan, inputs={"cases.csv": HASH}, files={"run.json": None}, limits={"s": 30.0}
        )
        run = ledger.run(MONDAY)
        assert done.is_new
        assert done.run == run
        assert ledger.runs() == (run,)
        assert (run.as_of, run.kind, run.superseded) == (MONDAY, "proposed", False)
        assert run.inputs_hash == snapshot.fingerprint
        assert run.plan_hash == plan.fingerprint
        assert run.versions == plan.versions
        assert run.inputs == {"cases.csv": HASH}
        assert run.files == {"run.json": None}
        assert run.limits == {"s": 30.0}
        assert run.counts["kept"] == 1
        assert [
            (one.case_id, one.holder_id, one.planned_id) for one in ledger.case_weeks(MONDAY)
        ] == [
            ("C-1", "W-1", "W-1"),
            ("C-2", None, "W-3"),
        ]
        assert [one.worker_id for one in ledger.worker_weeks(MONDAY)] == ["W-1", "W-2", "W-3"]
        assert ledger.verify().ok


def test_the_same_run_twice_is_one_record(place):
    snapshot = week({"C-1": "W-1"})
    plan = planned(snapshot)
    with cb.Ledger.open(place.where) as ledger:
        first = ledger.record(snapshot, plan)
        head = ledger.head
    with cb.Ledger.open(place.where) as ledger:
        again = ledger.record(snapshot, plan)
        other = ledger.record(snapshot, planned(snapshot, seed=7))
        assert (again.is_new, again.same_plan, again.run) == (False, True, first.run)
        assert (other.is_new, other.same_plan) == (False, False)
        assert ledger.head == head != ""


def test_another_input_for_a_recorded_week_is_refused_unless_it_is_to_replace(place):
    first, second = week({"C-1": "W-1"}), week({"C-1": "W-2"})
    with cb.Ledger.open(place.where) as ledger:
        ledger.record(first, planned(first))
        with pytest.raises(cb.LedgerError, match="recorded with another input") as caught:
            ledger.record(second, planned(second))
        assert isinstance(caught.value, cb.RecordedWeekError)
        assert (caught.value.rule, caught.value.exit_code) == ("another_input", 5)
        assert len(ledger.runs(superseded=True)) == 1
        done = ledger.record(second, planned(second), replace=True)
        old, new = ledger.runs(superseded=True)
        assert (done.is_new, done.run, done.run.supersedes) == (True, new, old.number)
        assert (old.superseded, new.superseded) == (True, False)
        assert ledger.runs() == (new,)
        assert [one.holder_id for one in ledger.case_weeks(MONDAY)] == ["W-2"]
        assert "another input" in refused(lambda: ledger.record(first, planned(first)))


def test_another_policy_is_another_record(file):
    snapshot = week({"C-1": "W-1"})
    with cb.Ledger.open(file.where) as ledger:
        ledger.record(snapshot, planned(snapshot))
        other = planned(snapshot, policy=HASH)
        assert "with another policy" in refused(lambda: ledger.record(snapshot, other))


def test_a_plan_of_another_week_is_refused(file):
    snapshot, other = week({"C-1": "W-1"}), week({"C-1": "W-2"})
    with cb.Ledger.open(file.where) as ledger, pytest.raises(cb.DataError):
        ledger.record(snapshot, planned(other))


def test_a_policy_comes_back_as_a_file_that_makes_the_same_policy(file, tmp_path):
    snapshot = week({"C-1": "W-1"})
    for number, policy in enumerate(("steady", "least-moves", "even-out")):
        made = cb.allocate(snapshot, policy, time_limit=5)
        with cb.Ledger.open(Path(file.where).with_name(f"{number}.db")) as ledger:
            ledger.record(snapshot, made)
            own = tmp_path / f"{policy}.toml"
            own.write_text(ledger.policy_text(made.policy_hash), encoding="utf-8")
            assert cb.Policy.read(own) == made.policy
            assert "no policy" in refused(lambda: ledger.policy_text(HASH))


def test_a_week_that_is_not_there_is_none_or_refused(file):
    with cb.Ledger.open(file.where) as ledger:
        assert ledger.run(MONDAY) is None
        assert ledger.runs() == ledger.spells() == ledger.decisions() == ()
        assert ledger.head == ""
        assert ledger.verify().text == "The ledger is whole: 0 rows."
        with pytest.raises(cb.LedgerError, match="2026-01-05 is not in the ledger"):
            ledger.case_weeks("2026-01-05")


def test_a_new_file_is_for_its_owner_alone(file):
    cb.Ledger.open(file.where).close()
    assert stat.S_IMODE(Path(file.where).stat().st_mode) == 0o600


def test_what_is_no_ledger_is_refused(tmp_path):
    text = tmp_path / "cases.csv"
    text.write_text("case_id\n" * 1000, encoding="utf-8")
    assert "is no ledger" in refused(lambda: cb.Ledger.open(text))
    assert "is a folder" in refused(lambda: cb.Ledger.open(tmp_path))
    assert "no folder" in refused(lambda: cb.Ledger.open(tmp_path / "there" / "ledger.db"))
    assert "begins with postgresql" in refused(lambda: cb.Ledger.open("mysql://somewhere/db"))
    assert "no URL" in refused(lambda: cb.Ledger.open("://"))
    with pytest.raises(cb.MissingInputError, match="no ledger at"):
        cb.Ledger.open(tmp_path / "ledger.db", create=False)
    assert not (tmp_path / "ledger.db").exists()


def test_a_password_is_in_no_message():
    url = "postgresql://me:secret@localhost:1/no-such"
    with pytest.raises(cb.LedgerError) as caught:
        cb.Ledger.open(url)
    assert caught.value.rule == "gone"
    assert "secret" not in str(caught.value)
    assert "me:***@localhost" in str(caught.value)


def test_a_child_with_a_manager_waits(file):
    workers = [
        cb.Worker(worker_id="W-1", employment="permanent"),
        cb.Worker(worker_id="DUTY", employment="permanent", role="manager"),
    ]
    snapshot = cb.Snapshot(
        as_of=MONDAY,
        cases=[child("C-1", "DUTY", team_id=None), child("C-2", "W-1", team_id=None)],
        workers=workers,
    )
    with cb.Ledger.open(file.where) as ledger:
        ledger.record(snapshot, planned(snapshot, {"C-1": "W-1"}))
        assert [one.holder_id for one in ledger.case_weeks(MONDAY)] == [None, "W-1"]


def test_arguments_are_looked_at_before_anything_is_written(file):
    snapshot = week({"C-1": "W-1"})
    plan = planned(snapshot)
    with cb.Ledger.open(file.where) as ledger:
        said = refused(lambda: ledger.record(snapshot, plan, inputs={"cases.csv": "abc"}))
        assert "SHA-256" in said
        assert "figures" in refused(lambda: ledger.record(snapshot, plan, limits={"who": [1]}))
        said = refused(lambda: ledger.decide(snapshot, plan, plan, role="Ann Ash"))
        assert "must be one of manager" in said
        assert ledger.runs() == ()


def test_weeks_can_be_recorded_in_any_order(file):
    with cb.Ledger.open(file.where) as ledger:
        record(ledger, week({"C-1": "W-2"}, number=1))
        record(ledger, week({"C-1": "W-1"}))
        assert [run.as_of for run in ledger.runs()] == [MONDAY, date(2026, 1, 12)]
        assert ledger.verify().ok
