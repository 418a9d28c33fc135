"""The forty kinds of broken input, through files, workbooks and frames: each ends the same way."""

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import caseload_balancer as cb
from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake import read_with_notices, row_shapes
from tests.intake.books import book_of, with_part
from tests.intake.broken_tables import (
    BASE,
    READ,
    TEXT,
    Tables,
    archive_of,
    at,
    book,
    cell,
    control_character,
    file_of,
    frame,
    gone,
    hide,
    in_1904,
    more,
    only_titles,
    rest,
    several,
    source,
    spell_of,
    spoiled,
    title,
    titles_below,
)  # fmt: skip

PROTECTED = [[f"P{n}", "child_protection"] for n in range(3)]
FULL = [[f"C{n}", "other", "W1"] for n in range(27)]
ROOM = several(
    cell("workers", "cap", "25"), rest("workers", ["W1", "permanent", 1], ["W2", "permanent", 1])
)

ALL = "csv workbook frames"
FILES = "csv workbook"
# Number in the list of broken input, doors, what is done to the tables, and how it ends: with the
# rule of what is refused, with what is told, or with what the plan cannot meet.
ROWS: list[tuple[int, str, Callable[[Tables], None], str]] = [
    (5, ALL, title("case_id", " Case ID "), READ),
    (6, ALL, title("needs", "case_id"), "duplicate_column"),
    (7, ALL, title("case_type", "case_typo"), "missing_column"),
    (8, ALL, title("needs", "diary"), "told unknown_column"),
    (11, ALL, more("cases"), READ),
    (13, "csv frames", cell("cases", "needs", "bell\x07"), "control_character"),
    (14, ALL, only_titles, "no_rows"),
    (14, ALL, rest("workers"), "no_rows"),
    (15, FILES, titles_below, "header_below"),
    (15, ALL, more("cases", "Total: 2"), "not_a_row"),
    (16, ALL, more("cases", *BASE["cases"][2]), "duplicate_row"),
    (17, ALL, more("cases", "0002", "assessment"), "duplicate_id"),
    (18, ALL, more("workers", "W2", "permanent"), "duplicate_id"),
    (19, ALL, more("cases", "2", "other"), "colliding_id"),
    (20, ALL, spell_of("1"), "colliding_id"),
    (21, ALL, cell("cases", "case_id", "1.23E+15"), "damaged_id"),
    (21, ALL, cell("cases", "case_id", "1234567890123456"), "damaged_id"),
    (22, ALL, cell("cases", "case_id", "0001 "), "told trimmed_id"),
    (22, ALL, cell("cases", "case_id", "0001\u00a0"), "look_alike_id"),
    (22, ALL, cell("cases", "case_id", "00\u200b01"), "look_alike_id"),
    (22, ALL, cell("cases", "case_id", "\uff23001"), "look_alike_id"),
    (22, ALL, several(cell("cases", "case_id", "C1"), more("cases", "\u04211", "other")),
     "colliding_id"),
    (23, ALL, cell("cases", "case_id", "=A1"), "formula_id"),
    (23, ALL, cell("cases", "case_id", "@A1"), "formula_id"),
    (24, ALL, cell("cases", "case_id", "NA"), READ),
    (24, ALL, cell("cases", "case_id", "null"), READ),
    (25, ALL, cell("cases", "case_id", ""), "missing_value"),
    (26, ALL, cell("cases", "points", "1,000"), "not_a_number"),
    (26, ALL, cell("cases", "points", "1.5h"), "not_a_number"),
    (26, ALL, cell("cases", "points", "high"), "not_a_number"),
    (27, ALL, cell("cases", "points", "0"), "out_of_range"),
    (27, ALL, cell("cases", "points", "-1"), "out_of_range"),
    (27, ALL, cell("cases", "points", "1e400"), "not_a_number"),
    (27, ALL, cell("cases", "points", "nan"), "not_a_number"),
    (28, ALL, cell("cases", "points", "4.55"), "too_many_decimals"),
    (29, ALL, cell("cases", "in_court", "x"), "not_yes_or_no"),
    (29, ALL, cell("cases", "in_court", "TRUE"), READ),
    (30, ALL, cell("cases", "opened_on", "05/01/2026"), "not_a_date"),
    (31, ALL, cell("cases", "opened_on", "45662"), "not_a_date"),
    (31, ALL, cell("cases", "opened_on", "1900-02-29"), "not_a_date"),
    (31, ALL, cell("cases", "opened_on", "1926-01-05"), "date_out_of_range"),
    (31, ALL, cell("cases", "opened_on", "2206-01-05"), "date_out_of_range"),
    (32, ALL, cell("cases", "worker_id", "#N/A"), "failed_formula"),
    (32, ALL, cell("cases", "points", "#REF!"), "failed_formula"),
    (34, ALL, cell("cases", "worker_id", "W9"), "unknown_worker"),
    (35, ALL, several(ROOM, rest("cases", *FULL)), "planned"),
    (35, ALL, several(ROOM, rest("cases", *([*row, *[""] * 4, "yes"] for row in FULL))),
     "planned cap"),
    (36, ALL, cell("workers", "cap", ""), READ),
    (36, ALL, cell("workers", "cap", "0"), READ),
    (36, ALL, cell("workers", "cap", "-1"), "out_of_range"),
    (36, ALL, cell("workers", "cap", "250"), "out_of_range"),
    (37, ALL, several(rest("cases", *PROTECTED),
                      rest("workers", ["W1", "permanent", 1, 1], ["W2", "permanent", 1, 1])),
     "planned must-hold"),
    (38, ALL,
     several(cell("cases", "locked", "yes"), cell("cases", "excluded_worker_ids", "W1")),
     "lock_cannot_hold"),
]  # fmt: skip


YES = True
OLD = b"\xd0\xcf\x11\xe0"
# Number, door, what is made of the week that only this door can have, and how it ends.
OWN: list[tuple[int, str, Callable[[Path], Any], str]] = [
    (1, "csv", file_of(b"\xef\xbb\xbf" + TEXT.encode()), READ),
    (2, "csv", file_of(TEXT.encode("utf-16")), READ),
    (2, "csv", file_of(TEXT.encode("utf-16-le")), "not_decodable"),
    (3, "csv", file_of(TEXT.replace("Urdu", "Siobh\u00e1n").encode("cp1252")), "not_decodable"),
    (4, "csv", file_of(TEXT.replace(",", ";").encode()), "told delimiter"),
    (4, "csv", file_of(TEXT.replace(",", "\t").encode()), "told delimiter"),
    (9, "csv", file_of(TEXT.replace("no,,", "no,,,x").encode()), "extra_cells"),
    (9, "workbook", at("J2", "x"), "extra_cells"),
    (10, "csv", file_of(TEXT.replace("no,,", "no").encode()), "missing_cells"),
    (11, "csv", file_of((TEXT + "\n,,,,,,,,\n").encode()), READ),
    (12, "csv", file_of(TEXT.replace("Urdu", '"Urdu').encode()), "unclosed_quote"),
    (13, "csv", file_of(TEXT.replace("Urdu", "Ur\0du").encode()), "control_character"),
    (13, "workbook", spoiled(control_character), "control_character"),
    (14, "csv", file_of(b""), "empty_file"),
    (21, "workbook", at("A2", 1.23e15), "damaged_id"),
    (21, "frames", frame("case_id", 1.23e15, 2.0), "not_text"),
    (27, "frames", frame("points", float("inf"), float("nan")), "not_a_number"),
    (27, "frames", frame("points", float("nan"), float("nan")), READ),
    (28, "workbook", at("D2", 4.55), "too_many_decimals"),
    (28, "frames", frame("points", 4.3, None), READ),
    (28, "frames", frame("points", 4.55, None), "too_many_decimals"),
    (29, "workbook", at("G2", YES), READ),
    (29, "frames", frame("in_court", YES, YES), READ),
    (31, "workbook", at("E2", date(2026, 1, 5)), READ),
    (31, "workbook", book(in_1904), READ),
    (31, "workbook", at("E2", 45662), "not_a_date"),
    (31, "workbook", at("E2", date(1926, 1, 5)), "date_out_of_range"),
    (31, "frames", frame("opened_on", pd.Timestamp(2026, 1, 5), pd.NaT), READ),
    (31, "frames", frame("opened_on", pd.Timestamp(2206, 1, 5), pd.NaT), "date_out_of_range"),
    (32, "workbook", at("C2", "=VLOOKUP(A2,Z:Z,1)"), "failed_formula"),
    (32, "workbook", at("D2", "=1+1"), "failed_formula"),
    (33, "workbook", book(hide), "told hidden_cells"),
    (33, "workbook", book(lambda of: of["cases"].merge_cells("C2:C3")), "merged_cells"),
    (33, "workbook", book(lambda of: of.create_sheet("Pivot")), "told sheet_not_read"),
    (33, "workbook", spoiled(lambda _: book_of({"Sheet1": BASE["cases"], "Sheet2": []})),
     "missing input"),
    (40, "csv", file_of(book_of({"cases": BASE["cases"]})), "workbook"),
    (40, "csv", gone, "missing input"),
    (40, "workbook", lambda folder: gone(folder) / "week.xlsx", "missing input"),
    (40, "workbook", spoiled(lambda _: OLD + bytes(600), "week.xls"), "workbook_kind"),
    (40, "workbook", spoiled(lambda _: OLD + "EncryptedPackage".encode("utf-16-le")),
     "workbook_password"),
    (40, "workbook", spoiled(lambda _: archive_of("xl/workbook.bin"), "week.xlsb"),
     "workbook_kind"),
    (40, "workbook", spoiled(lambda _: archive_of("content.xml"), "week.ods"), "workbook_kind"),
    (40, "workbook",
     spoiled(lambda of: with_part(of, "xl/vbaProject.bin", lambda _: b"x"), "week.xlsm"),
     "workbook_kind"),
    (40, "workbook",
     spoiled(lambda of: with_part(of, "xl/worksheets/sheet1.xml", lambda _: bytes(30 * 2**20))),
     "workbook_too_large"),
    (40, "workbook", at("XFD1048576", "x"), "far_cell"),
]  # fmt: skip
NOT_THERE = {
    "csv": {33},  # sheets, merged and hidden cells
    "workbook": {1, 2, 3, 4, 10, 12},  # of bytes, of marks between cells, of quotation marks
    "frames": {1, 2, 3, 4, 9, 10, 12, 33, 40},  # and of rows of other widths, of sheets
}
"""What a door cannot have."""


def outcome(of: Any) -> str:
    """Return the rules of what was refused, of the warnings, or of what a plan cannot meet."""
    try:
        _, notices = read_with_notices(of, as_of="2026-11-23")
    except MissingInputError:
        return "missing input"
    except DataError as error:
        return " ".join(sorted({problem.rule for problem in error.problems}))
    rules = sorted({notice.rule for notice in notices if notice.is_warning})
    return " ".join(["told", *rules]) if rules else READ


def planned(of: Any) -> str:
    """Return the rules that a plan of what was read cannot meet."""
    plan = cb.allocate(read_with_notices(of, as_of="2026-11-23")[0])
    assert plan.ok == (not plan.breaches)
    return " ".join(["planned", *sorted({breach.rule for breach in plan.breaches})])


def made_by(door: str, change: Callable[[Tables], None]) -> Callable[[Path], Any]:
    def make(folder: Path) -> Any:
        tables = copy.deepcopy(BASE)
        change(tables)
        return source(door, tables, folder)

    return make


TRIED = sorted(
    [
        *((number, door, made_by(door, change), expected)
          for number, doors, change, expected in ROWS for door in doors.split()),
        *OWN,
    ],
    key=lambda one: one[0],
)  # fmt: skip


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        pytest.param(make, expected, id=f"{number}-{door}-{expected}")
        for number, door, make, expected in TRIED
    ],
)
def test_broken_input_ends_as_the_list_says(
    tmp_path: Path, make: Callable[[Path], Any], expected: str
) -> None:
    of = make(tmp_path)
    assert (planned(of) if expected.startswith("planned") else outcome(of)) == expected


@pytest.mark.parametrize("door", ["csv", "workbook", "frames"])
def test_a_sheet_that_is_full_is_refused(
    tmp_path: Path, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Number 39; what was there a week ago no reader knows."""
    monkeypatch.setattr(row_shapes, "FULL_SHEETS", (3,))
    assert outcome(source(door, copy.deepcopy(BASE), tmp_path)) == "full_sheet"


@pytest.mark.parametrize("door", ["csv", "workbook", "frames"])
def test_all_forty_come_through_each_door_that_can_have_them(door: str) -> None:
    tried = {number for number, through, _, _ in TRIED if through == door} | {39}
    assert set(range(1, 41)) - tried == NOT_THERE[door]
