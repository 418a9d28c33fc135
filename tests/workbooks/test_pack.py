"""The pack of a plan: everything in it, nothing that runs, the same bytes every time."""

import re
import zipfile
from datetime import date

import pytest

import caseload_balancer as cb
from caseload_balancer.output.packs import pack_bytes
from caseload_balancer.workbooks.decision_sheet import DECISIONS, LISTS, SETTINGS
from caseload_balancer.workbooks.pack import pack_sheets
from caseload_balancer.workbooks.pack.heights import row_heights
from tests.checker.small_weeks import case, day, spell, steady, team, week, worker
from tests.plan.planning import planned
from tests.workbooks.filling import fill, opened

ROWS = [
    case("c0", worker_id="w", family_id="f"),
    case("c1", worker_id="w"),
    case("c2", worker_id="v", family_id="f"),
    case("x", "section_47", waiting_since=day(-20)),
    case("0007", worker_id="u", next_due="visit", next_due_on=day(-3)),
    case("z", team_id="t", worker_id="v", in_court=True),
    case("late", "assessment", worker_id="w", opened_on=day(-200)),
    case("n", waiting_since=day(-40), team_id="t", family_id="f"),
]
WORKERS = [
    worker("w", cap=2),
    worker("v", team_ids=("t",)),
    worker("u", "agency", leaves_on=day(2)),
]
SNAPSHOT = week(
    ROWS, WORKERS, teams=[team("t", name="Fields & Hills")], spells=[spell("x", "w", -90, -30)]
)
CHANGES = {"n": "v", "0007": "v", "c1": "v"}


@pytest.fixture(scope="module")
def plan():
    return planned(SNAPSHOT, CHANGES, steady())


@pytest.fixture(scope="module")
def pack(plan, tmp_path_factory):
    return cb.write_pack(plan, tmp_path_factory.mktemp("pack") / "meeting.xlsx")


def rows_of(plan, title):
    sheet = next(one for one in pack_sheets(plan) if one.title == title)
    return [dict(zip((one.title for one in sheet.columns), row, strict=True)) for row in sheet.rows]


def xml(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_sheets_are_those_of_a_meeting(plan, pack):
    titles = [one.title for one in pack_sheets(plan)]
    assert titles == [
        "Summary",
        "To decide",
        "Changes of worker",
        "New with a worker",
        "Waiting",
        "Workers",
        "Teams",
        "Watch list",
        "Families split",
        "Handover",
        "How to read this",
        "Settings",
    ]
    assert opened(pack).sheetnames == [*titles, LISTS]


def test_the_same_plan_gives_the_same_bytes(plan, pack, tmp_path):
    assert pack_bytes(plan) == pack.read_bytes()
    cb.write_plan(plan, tmp_path)
    assert (tmp_path / "meeting.xlsx").read_bytes() == pack.read_bytes()
    assert pack_bytes(cb.read_plan_json(tmp_path / "plan.json")) == pack.read_bytes()
    assert planned(SNAPSHOT, CHANGES, steady(), seconds=9.0).fingerprint == plan.fingerprint
    assert planned(SNAPSHOT, {}, steady()).fingerprint != plan.fingerprint


def test_the_file_bears_the_date_of_the_week(pack, plan):
    assert f"{plan.as_of}T00:00:00Z" in xml(pack)["docProps/core.xml"]
    assert {info.date_time[:3] for info in zipfile.ZipFile(pack).infolist()} == {(1980, 1, 1)}


def test_every_child_but_those_who_stay_is_to_be_decided(plan):
    rows = rows_of(plan, DECISIONS)
    assert [row["child"] for row in rows] == ["x", "0007", "c1", "n"]
    assert [row["plan"] for row in rows] == ["(nobody: waits)", "v", "v", "v"]
    assert rows[0]["what happens"] == "goes on waiting, but may never wait"
    assert rows[1]["what happens"] == "has to change worker"
    assert len({row["key"] for row in rows}) == 4
    assert all(not row[name] for row in rows for name in ("decision", "to", "reason", "comment"))


def test_what_each_sheet_says(plan):
    (moved, left) = sorted(rows_of(plan, "Changes of worker"), key=lambda row: row["child"] != "c1")
    assert (moved["from"], moved["to"], moved["what happens"]) == ("w", "v", "changes worker")
    assert moved["cost (an ordinary change: 10)"] == next(
        row.cost for row in plan.moves if row.case_id == "c1"
    )
    assert left["cost (an ordinary change: 10)"] is None
    assert [row["child"] for row in rows_of(plan, "New with a worker")] == ["n"]
    (waits,) = rows_of(plan, "Waiting")
    assert (waits["child"], waits["days waited"], waits["may never wait"]) == ("x", 20, "yes")
    (family,) = rows_of(plan, "Families split")
    assert family["who is with whom"] == "c0 with w, c2 with v and n with v"
    assert family["before the plan"] == "split already"
    assert family["what the plan changes"] == "n gets a worker"
    (first, _) = rows_of(plan, "Handover")
    assert first["falls due next"] == f"visit on {day(-3)}, overdue"
    assert first["mind"].startswith("u cannot go on")
    watched = {row["what"] for row in rows_of(plan, "Watch list")}
    assert {"a wait to look at", "overdue", "an assessment takes long", "worker leaves"} <= watched
    assert any("(t)" in row["team"] for row in rows_of(plan, "Teams"))
    loads = {row["worker"]: row["load after"] for row in rows_of(plan, "Workers")}
    assert loads == {row.worker_id: row.after.percent for row in plan.workers}


def test_a_plan_without_changes_says_so_on_every_sheet(tmp_path):
    quiet = planned(week([case("c", worker_id="w")], [worker("w")]))
    book = opened(cb.write_pack(quiet, tmp_path / "meeting.xlsx"))
    assert book[DECISIONS]["A2"].value == "Nothing to decide: every child stays with their worker."
    assert book["Waiting"]["A2"].value == "Nobody waits."
    empty = planned(week([], []))
    assert opened(cb.write_pack(empty, tmp_path / "empty.xlsx"))["Workers"]["A2"].value


def test_points_are_work_and_cost_is_not(plan):
    words = " ".join(
        str(cell)
        for sheet in pack_sheets(plan)
        if sheet.title != SETTINGS
        for row in [[one.title for one in sheet.columns], *sheet.rows]
        for cell in row
    )
    assert "cost point" not in words
    assert not re.search(r"\b(tier|bound|optimal|solver|objective|constraint|churn)\b", words)
    assert set(re.findall(r"points \w+", words)) <= {"points of", "points there"}


def test_nothing_in_it_runs(plan, tmp_path):
    first, *others = plan.cases
    changed = {"change": "new", "worker_id": "@w", "reason": '=HYPERLINK("http://x.example","x")'}
    edited = plan.model_copy(update={"cases": (first.model_copy(update=changed), *others)})
    path = cb.write_pack(edited, tmp_path / "meeting.xlsx")
    parts = xml(path)
    assert all("<f>" not in text and "<f " not in text for text in parts.values())
    assert not [name for name in parts if re.search("vba|external|connection|embedd", name)]
    assert not any('TargetMode="External"' in text for text in parts.values())
    sheet = opened(path)[DECISIONS]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == first.case_id)
    assert (row[4].value, row[5].value) == ("@w", changed["reason"])
    assert {cell.data_type for cell in row} <= {"s", "n"}


def test_ids_are_text(pack):
    sheet = opened(pack)[DECISIONS]
    (found,) = [row[0] for row in sheet.iter_rows(min_row=2) if row[0].value == "0007"]
    assert (found.data_type, found.number_format) == ("s", "@")


def test_pages_are_a4_on_their_side_with_the_run_at_the_foot(pack, plan):
    for sheet in opened(pack):
        if sheet.title == LISTS:
            assert sheet.sheet_state == "hidden"
            continue
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.page_setup.fitToWidth in {None, 1}
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.left.text == f"Run {plan.fingerprint[:12]}"
        assert sheet.oddHeader.left.text.endswith(sheet.title)


def test_choices_come_from_lists_of_any_length(plan, pack):
    parts = xml(pack)
    tabs = [text for text in parts.values() if "<dataValidations" in text]
    assert len(tabs) == 1
    assert re.findall(r"<formula1>(\w+)!\$([A-D])\$2", tabs[0]) == [
        ("lists", "A"),
        ("lists", "B"),
        ("lists", "C"),
    ]
    lists = opened(pack)[LISTS]
    assert [cell.value for cell in lists["B"]][:4] == ["to", "v", "w", "(nobody: waits)"]
    assert lists["C3"].value == "FCONTA: first worker of the child"


def test_the_run_is_on_the_settings_and_in_a_hidden_name(pack, plan):
    settings = {row[0]: row[1] for row in opened(pack)[SETTINGS].iter_rows(values_only=True)}
    assert settings["Run"] == plan.fingerprint
    assert f'name="caseload_run" hidden="1">"{plan.fingerprint}"' in xml(pack)["xl/workbook.xml"]


def test_bars_have_one_scale(pack):
    bars = [text for text in xml(pack).values() if "dataBar" in text]
    assert len(bars) == 3
    for text in bars:
        assert set(re.findall(r'<cfvo type="num" val="(\d+)"', text)) == {"0", "120"}


def test_rows_are_tall_enough_for_their_text(plan):
    for sheet in pack_sheets(plan):
        heights = row_heights(sheet)
        assert len(heights) == len(sheet.rows)
        assert not sheet.even_rows or len(set(heights)) == 1


def test_a_text_without_end_is_cut_and_its_row_as_tall_as_rows_can_be(plan, tmp_path):
    first, *others = plan.waiting
    endless = first.model_copy(update={"reason": "word " * 10_000})
    edited = plan.model_copy(update={"waiting": (endless, *others)})
    sheet = opened(cb.write_pack(edited, tmp_path / "meeting.xlsx"))["Waiting"]
    assert sheet["H2"].value.endswith(" ...")
    assert sheet.row_dimensions[2].height <= 409


def test_a_pack_somebody_filled_in_is_not_replaced(plan, tmp_path):
    path = cb.write_pack(plan, tmp_path / "meeting.xlsx")
    cb.write_plan(plan, tmp_path)
    fill(path, {"n": {"comment": "ask Ann"}})
    kept = path.read_bytes()
    for write in (lambda: cb.write_pack(plan, path), lambda: cb.write_plan(plan, tmp_path)):
        with pytest.raises(cb.OutputError, match="decisions have been filled in on it"):
            write()
    path.write_bytes(b"PK no workbook")
    with pytest.raises(cb.OutputError, match="cannot be read as a pack"):
        cb.write_pack(plan, path)
    assert kept


def test_without_the_extra_it_says_what_to_install(plan, tmp_path, monkeypatch):
    monkeypatch.setattr("caseload_balancer.extras.find_spec", lambda _: None)
    with pytest.raises(ImportError, match=re.escape("caseload-balancer[excel]")):
        cb.write_pack(plan, tmp_path / "meeting.xlsx")


def test_days_are_days(plan, pack):
    watch = opened(pack)["Watch list"]
    days = {row[4].value for row in watch.iter_rows(min_row=2)} - {None}
    assert date(2026, 2, 27) in {found.date() for found in days}


def test_a_pack_that_is_as_its_manifest_says_is_replaced_without_being_opened(
    plan, tmp_path, monkeypatch
):
    """Reading a workbook takes longer than planning a small week."""
    cb.write_plan(plan, tmp_path)
    opened = []
    monkeypatch.setattr(
        "caseload_balancer.workbooks.filled.has_decisions",
        lambda file: opened.append(file) or False,
    )
    cb.write_plan(plan, tmp_path)
    assert opened == []
    (tmp_path / "manifest.json").unlink()
    cb.write_plan(plan, tmp_path)
    assert opened == [tmp_path / "meeting.xlsx"]
