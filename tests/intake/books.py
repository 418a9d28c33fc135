"""Workbooks for tests, as people save them."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = Mapping[str, Sequence[Sequence[Any]]]
WEEK: Sheets = {
    "cases": [
        ["case_id", "case_type", "worker_id", "points", "opened_on"],
        ["0001", "child_in_need", "W1", 4.5, "2026-01-05"],
        ["0002", "other", "", "", ""],
    ],
    "workers": [["worker_id", "employment", "fte"], ["W1", "permanent", 1], ["W7", "agency", 0.8]],
    "service": [["as_of", "2026-11-23"]],
}


def book_of(sheets: Sheets, change: Callable[[Workbook], object] | None = None) -> bytes:
    """Return a workbook with these sheets, changed in a way."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, place, value)
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
    if change is not None:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part of its archive changed, or added."""
    source = zipfile.ZipFile(io.BytesIO(content))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, edit(source.read(part)) if part == name else source.read(part))
        if name not in source.namelist():
            archive.writestr(name, edit(b""))
    return target.getvalue()


def saved(folder: Path, content: bytes, name: str = "week.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
