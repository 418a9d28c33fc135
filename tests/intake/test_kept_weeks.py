"""A week that its folder keeps, read like any other."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import caseload_balancer as cb
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.intake import read_with_notices
from caseload_balancer.intake.kept_weeks import KEPT_FILE, kept_text, kept_week
from caseload_balancer.intake.names_files import kept_names
from caseload_balancer.intake.source_files import digests_of
from tests.ledger.weeks import week

HISTORY = (cb.Spell(case_id="C-1", worker_id="W-2", starts_on="2025-06-02", ends_on="2025-09-01"),)
READ = week({"C-1": "W-1", "C-2": None})
SAID = "1 spell came from the ledger."
REMARK = Remark("spells", None, None, "from_ledger", SAID, is_warning=False)


@pytest.fixture
def folder(tmp_path) -> Path:
    planned = READ.model_copy(update={"spells": HISTORY})
    planned = planned.remembering(replace(planned.origin, remarks=(REMARK,)))
    (tmp_path / KEPT_FILE).write_text(kept_text(READ, {}, planned), encoding="utf-8")
    (tmp_path / "allocations.csv").write_text("case_id,worker_id\n", encoding="utf-8")
    return tmp_path


def change(folder, **keys):
    document = json.loads((folder / KEPT_FILE).read_text(encoding="utf-8"))
    text = json.dumps({**document, **keys}, sort_keys=True)
    (folder / KEPT_FILE).write_text(text, encoding="utf-8")


def test_it_comes_back_as_it_was_planned_and_says_what_was_said_of_it(folder):
    snapshot, notices = read_with_notices(folder)
    assert (snapshot.spells, snapshot.cases) == (HISTORY, READ.cases)
    assert REMARK in snapshot.remarks
    assert REMARK.message in [one.message for one in notices]
    kept = kept_week(folder)
    assert (kept.read, kept.planned) == (READ, snapshot)


def test_the_digest_is_that_of_the_week_alone(folder):
    (folder / "meeting.xlsx").write_bytes(b"filled in")
    assert list(digests_of(folder)) == [KEPT_FILE]


def test_names_that_are_given_are_shown(folder, tmp_path):
    names = tmp_path / "staff.csv"
    names.write_text("id,name\nW-1,Ann Ash\n", encoding="utf-8")
    with kept_names() as found:
        read_with_notices(folder, names=names)
    assert found == {"W-1": "Ann Ash"}


def test_another_date_is_refused_and_the_same_is_not(folder):
    assert cb.read(folder, as_of="2026-01-05").as_of == READ.as_of
    with pytest.raises(cb.DataError, match="keeps the week of 2026-01-05, and as_of says 2026-01"):
        cb.read(folder, as_of="2026-01-12")


def test_tables_beside_it_are_meant(folder):
    cb.write_folder(week({"C-9": "W-1"}), folder)
    assert [one.case_id for one in cb.read(folder).cases] == ["C-9"]
    assert "cases.csv" in digests_of(folder)


def test_one_that_an_older_version_kept_is_read_without_history(folder):
    document = json.loads((folder / KEPT_FILE).read_text(encoding="utf-8"))
    del document["planned"]
    (folder / KEPT_FILE).write_text(json.dumps(document, sort_keys=True), encoding="utf-8")
    assert cb.read(folder) == READ
    assert kept_week(folder).planned is None


@pytest.mark.parametrize(
    "keys",
    [{"snapshot": 7}, {"planned": {}}, {"planned": {"spells": [{}], "remarks": []}}, {"found": 1}],
)
def test_one_that_is_not_as_it_was_written_is_refused(folder, keys):
    change(folder, **keys)
    assert kept_week(folder) is None
    with pytest.raises(cb.DataError, match="not as it was written"):
        cb.read(folder)


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, '{"format": "another"}', "\xff"])
def test_somebody_elses_file_of_that_name_is_passed_over(folder, text):
    (folder / KEPT_FILE).write_text(text, encoding="latin-1")
    assert kept_week(folder) is None
    with pytest.raises(cb.MissingInputError, match=r"cases\.csv is not in"):
        cb.read(folder)
