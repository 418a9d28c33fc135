"""A plan on disk: the same bytes every time, whole or not at all, and safe to open."""

import csv
import html
import json
from pathlib import Path

import pytest

from caseload_balancer import read_plan_json
from caseload_balancer.errors import DataError, MissingInputError, OutputError
from caseload_balancer.output import (
    PLAN_FILES,
    allocations_csv,
    html_report,
    plan_document,
    plan_folders,
    plan_json,
    whole_files,
    write_plan,
)
from caseload_balancer.plan import Plan
from tests.checker.small_weeks import case, cases, day, spell, steady, team, week, worker
from tests.plan.planning import planned

FILES = [
    "allocations.csv",
    "due.csv",
    "manifest.json",
    "meeting.xlsx",
    "plan.html",
    "plan.json",
    "run.json",
    "summary.txt",
]
ROWS = [
    *cases(3, "w", family_id="f"),
    case("x", "section_47", waiting_since=day(-20)),
    case("y", worker_id="u"),
    case("z", team_id="t", worker_id="v", in_court=True, points="2.5"),
]
WORKERS = [worker("w"), worker("v", team_ids=("t",)), worker("u", leaves_on=day(2))]
SNAPSHOT = week(ROWS, WORKERS, teams=[team("t")], spells=[spell("x", "w", -90, -30)])
POLICY = steady(cap={"children_per_fte": 4}, limits={"court_families": 0})


def made(**columns):
    return planned(SNAPSHOT, {"x": "v", "y": "v"}, POLICY, **columns)


@pytest.fixture
def plan():
    return made()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_writing_makes_the_folder_and_every_file(plan, tmp_path):
    folder = tmp_path / "weeks" / "out"
    assert write_plan(plan, folder) == folder
    assert names(folder) == FILES
    assert (folder / "summary.txt").read_text(encoding="utf-8") == f"{plan!r}\n"
    assert json.loads((folder / "run.json").read_text(encoding="utf-8")) == {
        "seconds": 0.0,
        "phases": [],
    }


def test_a_further_format_is_one_more_entry(plan, tmp_path, monkeypatch):
    formats = {**PLAN_FILES, "plan.bin": lambda plan: plan.inputs_hash.encode("utf-16")}
    monkeypatch.setattr(plan_folders, "PLAN_FILES", formats)
    write_plan(plan, tmp_path)
    assert names(tmp_path) == sorted([*FILES, "plan.bin"])
    assert (tmp_path / "plan.bin").read_bytes().decode("utf-16") == plan.inputs_hash


def test_the_same_week_gives_the_same_bytes_however_long_it_took(tmp_path):
    slow = made(seconds=9.0, phases=(("exact", 8.0, "slow."),))
    write_plan(made(seconds=0.1, phases=(("exact", 0.1, "slow."),)), tmp_path / "a")
    write_plan(slow, tmp_path / "b")
    for name in set(FILES) - {"run.json"}:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_json_comes_back_as_the_plan_it_was(plan, tmp_path):
    write_plan(plan, tmp_path)
    back = read_plan_json(tmp_path / "plan.json")
    assert back == plan
    assert back.to_frames("polars")["terms"].equals(plan.to_frames("polars")["terms"])
    assert plan_json(back) == plan_json(plan)


def test_json_holds_everything_with_its_provenance(plan):
    document = json.loads(plan_json(plan))
    assert document == plan_document(plan)
    assert set(document) == {"format", *Plan.model_fields} - {"seconds", "phases", "backend"}
    assert document["inputs_hash"] == SNAPSHOT.fingerprint
    assert document["policy"]["cap"]["children_per_fte"] == 4
    assert document["shortage_fte"] == float(plan.shortage_fte)
    assert [row["case_id"] for row in document["cases"]] == ["c0", "c1", "c2", "x", "y", "z"]


def test_json_has_a_row_a_line(plan):
    lines = plan_json(plan).splitlines()
    row = next(line for line in lines if '"case_id": "x"' in line and '"reason"' in line)
    assert json.loads(row.strip().rstrip(","))["case_id"] == "x"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{", "not_json"),
        ("[]", "not_a_plan"),
        ('{"format": "caseload_balancer plan 1"}', "not_a_plan"),
        ('{"format": "caseload_balancer plan 2"}', "missing"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, text, rule):
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_plan_json(file)
    assert {problem.rule for problem in caught.value.problems} == {rule}


def test_a_plan_that_is_not_there(tmp_path):
    with pytest.raises(MissingInputError, match="there is no plan at"):
        read_plan_json(tmp_path / "plan.json")


def test_allocations_are_one_row_a_case_in_plain_ascii(plan):
    text = allocations_csv(plan)
    assert text.isascii()
    rows = list(csv.DictReader(text.splitlines()))
    assert list(rows[0]) == ["case_id", "worker_id", "previous_worker_id", "change", "reason"]
    assert [row["case_id"] for row in rows] == [row.case_id for row in plan.cases]
    for row, decision in zip(rows, plan.cases, strict=True):
        assert (row["worker_id"] or None) == decision.worker_id
        assert (row["previous_worker_id"] or None) == decision.previous_worker_id
        assert (row["change"], row["reason"]) == (decision.change, decision.reason)


def test_a_waiting_child_has_a_blank_worker():
    text = allocations_csv(planned(week([case("x")], [worker("w")])))
    assert text.splitlines()[1].startswith('x,,,waiting,"Waits: only w has room, ')


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(plan):
    # No id can begin so; a plan read from a file somebody edited can.
    first, *others = plan.cases
    edited = first.model_copy(update={"reason": '=HYPERLINK("x")', "worker_id": "@w"})
    rows = list(
        csv.reader(
            allocations_csv(plan.model_copy(update={"cases": (edited, *others)})).splitlines()
        )
    )
    assert rows[1][1] == "'@w"
    assert rows[1][4] == '\'=HYPERLINK("x")'


def test_the_page_is_whole_and_fetches_nothing(plan):
    page = html_report(plan)
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in html.unescape(page)
    assert "color-scheme" in page
    assert "What to decide this week" in page
    assert "http://" not in page
    assert "https://" not in page
    assert plan.inputs_hash[:12] in page


def write_old(folder):
    folder.mkdir()
    for name in ("allocations.csv", "due.csv", "plan.html"):
        (folder / name).write_text(f"old {name}", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_of_an_earlier_plan_are_replaced_and_others_stay(plan, tmp_path):
    folder = tmp_path / "out"
    write_old(folder)
    write_plan(plan, folder)
    assert names(folder) == sorted([*FILES, "notes.txt"])
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (folder / "plan.json").read_text(encoding="utf-8") == plan_json(plan)


@pytest.mark.parametrize("fails_at", range(1, 8))
def test_when_one_file_cannot_be_replaced_all_are_as_before(plan, tmp_path, monkeypatch, fails_at):
    folder = tmp_path / "out"
    before = write_old(folder)
    count = 0
    replace = Path.replace

    def refuse(self, target):
        nonlocal count
        count += ".new." in self.name
        if count == fails_at and ".new." in self.name:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(whole_files, "can_be_exchanged", lambda _folder: False)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match="Permission denied"):
        write_plan(plan, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_target_that_is_a_folder_leaves_everything_as_it_was(plan, tmp_path):
    folder = tmp_path / "out"
    (folder / "plan.json").mkdir(parents=True)
    with pytest.raises(OutputError):
        write_plan(plan, folder)
    assert names(folder) == ["plan.json"]


def test_a_folder_that_cannot_be_made_leaves_nothing(plan, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write to the folder"):
        write_plan(plan, tmp_path / "taken" / "out")
    assert names(tmp_path) == ["taken"]


def test_folders_made_for_a_plan_that_failed_go_again(plan, tmp_path, monkeypatch):
    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OutputError, match="No space left"):
        write_plan(plan, tmp_path / "new" / "out")
    assert names(tmp_path) == []
