"""Workbooks in: a sheet a table, and nothing opened that should not be."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake import Notice, read_with_notices
from caseload_balancer.workbooks.template import template
from tests.intake.books import WEEK, Sheets, book_of, saved, with_part


def rules_told(path: Path) -> set[str]:
    notices: tuple[Notice, ...] = read_with_notices(path)[1]
    return {notice.rule for notice in notices}


def rules(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_with_notices(path)
    return [problem.rule for problem in caught.value.problems]


def test_a_sheet_is_a_table(tmp_path: Path) -> None:
    snapshot, notices = read_with_notices(saved(tmp_path, book_of(WEEK)))
    assert [case.case_id for case in snapshot.cases] == ["0001", "0002"]
    assert snapshot.cases[0].points == Decimal("4.5")
    assert snapshot.as_of == date(2026, 11, 23)
    assert notices == ()


def test_a_folder_may_hold_a_workbook_for_each_table(tmp_path: Path) -> None:
    for name in ("cases", "workers"):
        saved(tmp_path, book_of({"Sheet1": WEEK[name]}), f"{name}.xlsx")
    (tmp_path / "service.toml").write_text("as_of = 2026-11-23\n", "utf-8")
    assert len(read_with_notices(tmp_path)[0].cases) == 2


def test_dates_are_read_by_their_type_in_both_epochs(tmp_path: Path) -> None:
    sheets = {**WEEK, "cases": [*WEEK["cases"][:1], ["1", "other", "", "", datetime(2026, 1, 5)]]}  # noqa: DTZ001

    def as_on_a_mac(book: Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    for change in (None, as_on_a_mac):
        snapshot = read_with_notices(saved(tmp_path, book_of(sheets, change)))[0]
        assert snapshot.cases[0].opened_on == date(2026, 1, 5)


def test_ids_that_are_numbers_are_read_and_told(tmp_path: Path) -> None:
    rows = [WEEK["cases"][0], [1234567, "other", "", "", ""], [7.0, "other", "", "", ""]]

    def shown_with_zeros(book: Workbook) -> None:
        book["cases"]["A3"].number_format = "0000"

    path = saved(tmp_path, book_of({**WEEK, "cases": rows}, shown_with_zeros))
    snapshot, notices = read_with_notices(path)
    assert [case.case_id for case in snapshot.cases] == ["1234567", "0007"]
    assert [notice.rule for notice in notices] == ["numbers_as_ids"]


def hide(book: Workbook) -> None:
    book["cases"].row_dimensions[2].hidden = True
    book["cases"].column_dimensions["D"].hidden = True
    book["workers"].sheet_state = "veryHidden"


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    path = saved(tmp_path, book_of(WEEK, hide))
    assert rules_told(path) == {"hidden_cells", "hidden_sheet"}
    assert len(read_with_notices(path)[0].cases) == 2


def test_other_sheets_are_told(tmp_path: Path) -> None:
    assert rules_told(saved(tmp_path, book_of({**WEEK, "Pivot": [["a"]]}))) == {"sheet_not_read"}


def test_a_missing_sheet_comes_with_those_that_are_there(tmp_path: Path) -> None:
    path = saved(tmp_path, book_of({"Sheet1": WEEK["cases"], "workers": WEEK["workers"]}))
    with pytest.raises(MissingInputError, match=r"no sheet cases.*'Sheet1'"):
        read_with_notices(path)


def merge(book: Workbook) -> None:
    book["cases"].merge_cells("C2:C3")


def fail(book: Workbook) -> None:
    book["cases"]["C2"] = "#N/A"


def calculate(book: Workbook) -> None:
    book["cases"]["C2"] = "=VLOOKUP(A2,Z:Z,1)"


@pytest.mark.parametrize(
    ("change", "rule"),
    [(merge, "merged_cells"), (fail, "failed_formula"), (calculate, "failed_formula")],
)
def test_cells_that_say_nothing_are_refused(
    tmp_path: Path, change: Callable[[Workbook], None], rule: str
) -> None:
    assert rules(saved(tmp_path, book_of(WEEK, change))) == [rule]


def test_a_merged_name_of_the_report_is_only_above_the_header(tmp_path: Path) -> None:
    def name_it(book: Workbook) -> None:
        book["cases"].insert_rows(1)
        book["cases"]["A1"] = "Open cases"
        book["cases"].merge_cells("A1:E1")

    path = saved(tmp_path, book_of(WEEK, name_it))
    assert rules(path) == ["header_below"]
    assert len(read_with_notices(path, header_row={"cases": 2})[0].cases) == 2


def far(book: Workbook) -> None:
    book["cases"]["XFD1048576"] = "x"


def test_a_far_cell_is_refused_before_its_rows_are_read(tmp_path: Path) -> None:
    assert rules(saved(tmp_path, book_of(WEEK, far))) == ["far_cell"]


def test_a_cell_right_of_the_titles_is_told_by_its_column(tmp_path: Path) -> None:
    rows = [WEEK["cases"][0], [*WEEK["cases"][1], "", "see file"]]
    with pytest.raises(DataError) as caught:
        read_with_notices(saved(tmp_path, book_of({**WEEK, "cases": rows})))
    (problem,) = caught.value.problems
    assert str(problem) == (
        "cases row 2: column G has something in it and no title. Delete it, or give the column a "
        "title."
    )


def test_a_cell_right_of_the_titles_hides_nothing_else(tmp_path: Path) -> None:
    titles, first, *others = WEEK["cases"]
    typed = [*first]
    typed[titles.index("case_type")] = "no such type"
    note = [*[""] * len(titles), "", "see file"]
    rows = [titles, [*typed, "", "see file"], note, *others]
    with pytest.raises(DataError) as caught:
        read_with_notices(saved(tmp_path, book_of({**WEEK, "cases": rows})))
    found = [(one.row, one.rule) for one in caught.value.problems]
    assert found == [(2, "extra_cells"), (2, "unknown_word"), (3, "extra_cells")]


SHEET = "xl/worksheets/sheet1.xml"
CODEC = b'<?xml version="1.0" encoding="%s"?><worksheet/>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
FIT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "entities": (lambda book: with_part(book, SHEET, lambda _: ENTITY), "workbook_entities"),
    "entities in styles": (
        lambda book: with_part(book, "xl/styles.xml", lambda _: ENTITY),
        "workbook_entities",
    ),
    "a bomb": (
        lambda book: with_part(book, SHEET, lambda _: b" " * 30 * 2**20),
        "workbook_too_large",
    ),
    "no XML": (lambda book: with_part(book, SHEET, lambda _: b"<a"), "damaged_workbook"),
    "deep": (lambda book: with_part(book, SHEET, lambda _: b"<a>" * 999), "damaged_workbook"),
    "an unknown encoding": (
        lambda book: with_part(book, SHEET, lambda _: CODEC % b"none-such"),
        "damaged_workbook",
    ),
    "an encoding of several bytes": (
        lambda book: with_part(book, SHEET, lambda _: CODEC % b"big5"),
        "damaged_workbook",
    ),
    "half a file": (lambda book: book[: len(book) // 2], "damaged_workbook"),
    "no sheet": (lambda _: b"PK\x03\x04", "damaged_workbook"),
    "nothing": (lambda _: b"", "not_a_workbook"),
    "old": (lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "workbook_kind"),
    "a password": (
        lambda _: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "workbook_password",
    ),
    "macros": (lambda book: with_part(book, "xl/vbaProject.bin", lambda _: b"x"), "workbook_kind"),
}


@pytest.mark.parametrize("spoiled", FIT)
def test_what_must_not_be_opened_is_not(tmp_path: Path, spoiled: str) -> None:
    spoil, rule = FIT[spoiled]
    assert rules(saved(tmp_path, spoil(book_of(WEEK)))) == [rule]


@pytest.mark.parametrize("part", ["xl/workbook.bin", "content.xml"])
def test_other_kinds_of_workbooks_are_named(tmp_path: Path, part: str) -> None:
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(part, "x")
    assert rules(saved(tmp_path, target.getvalue(), "week.ods")) == ["workbook_kind"]


def test_the_template_is_read_back_and_its_examples_are_told(tmp_path: Path) -> None:
    snapshot, notices = read_with_notices(saved(tmp_path, template()))
    assert {(one.rule, one.is_warning) for one in notices} == {("example_row", True)}
    tables = {"cases", "workers", "adjustments", "teams", "spells"}
    assert {one.table for one in notices} == tables
    assert [len(rows) for rows in (snapshot.cases, snapshot.workers, snapshot.spells)] == [1, 1, 1]
    assert template() == template()


def test_every_column_of_the_template_has_a_note(tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415

    from caseload_balancer.intake.columns import ALL_TABLES, Kind  # noqa: PLC0415

    book = load_workbook(saved(tmp_path, template()))
    for name, table in ALL_TABLES.items():
        cells: list[Any] = list(book[name][1])
        assert [cell.value for cell in cells] == [column.name for column in table.columns]
        assert all(cell.comment is not None for cell in cells)
        rules = book[name].data_validations.dataValidation
        lists = {str(rule.sqref).split(":")[0].rstrip("2"): rule.formula1 for rule in rules}
        for cell, column in zip(cells, table.columns, strict=True):
            if column.kind is Kind.CHOICE:
                assert column.choices[0] in lists[cell.column_letter]
            elif column.kind is Kind.ID and column.points_to:
                assert lists[cell.column_letter] == f"{column.points_to}!$A$2:$A$2001"
        assert book[name].page_setup.orientation == "landscape"


def test_an_empty_line_at_the_end_of_a_cell_is_nothing(tmp_path: Path) -> None:
    expected = read_with_notices(saved(tmp_path, book_of(WEEK)))[0].fingerprint
    dirty = with_part(
        book_of(WEEK), SHEET, lambda xml: xml.replace(b"child_in_need", b"child_in_need_x000D_\n")
    )
    assert read_with_notices(saved(tmp_path, dirty))[0].fingerprint == expected


@pytest.mark.parametrize("words", ["Week commencing", "as_of", "As of", "Date"])
def test_the_week_goes_by_what_people_call_it(tmp_path: Path, words: str) -> None:
    path = saved(tmp_path, book_of({**WEEK, "service": [["Our week"], [words, "2026-11-23"]]}))
    assert read_with_notices(path)[0].as_of == date(2026, 11, 23)


def test_sheets_go_by_what_people_call_them(tmp_path: Path) -> None:
    named: Sheets = {"Open cases": WEEK["cases"], "Staff": WEEK["workers"], "Week": WEEK["service"]}
    assert len(read_with_notices(saved(tmp_path, book_of(named)))[0].cases) == 2
