"""Small tables of a week, what may be done to them, and how they come: by file, book or frame."""

import copy
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

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
