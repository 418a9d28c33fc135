"""The forty kinds of broken input, through files, workbooks and frames: each ends the same way."""

import copy
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import caseload_balancer as cb
from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake import read_with_notices, row_shapes
from tests.intake.books import book_of, saved, with_part

Tables = dict[str, list[list[Any]]]
BASE: Tables = {
    "cases": [
        [
            "case_id", "case_type", "worker_id", "points", "opened_on", "needs", "in_court",
            "locked", "excluded_worker_ids",
        ],
        ["0001", "child_in_need", "W1", "4.5", "2026-01-05", "Urdu", "no", "", ""],
        ["0002", "other", "W2", "", "", "", "", "", ""],
    ],
    "workers": [
        ["worker_id", "employment", "fte", "cap"],
        ["W1", "permanent", "1", ""],
        ["W2", "agency", "0.8", ""],
    ],
}  # fmt: skip
READ = "read"


def cell(table: str, column: str, value: object) -> Callable[[Tables], None]:
    """Put a value into the first row of a table."""

    def change(tables: Tables) -> None:
        tables[table][1][tables[table][0].index(column)] = value

    return change


def title(old: str, new: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        header = tables["cases"][0]
        header[header.index(old)] = new

    return change


def more(table: str, *row: object) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        width = len(tables[table][0]) if table in tables else len(row)
        tables.setdefault(table, []).append([*row, *[""] * (width - len(row))])

    return change


def several(*changes: Callable[[Tables], None]) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        for one in changes:
            one(tables)

    return change


def spell_of(case_id: str) -> Callable[[Tables], None]:
    return several(
        more("spells", "case_id", "worker_id", "from"), more("spells", case_id, "W1", "2026-01-05")
    )


def rest(table: str, *rows: list[Any]) -> Callable[[Tables], None]:
    """Put other rows below the titles of a table."""

    def change(tables: Tables) -> None:
        width = len(tables[table][0])
        tables[table][1:] = [[*row, *[""] * (width - len(row))] for row in rows]

    return change


def only_titles(tables: Tables) -> None:
    del tables["cases"][1:]


def titles_below(tables: Tables) -> None:
    tables["cases"].insert(0, ["Open cases", *[""] * 8])


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


def source(door: str, tables: Tables, folder: Path) -> Any:
    if door == "workbook":
        return saved(folder, book_of({**tables, "service": [["as_of", "2026-11-23"]]}))
    if door == "frames":
        return {
            name: pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
            for name, rows in tables.items()
        }
    for name, rows in tables.items():
        texts = ([str(value) for value in row] for row in rows)
        lines = [",".join(f'"{text}"' if "," in text else text for text in row) for row in texts]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


TEXT = "\n".join(",".join(row) for row in BASE["cases"]) + "\n"


def file_of(content: bytes) -> Callable[[Path], Any]:
    """Put other bytes into the file of the cases."""

    def make(folder: Path) -> Path:
        source("csv", copy.deepcopy(BASE), folder)
        (folder / "cases.csv").write_bytes(content)
        return folder

    return make


def gone(folder: Path) -> Path:
    return folder / "a share that is offline"


def book(change: Callable[[Workbook], Any]) -> Callable[[Path], Any]:
    """Change a workbook as a person would."""
    sheets = {**BASE, "service": [["as_of", "2026-11-23"]]}
    return lambda folder: saved(folder, book_of(sheets, change))


def at(place: str, value: object) -> Callable[[Path], Any]:
    return book(lambda of: of["cases"].__setitem__(place, value))


def spoiled(change: Callable[[bytes], bytes], name: str = "week.xlsx") -> Callable[[Path], Any]:
    return lambda folder: saved(folder, change(book_of(BASE)), name)


def archive_of(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(part, "x")
    return target.getvalue()


def control_character(content: bytes) -> bytes:
    """Write a bell as workbooks do: no XML may hold it."""
    sheet = "xl/worksheets/sheet1.xml"
    return with_part(content, sheet, lambda xml: xml.replace(b"Urdu", b"Ur_x0007_du"))


def in_1904(of: Workbook) -> None:
    of.epoch = CALENDAR_MAC_1904
    of["cases"]["E2"] = datetime(2026, 1, 5)  # noqa: DTZ001 - a cell has no zone
    of["cases"]["E2"].number_format = "yyyy-mm-dd"


def hide(of: Workbook) -> None:
    of["cases"].row_dimensions[2].hidden = True
    of["cases"].column_dimensions["D"].hidden = True
    of["cases"].auto_filter.ref = "A1:I3"


def frame(column: str, *values: object) -> Callable[[Path], Any]:
    """Give the frame of the cases a column of its own type."""

    def make(folder: Path) -> Any:
        frames = source("frames", copy.deepcopy(BASE), folder)
        frames["cases"][column] = pd.Series(list(values))
        return frames

    return make


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
