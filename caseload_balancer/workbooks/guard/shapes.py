"""What a workbook looks like before it is read."""

from __future__ import annotations

from dataclasses import dataclass

Cell = tuple[int, int]
"""Row and column, both counted from 1."""


def letters(column: int) -> str:
    """Return the letters of a column: 1 is ``A``, 27 is ``AA``."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@dataclass(frozen=True, order=True)
class Area:
    """A block of merged cells: its first and last row and column, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def name(self) -> str:
        """The block as spreadsheets name it: ``A1:C3``."""
        first = f"{letters(self.first_column)}{self.first_row}"
        return f"{first}:{letters(self.last_column)}{self.last_row}"


@dataclass(frozen=True, kw_only=True)
class SheetShape:
    """One sheet.

    Parameters
    ----------
    title
        The name on its tab.
    hidden
        Whether the tab is hidden.
    rows, columns
        The last row and column with a value or a formula; formats beyond them do not count. Read
        no further than this.
    hidden_rows, hidden_columns
        Rows with something in them that are not shown, filtered ones included; columns that are
        not shown, up to the last one with something in it.
    merged
        Blocks of merged cells; the first cell of each has the value, the others are blank.
    formulas, formulas_without_value
        Cells with a formula, and those of them that no program has worked out yet.
    errors
        Cells that show an error, as ``#N/A`` or ``#REF!``.
    """

    title: str
    hidden: bool
    rows: int
    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]
    formulas: frozenset[Cell]
    formulas_without_value: frozenset[Cell]
    errors: frozenset[Cell]


@dataclass(frozen=True, kw_only=True)
class WorkbookShape:
    """A workbook that is safe to open.

    Parameters
    ----------
    sheets
        In the order of the tabs; charts are left out.
    from_1904
        Whether its days are counted from 1904, as old Macintosh workbooks do.
    has_macros
        Whether there are programs in it; nothing here runs them.
    """

    sheets: tuple[SheetShape, ...]
    from_1904: bool
    has_macros: bool

    def sheet(self, title: str) -> SheetShape | None:
        """Return the sheet of a title, in any case; None where there is none."""
        wanted = title.strip().casefold()
        return next((one for one in self.sheets if one.title.strip().casefold() == wanted), None)
