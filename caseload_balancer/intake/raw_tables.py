"""The one shape every reader hands on: a header, rows of cells, and their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Cell = object
"""Text from a file; from a frame or workbook also a number, date, Boolean, list, or None."""


@dataclass(frozen=True)
class RawTable:
    """A table as it was found, before any cell is understood.

    Files, frames and workbooks differ up to here; everything after is common.

    Parameters
    ----------
    name
        ``cases``, ``workers``, ``adjustments``, ``teams`` or ``spells``.
    header
        Titles as they stand there.
    rows
        Cells of each row. A row may be longer or shorter than the header.
    row_numbers
        The number a reader knows each row by: as a spreadsheet shows it, or counted from 1.
    header_row
        Row number of the header; None for a table without one.
    complete
        False when rows after the last one could not be read.
    has_types
        Whether cells may be more than text, as those of frames and workbooks.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    row_numbers: Sequence[int]
    header_row: int | None = 1
    complete: bool = True
    has_types: bool = False


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing: no value, an empty list, or only blanks."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return isinstance(cell, (list, tuple)) and not cell
