"""The cells of a workbook's sheets, through openpyxl, once the workbook may be opened."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from caseload_balancer.extras import need
from caseload_balancer.intake.raw_tables import Cell
from caseload_balancer.workbooks.escapes import unescaped
from caseload_balancer.workbooks.guard import SheetShape, damaged

WITHOUT_VALUE: Final = "#CALC!"
"""What a formula without a value is taken for: a formula that failed."""
_ZEROS: Final = frozenset("0")


@contextmanager
def opened(name: str, content: bytes) -> Iterator[Any]:
    """Open a workbook that was looked through.

    Parameters
    ----------
    name
        The file, for its problems.

    Raises
    ------
    MissingInputError
        When openpyxl is not installed.
    DataError
        When openpyxl cannot make sense of it.
    """
    need("reading a workbook", "openpyxl", otherwise="Or save each sheet as 'CSV UTF-8'.")
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra, and CSV needs none

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of drawings and styles that are of no use here
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except Exception:  # noqa: BLE001 - it raises whatever a broken part leads to
            raise damaged(name) from None
        try:
            yield book
        finally:
            book.close()


def rows_of_sheet(name: str, book: Any, sheet: SheetShape) -> list[list[Cell]]:
    """Return every row up to the last one that holds something, all of one width.

    Parameters
    ----------
    name
        The file, for its problems.

    Raises
    ------
    DataError
        When openpyxl cannot make sense of the sheet.
    """
    if not sheet.rows:
        return []
    try:
        found = [
            [_value(cell) for cell in row]
            for row in book[sheet.title].iter_rows(
                min_row=1, max_row=sheet.rows, min_col=1, max_col=sheet.columns
            )
        ]
    except Exception:  # noqa: BLE001 - as above
        raise damaged(name) from None
    for row, column in sheet.formulas_without_value:
        if row <= len(found) and column <= len(found[row - 1]):
            found[row - 1][column - 1] = WITHOUT_VALUE
    return found


def _value(cell: Any) -> Cell:
    value: Cell = cell.value
    if isinstance(value, str):
        # A line that was begun and left empty is nothing that anybody sees.
        return unescaped(value).strip("\r\n")
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    shown = getattr(cell, "number_format", "")
    if isinstance(value, int) and not isinstance(value, bool) and set(shown) == _ZEROS:
        # People see 0001 where the format fills up with zeros.
        return f"{value:0{len(shown)}d}"
    return value


def as_ids(rows: list[list[Cell]], places: Mapping[int, str]) -> dict[str, int]:
    """Turn whole numbers into text in the columns of ids; return how many in each.

    Parameters
    ----------
    places
        Names of columns of text, by position.
    """
    turned: dict[str, int] = {}
    for row in rows:
        for place, name in places.items():
            cell = row[place] if place < len(row) else None
            if isinstance(cell, int) and not isinstance(cell, bool):
                row[place] = str(cell)
                turned[name] = turned.get(name, 0) + (cell >= 0)  # -1 is no id
    return turned
