"""The forty kinds of broken input, through files, workbooks and frames: each ends the same way."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from caseload_balancer.errors import DataError
from caseload_balancer.intake import delimited, read_with_notices
from tests.intake.books import book_of, saved

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


def only_titles(tables: Tables) -> None:
    del tables["cases"][1:]


def titles_below(tables: Tables) -> None:
    tables["cases"].insert(0, ["Open cases", *[""] * 8])


ALL = "csv workbook frames"
FILES = "csv workbook"
# Number in the list of broken input, doors, what is done, and the rule or what is told.
ROWS: list[tuple[int, str, Callable[[Tables], None], str]] = [
    (5, ALL, title("case_id", " Case ID "), READ),
    (6, ALL, title("needs", "case_id"), "duplicate_column"),
    (7, ALL, title("case_type", "case_typo"), "missing_column"),
    (8, ALL, title("needs", "diary"), "told unknown_column"),
    (11, ALL, more("cases"), READ),
    (13, "csv frames", cell("cases", "needs", "bell\x07"), "control_character"),
    (14, ALL, only_titles, "no_rows"),
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
    (35, ALL, cell("workers", "cap", "0"), READ),
    (36, ALL, cell("workers", "cap", "-1"), "out_of_range"),
    (36, ALL, cell("workers", "cap", "250"), "out_of_range"),
    (38, ALL,
     several(cell("cases", "locked", "yes"), cell("cases", "excluded_worker_ids", "W1")),
     "lock_cannot_hold"),
]  # fmt: skip


def cases_of_the_table() -> Iterator[Any]:
    for place, (number, doors, _, expected) in enumerate(ROWS):
        for door in doors.split():
            yield pytest.param(place, door, id=f"{number}-{door}-{expected}-{place}")


def source(door: str, tables: Tables, folder: Path) -> Any:
    if door == "workbook":
        return saved(folder, book_of({**tables, "service": [["as_of", "2026-11-23"]]}))
    if door == "frames":
        return {
            name: pd.DataFrame(rows[1:], columns=rows[0], dtype=object)
            for name, rows in tables.items()
        }
    for name, rows in tables.items():
        lines = [",".join(f'"{value}"' if "," in value else value for value in row) for row in rows]
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def outcome(of: Any) -> set[str]:
    """Return the rules of what was refused, or of the warnings."""
    try:
        _, notices = read_with_notices(of, as_of="2026-11-23")
    except DataError as error:
        return {problem.rule for problem in error.problems}
    return {f"told {notice.rule}" for notice in notices if notice.is_warning} or {READ}


@pytest.mark.parametrize(("place", "door"), list(cases_of_the_table()))
def test_broken_input_ends_as_the_list_says(tmp_path: Path, place: int, door: str) -> None:
    _, _, change, expected = ROWS[place]
    tables = copy.deepcopy(BASE)
    change(tables)
    assert outcome(source(door, tables, tmp_path)) == {expected}


TEXT = "\n".join(",".join(row) for row in BASE["cases"]) + "\n"
BYTES: list[tuple[int, bytes, set[str]]] = [
    (1, b"\xef\xbb\xbf" + TEXT.encode(), {READ}),
    (2, TEXT.encode("utf-16"), {READ}),
    (2, TEXT.encode("utf-16-le"), {"not_decodable"}),
    (3, TEXT.replace("Urdu", "Siobh\u00e1n").encode("cp1252"), {"not_decodable"}),
    (4, TEXT.replace(",", ";").encode(), {"told delimiter"}),
    (4, TEXT.replace(",", "\t").encode(), {"told delimiter"}),
    (9, TEXT.replace("no,,", "no,,,x").encode(), {"extra_cells"}),
    (10, TEXT.replace("no,,", "no").encode(), {"missing_cells"}),
    (11, (TEXT + "\n,,,,,,,,\n").encode(), {READ}),
    (12, TEXT.replace("Urdu", '"Urdu').encode(), {"unclosed_quote"}),
    (13, TEXT.replace("Urdu", "Ur\0du").encode(), {"control_character"}),
    (14, b"", {"empty_file"}),
    (40, book_of({"cases": BASE["cases"]}), {"workbook"}),
]


@pytest.mark.parametrize(("number", "content", "expected"), BYTES)
def test_broken_files_end_as_the_list_says(
    tmp_path: Path, number: int, content: bytes, expected: set[str]
) -> None:
    folder = source("csv", copy.deepcopy(BASE), tmp_path)
    (folder / "cases.csv").write_bytes(content)
    assert outcome(folder) == expected


def test_a_sheet_that_is_full_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_FULL_SHEETS", (3,))
    assert outcome(source("csv", copy.deepcopy(BASE), tmp_path)) == {"full_sheet"}
