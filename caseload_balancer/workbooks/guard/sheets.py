"""One sheet, cell by cell, without keeping what is in the cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from caseload_balancer.errors import DataError
from caseload_balancer.workbooks.guard.archives import refused
from caseload_balancer.workbooks.guard.limits import WorkbookLimits
from caseload_balancer.workbooks.guard.shapes import Area, Cell, SheetShape, letters

_REFERENCE: Final = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TRUE: Final = {"1", "true", "on"}


class Budget:
    """Counts what all sheets of a workbook have together, and refuses what is too much."""

    def __init__(self, limits: WorkbookLimits, file: str) -> None:
        self.limits = limits
        self.file = file
        self._cells = 0
        self._strings = 0
        self._blocks = 0

    def take_cell(self) -> None:
        """Count a cell."""
        self._cells += 1
        if self._cells > self.limits.cells:
            raise self._too_many(f"{self.limits.cells:,} cells")

    def take_string(self) -> None:
        """Count a text."""
        self._strings += 1
        if self._strings > self.limits.strings:
            raise self._too_many(f"{self.limits.strings:,} different texts")

    def take_block(self) -> None:
        """Count a block of merged cells or hidden columns."""
        self._blocks += 1
        if self._blocks > self.limits.blocks:
            raise self._too_many(f"{self.limits.blocks:,} merged or hidden blocks")

    def _too_many(self, what: str) -> DataError:
        return refused(
            self.file,
            "workbook_too_large",
            f"the workbook has more than {what}: more than a week's tables come to. Copy the "
            "tables that are needed into a new workbook.",
        )


class SheetPart:
    """Listens to a sheet and keeps its shape."""

    reads_text = True

    def __init__(self, title: str, *, hidden: bool, budget: Budget) -> None:
        self._title = title
        self._hidden = hidden
        self._budget = budget
        self._row = 0
        self._column = 0
        self._rows = self._columns = 0
        self._last: Cell = (0, 0)
        self._filled_rows = self._row_filled = 0
        self._row_is_hidden = False
        self._filled = self._formula = self._error = self._text = self._in_value = False
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[Area] = []
        self._formulas: set[Cell] = set()
        self._without_value: set[Cell] = set()
        self._errors: set[Cell] = set()

    def begins(self, element: str, attributes: Mapping[str, str]) -> None:
        """Take the start of a row, a cell, a value or a formula."""
        match element:
            case "c":
                self._begin_cell(attributes)
            case "v" | "t":
                self._in_value = True
                # A formula that comes to empty text has been worked out.
                self._filled |= self._text and element == "v"
            case "f":
                self._formula = True
            case "row":
                self._row = _number(attributes.get("r")) or self._row + 1
                self._column = 0
                self._row_is_hidden = attributes.get("hidden") in _TRUE
            case "col" if attributes.get("hidden") in _TRUE:
                first, last = (_number(attributes.get(key)) or 0 for key in ("min", "max"))
                self._hidden_columns.append((first, last))
                self._budget.take_block()
            case "mergeCell":
                self._merged += _areas(attributes.get("ref", ""))
                self._budget.take_block()

    def ends(self, element: str) -> None:
        """Take the end of a cell or a value."""
        if element in {"v", "t"}:
            self._in_value = False
        elif element == "c":
            self._end_cell()

    def says(self, text: str) -> None:
        """Note that a cell has a value."""
        if self._in_value and text:
            self._filled = True

    def shape(self) -> SheetShape:
        """Return what the sheet looks like.

        Raises
        ------
        DataError
            When a cell stands far below the table, or more would be read than any table has.
        """
        limits = self._budget.limits
        if self._rows > self._filled_rows + limits.rows_between:
            raise self._far(self._last, f"over {limits.rows_between:,} blank rows come before it")
        if self._rows * self._columns > limits.area:
            raise refused(
                self._budget.file,
                "workbook_too_large",
                f"sheet '{self._title}' goes on to {letters(self._columns)}{self._rows}: more "
                "than a week's tables come to. Copy the table into a new workbook.",
            )
        hidden: set[int] = set()
        for first, last in set(self._hidden_columns):
            hidden.update(range(max(first, 1), min(last, self._columns) + 1))
        return SheetShape(
            title=self._title,
            hidden=self._hidden,
            rows=self._rows,
            columns=self._columns,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(hidden),
            merged=tuple(sorted(self._merged)),
            formulas=frozenset(self._formulas),
            formulas_without_value=frozenset(self._without_value),
            errors=frozenset(self._errors),
        )

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._budget.take_cell()
        place = _place(attributes.get("r", ""))
        if place is None:
            self._column += 1
        else:
            self._row, self._column = place
        self._filled = self._formula = False
        self._error = attributes.get("t") == "e"
        self._text = attributes.get("t") == "str"

    def _end_cell(self) -> None:
        if not self._filled and not self._formula:
            return
        limits, cell = self._budget.limits, (self._row, self._column)
        if self._row > limits.rows or self._column > limits.columns:
            last = f"row {limits.rows:,} and column {letters(limits.columns)}"
            raise self._far(cell, f"{last} are the last that are read")
        self._filled_rows += self._row != self._row_filled
        self._row_filled = self._row
        if self._row_is_hidden:
            self._hidden_rows.add(self._row)
        if self._row >= self._rows:
            self._rows, self._last = self._row, cell
        self._columns = max(self._columns, self._column)
        if self._error:
            self._errors.add(cell)
        if self._formula:
            self._formulas.add(cell)
            if not self._filled:
                self._without_value.add(cell)

    def _far(self, cell: Cell, why: str) -> DataError:
        row, column = cell[0], letters(cell[1])
        return refused(
            self._budget.file,
            "far_cell",
            f"sheet '{self._title}' has something in {column}{row}, far outside any table ({why}). "
            "Delete that cell, or copy the table into a new workbook.",
            row=row,
            column=column,
        )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 7 else None


def _place(reference: str) -> Cell | None:
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    return int(found[2]), _column(found[1])


@cache
def _column(text: str) -> int:
    column = 0
    for letter in text.upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return column


def _areas(reference: str) -> list[Area]:
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last or first)
    return [] if start is None or end is None else [Area(*start, *end)]
