"""A pack with anything wrong on it is refused whole, every fault by sheet, row and column."""

import re
import sys

import pytest

import caseload_balancer as cb
from caseload_balancer.workbooks.decision_sheet import DECISIONS, SETTINGS
from tests.workbooks.filling import PLACE, edit, fill, opened
from tests.workbooks.raw_workbooks import parts, sheet, text_cell, write
from tests.workbooks.small_packs import PACK, PLAN, problems_of, rows_by_child, rules_of


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
    assert rules_of(old)[0][-1] == "workbook_kind"


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


def test_a_worker_who_is_not_in_the_list_is_told_with_the_nearest(pack):
    fill(pack, {"b": {"decision": "another worker", "to": "Ben"}})
    (problem,) = problems_of(pack)
    assert (problem.column, problem.rule) == ("to", "unknown_worker")
    assert "'Ben' is no worker of the list. Did you mean 'ben'?" in problem.message


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
    with pytest.raises(cb.MissingExtraError, match=re.escape("caseload-balancer[excel]")):
        cb.Overrides.read(pack)
