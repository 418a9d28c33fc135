"""How tall rows are: not every program works it out for itself when it opens a workbook."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn

HEADING_HEIGHT: Final = 28.0
"""Points, of the title of a plain sheet."""

TALLEST_ROW: Final = 409.0
"""Points; Excel has none taller."""

_LINE: Final = 13.2
_AROUND: Final = 4.0
_LETTERS_A_UNIT: Final = 1.2
_BOLD_LETTERS_A_UNIT: Final = 1.1
"""Letters of 10 points that fit a unit of width, with room to spare."""

_INDENT: Final = 1.0
_ARROW: Final = 1.5
"""Units of width that the arrow of a filter takes from a heading."""

_WRAPPED: Final = {"sentence", "worker", "label", "choice", "note"}


def row_heights(sheet: PackSheet) -> list[float]:
    """Return the height of each row, in points: of its own text, or of the longest of the sheet."""
    lines = [_lines(sheet.columns, row) for row in sheet.rows]
    if sheet.even_rows:
        lines = [max(lines)] * len(lines) if lines else []
    return [min(_LINE * number + _AROUND, TALLEST_ROW) for number in lines]


def head_height(columns: Sequence[SheetColumn]) -> float:
    """Return the height of the row of headings, in points."""
    lines = max(_wrapped(column.title, column.width - _ARROW, bold=True) for column in columns)
    return _LINE * lines + _AROUND


def _lines(columns: Sequence[SheetColumn], row: Sequence[CellValue]) -> int:
    return max(
        (
            _wrapped(value, column.width - _INDENT, bold=column.style == "label")
            for column, value in zip(columns, row, strict=True)
            if isinstance(value, str) and column.style in _WRAPPED
        ),
        default=1,
    )


@lru_cache(maxsize=8192)
def _wrapped(text: str, width: float, *, bold: bool) -> int:
    letters = max(4, int(width * (_BOLD_LETTERS_A_UNIT if bold else _LETTERS_A_UNIT)))
    if len(text.expandtabs()) <= letters:
        return 1
    return len(textwrap.wrap(text, letters)) or 1
