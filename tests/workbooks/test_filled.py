"""Decisions on a pack, read back whatever was sorted, and refused whole when anything is wrong."""

import random
import sys

import pytest

import caseload_balancer as cb
from caseload_balancer.output.packs import pack_bytes
from caseload_balancer.workbooks.decision_sheet import DECISIONS, NOBODY, SETTINGS, reason_choice
from tests.checker.small_weeks import case, steady, week, worker
from tests.plan.planning import planned
from tests.workbooks.filling import PLACE, edit, fill, opened
from tests.workbooks.raw_workbooks import parts, sheet, text_cell, write

CHILDREN = ["a", "b", "007", "d 1", "d  2", "_1"]
SNAPSHOT = week([case(one) for one in CHILDREN], [worker("ann"), worker("ben"), worker("cat  c")])
PLAN = planned(SNAPSHOT, dict.fromkeys(CHILDREN[:-1], "ann"), steady())
PACK = pack_bytes(PLAN)


@pytest.fixture
def pack(tmp_path):
    path = tmp_path / "meeting.xlsx"
    path.write_bytes(PACK)
    return path


def problems_of(path):
    with pytest.raises(cb.DataError) as raised:
        cb.Overrides.read(path)
    return raised.value.problems


def rules_of(path):
    return [(one.table, one.row, one.column, one.rule) for one in problems_of(path)]


def rows_by_child(path):
    sheet = opened(path)[DECISIONS]
    return {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}


def test_an_id_that_looks_like_an_escaped_letter_is_itself(tmp_path):
    odd = planned(week([case("_x0041_")], [worker("ann")]), {"_x0041_": "ann"}, steady())
    path = cb.write_pack(odd, tmp_path / "meeting.xlsx")
    assert cb.Overrides.read(path).sheet.blank == ("_x0041_",)


def test_a_blank_pack_decides_nothing(pack):
    found = cb.Overrides.read(pack)
    assert found.decisions == ()
    assert set(found.sheet.blank) == set(CHILDREN)
    assert found.sheet.run == PLAN.fingerprint


def test_what_was_chosen_is_what_is_read(pack):
    fill(
        pack,
        {
            "a": {"decision": "accept", "decided by": "AB"},
            "b": {"decision": " Reject\xa0", "reason": reason_choice("PCCHAN"), "comment": "no"},
            "007": {"decision": "ANOTHER WORKER", "to": "cat  c", "reason": "manage"},
            "d  2": {"decision": "another worker", "to": NOBODY},
            "_1": {"comment": "next week"},
        },
    )
    found = cb.Overrides.read(pack)
    made = (
        cb.Overrides()
        .accept("a")
        .reject("b", "PCCHAN")
        .pick("007", "cat  c", "MANAGE")
        .pick("d  2", None)
    )
    by_child = {one.case_id: one for one in found.decisions}
    assert by_child == {one.case_id: one for one in made.decisions}
    assert found.decided_by[found.decisions.index(by_child["a"])] == "AB"
    assert found.comments[found.decisions.index(by_child["b"])] == "no"
    assert set(found.sheet.blank) == {"d 1", "_1"}
    assert found.sheet.commented == ("_1",)
    rows = rows_by_child(pack)
    assert found.row_numbers == tuple(rows[one.case_id] for one in found.decisions)


def test_a_thousand_decisions_come_back_from_any_order(tmp_path):
    draw = random.Random(15)  # noqa: S311 - a drawn test
    children = [f"C-{number:04}" for number in range(1000)]
    (first, *_) = [row for row in PLAN.cases if row.change == "new"]
    cases = [first.model_copy(update={"case_id": one}) for one in children]
    plan = PLAN.model_copy(update={"cases": tuple(cases), "waiting": ()})
    path = cb.write_pack(plan, tmp_path / "meeting.xlsx")
    expected = cb.Overrides()
    cells = {}
    for child in children:
        reason = draw.choice([None, "MANAGE", "CHCHAN"])
        kind = draw.choice(["", "accept", "reject", "another worker"])
        chosen = {"decision": kind, "decided by": draw.choice("AB") if kind else None}
        if kind and reason:
            chosen["reason"] = draw.choice([reason_choice(reason), reason.lower()])
        match kind:
            case "accept":
                expected = expected.accept(child, reason)
            case "reject":
                expected = expected.reject(child, reason)
            case "another worker":
                other = draw.choice(["ben", "cat  c", None])
                chosen["to"] = other or NOBODY
                expected = expected.pick(child, other, reason)
        cells[child] = {column: value for column, value in chosen.items() if value}
    order = draw.sample(range(1000), 1000)
    fill(path, cells, order=order, hidden=draw.sample(range(2, 1002), 300))
    found = cb.Overrides.read(path)
    assert sorted(found.decisions, key=lambda one: one.case_id) == list(expected.decisions)
    blank = {child for child, chosen in cells.items() if not chosen}
    assert (set(found.sheet.blank), found.sheet.missing) == (blank, ())
    assert len(found.decided_by) == len(found.decisions) == 1000 - len(blank)


def test_names_are_shown_and_ids_come_back(tmp_path):
    names = {"ann": "Ann  O'Brien", "ben": "Siobh\u00e1n | B\u00e9langer", "gone": "Nobody"}
    path = cb.write_pack(PLAN, tmp_path / "meeting.xlsx", names=names)
    book = opened(path)
    assert book[DECISIONS].cell(3, PLACE["plan"]).value == "ann | Ann O'Brien"
    assert book["lists"]["B3"].value == "ben | Siobh\u00e1n | B\u00e9langer"
    assert book["Workers"]["A2"].value == "ann | Ann O'Brien"
    choice = book["lists"]["B3"].value
    fill(path, {"a": {"decision": "another worker", "to": choice}, "b": {"decision": "accept"}})
    found = cb.Overrides.read(path)
    assert {str(one) for one in found.decisions} == {
        "a with ben (picked)",
        "b with nobody (accepted)",
    }
    assert found.sheet.run == PLAN.fingerprint
    with pytest.raises(cb.ArgumentError, match="must hold text, a name by worker_id, not 7"):
        cb.write_pack(PLAN, path, names={"ann": 7})


def test_columns_may_be_moved_and_added(pack):
    fill(pack, {"a": {"decision": "accept"}})
    book = opened(pack)
    sheet = book[DECISIONS]
    for row in range(1, sheet.max_row + 1):
        child, key = sheet.cell(row, 1).value, sheet.cell(row, PLACE["key"]).value
        sheet.cell(row, 1, key)
        sheet.cell(row, PLACE["key"], child)
        sheet.cell(row, PLACE["key"] + 1, "our own note" if row == 1 else "x")
    sheet.cell(20, PLACE["key"] + 1, "a note far below")
    book.save(pack)
    assert [str(one) for one in cb.Overrides.read(pack).decisions] == ["a with nobody (accepted)"]


def test_deleted_rows_are_named_and_count_as_not_decided(pack):
    book = opened(pack)
    book[DECISIONS].delete_rows(rows_by_child(pack)["b"])
    book.save(pack)
    assert cb.Overrides.read(pack).sheet.missing == ("b",)


def test_every_fault_is_told_at_once(pack):
    rows = rows_by_child(pack)
    fill(
        pack,
        {
            "a": {"decision": "yes"},
            "b": {"to": "ben", "decided by": "AB"},
            "007": {"decision": "another worker"},
            "d 1": {"decision": "accept", "to": "ben", "reason": "because"},
            "d  2": {"decision": "another worker", "to": "ann"},
            "_1": {"decision": "reject", "to": "ben"},
        },
    )
    found = rules_of(pack)
    assert {(row, column, rule) for _, row, column, rule in found} == {
        (rows["a"], "decision", "unknown_decision"),
        (rows["b"], "decision", "half_a_row"),
        (rows["007"], "to", "half_a_row"),
        (rows["d 1"], "to", "unexpected_worker"),
        (rows["d 1"], "reason", "unknown_reason"),
        (rows["d  2"], "to", "same_worker"),
        (rows["_1"], "to", "unexpected_worker"),
    }
    assert {table for table, *_ in found} == {DECISIONS}
    assert "'to' and 'decided by' are filled in, and 'decision' is blank" in str(
        cb.DataError(problems_of(pack))
    )


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("child", "c9", "changed_row"),
        ("child", None, "changed_row"),
        ("child", 7, "changed_row"),
        ("plan", "ben", "changed_row"),
        ("key", "0123456789abcdef", "changed_row"),
        ("key", None, "added_row"),
    ],
)
def test_a_row_that_is_not_as_it_was_written_is_refused(pack, column, value, rule):
    fill(pack, {"a": {"decision": "accept"}})
    row = rows_by_child(pack)["007"]
    if (column, value) == ("key", None):
        fill(pack, {"007": {"decision": "accept"}})
    book = opened(pack)
    book[DECISIONS].cell(row, PLACE[column]).value = value
    book.save(pack)
    assert rules_of(pack) == [(DECISIONS, row, "child", rule)]


def test_one_column_sorted_alone_is_refused(pack):
    book = opened(pack)
    sheet = book[DECISIONS]
    children = [sheet.cell(row, 1).value for row in range(2, 8)]
    for row, child in enumerate(children[1:] + children[:1], start=2):
        sheet.cell(row, 1, child)
    book.save(pack)
    assert {rule for *_, rule in rules_of(pack)} == {"changed_row"}


def test_a_row_twice_an_added_row_and_a_formula(pack):
    book = opened(pack)
    sheet = book[DECISIONS]
    for column in range(1, PLACE["key"] + 1):
        sheet.cell(8, column, sheet.cell(2, column).value)
    sheet.cell(9, PLACE["child"], "a")
    sheet.cell(9, PLACE["decision"], "accept")
    sheet.cell(3, PLACE["decision"], '="acc"&"ept"')
    book.save(pack)
    assert rules_of(pack) == [
        (DECISIONS, 3, "decision", "formula_without_value"),
        (DECISIONS, 9, "child", "added_row"),
        (DECISIONS, 8, "child", "duplicate_row"),
    ]


def test_what_is_no_pack(pack, tmp_path):
    book = opened(pack)
    book[DECISIONS].title = "Mine"
    book.save(tmp_path / "renamed.xlsx")
    assert rules_of(tmp_path / "renamed.xlsx")[0][-1] == "no_decisions"
    edit(pack, "G1", "decison")
    assert rules_of(pack) == [(DECISIONS, 1, "decision", "missing_column")]
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    assert rules_of(old)[0][-1] == "protected_or_old_workbook"


def test_the_run_must_be_there_and_be_one(pack):
    book = opened(pack)
    del book.defined_names["caseload_run"]
    book.save(pack)
    assert cb.Overrides.read(pack).sheet.run == PLAN.fingerprint
    edit(pack, "A2", "Rum", sheet=SETTINGS)
    assert rules_of(pack) == [(SETTINGS, None, "Run", "no_run")]
    pack.write_bytes(PACK)
    edit(pack, "B2", "0" * 64, sheet=SETTINGS)
    assert rules_of(pack) == [(SETTINGS, None, "Run", "changed_run")]
    book = opened(pack)
    del book[SETTINGS]
    book.save(pack)
    assert cb.Overrides.read(pack).sheet.run == PLAN.fingerprint


def test_the_sheet_of_another_plan_is_refused(pack):
    other = planned(SNAPSHOT, {"a": "ben"}, steady())
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(SNAPSHOT, other, cb.Overrides.read(pack))
    (problem,) = raised.value.problems
    assert (problem.table, problem.rule) == (DECISIONS, "another_run")
    assert f"run {PLAN.fingerprint[:12]}" in problem.message


def test_what_the_rules_forbid_is_named_by_its_row(pack):
    book = opened(pack)
    del book["lists"]
    book.save(pack)
    fill(pack, {"b": {"decision": "another worker", "to": "cat"}})
    with pytest.raises(cb.DataError) as raised:
        cb.reallocate(SNAPSHOT, PLAN, cb.Overrides.read(pack))
    (problem,) = raised.value.problems
    assert (problem.table, problem.row) == (DECISIONS, rows_by_child(pack)["b"])
    assert "there is no worker 'cat'" in problem.message


def test_a_worker_who_is_not_in_the_list_is_told_with_the_nearest(pack):
    fill(pack, {"b": {"decision": "another worker", "to": "Ben"}})
    (problem,) = problems_of(pack)
    assert (problem.column, problem.rule) == ("to", "unknown_worker")
    assert "'Ben' is no worker of the list. Did you mean 'ben'?" in problem.message


def test_a_filled_pack_is_planned_around(pack):
    fill(pack, {"a": {"decision": "another worker", "to": "ben"}, "b": {"decision": "accept"}})
    overrides = cb.Overrides.read(pack)
    agreed = cb.reallocate(SNAPSHOT, PLAN, overrides)
    assert (agreed.allocation["a"], agreed.allocation["b"]) == ("ben", "ann")
    assert {one.case_id for one in agreed.agreed} == {"a", "b"}


def test_decisions_in_python_go_on_from_a_sheet(pack):
    fill(pack, {"a": {"decision": "accept", "decided by": "AB"}})
    found = cb.Overrides.read(pack).reject("b")
    assert found.decided_by == ("AB", "")
    assert (found.comments, found.row_numbers) == (("", ""), ())


def test_what_openpyxl_cannot_read_is_no_internal_error(tmp_path):
    # The strict dialect of the format: well-formed, and without a sheet for openpyxl.
    strict = sheet(f'<row r="1">{text_cell("A1", "child")}</row>')
    content = parts(strict)
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
    )
    assert rules_of(write(tmp_path / "strict.xlsx", content))[0][-1] == "damaged_workbook"


def test_without_openpyxl_it_says_what_to_install(pack, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (problem,) = problems_of(pack)
    assert problem.rule == "excel_not_installed"
    assert "caseload-balancer[excel]" in problem.message
