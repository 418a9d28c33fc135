"""One pass through a sheet's XML: what openpyxl does not tell, and what must not reach it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from caseload_balancer.intake.workbooks.archives import damaged
from caseload_balancer.intake.workbooks.refusals import UnfitWorkbookError

CELLS_AT_MOST: Final = 3_000_000
COLUMNS_AT_MOST: Final = 500
ROWS_BETWEEN_AT_MOST: Final = 20_000
"""Empty rows in a table, below which a last cell was filled by mistake."""
_DEEPEST: Final = 60
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass
class SheetFacts:
    """What stands where in one sheet.

    Parameters
    ----------
    last_row, last_column
        Of the cells that hold something, counted from 1.
    rows_filled
        How many rows hold something.
    without_value
        Cells, by row and column, that hold a formula and no value.
    hidden_rows, hidden_columns
        Rows with something in them that are hidden, and hidden columns.
    merged
        Ranges of cells that are one, as ``A1:C1``.
    """

    last_row: int = 0
    last_column: int = 0
    rows_filled: int = 0
    without_value: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def parse(
    content: bytes, start: Start, end: End | None = None, text: Callable[[str], None] | None = None
) -> None:
    """Go through XML, refusing what XML of workbooks never has.

    Raises
    ------
    UnfitWorkbookError
        For declarations of types and entities, for depth without end, and for no XML.
    """
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_: object) -> None:
        raise UnfitWorkbookError(
            "workbook_entities",
            "the workbook declares XML entities, as no spreadsheet does. It was not opened.",
        )

    def started(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise damaged()
        start(name.rpartition(":")[2], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)  # noqa: FBT003 - the last piece, as expat asks
    except (expat.ExpatError, ValueError, OverflowError, KeyError):
        raise damaged() from None


def facts_of(content: bytes) -> SheetFacts:
    """Return what a sheet holds where.

    Raises
    ------
    UnfitWorkbookError
        When it has too many cells, or one so far away that every row up to it would be read.
    """
    reading = _Pass()
    parse(content, reading.start, reading.end, reading.text)
    facts = reading.facts
    far = facts.last_row > facts.rows_filled + ROWS_BETWEEN_AT_MOST
    if far or facts.last_column > COLUMNS_AT_MOST:
        raise UnfitWorkbookError(
            "far_cell",
            f"a cell is filled far from the table (row {facts.last_row:,}, column "
            f"{facts.last_column:,}). Delete it and save the workbook again.",
        )
    return facts


class _Pass:
    """What was seen so far."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self._row = 0
        self._column = 0
        self._hidden = False
        self._filled = False
        self._in_value = self._has_formula = self._has_value = False
        self._cells = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        match name:
            case "c":
                self._start_cell(attributes)
            case "v" | "t":
                self._in_value = True
            case "f":
                self._has_formula = True
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column, self._filled = 0, False
                self._hidden = attributes.get("hidden") in {"1", "true"}
            case "col" if attributes.get("hidden") in {"1", "true"}:
                first, last = int(attributes["min"]), int(attributes["max"])
                self.facts.hidden_columns.update(range(first, min(last, COLUMNS_AT_MOST) + 1))
            case "mergeCell" if "ref" in attributes:
                self.facts.merged.append(attributes["ref"])
            case _:
                pass

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._cells += 1
        if self._cells > CELLS_AT_MOST:
            raise UnfitWorkbookError(
                "workbook_too_large",
                f"a sheet has more than {CELLS_AT_MOST:,} cells. Is it the right file?",
            )
        self._has_formula = self._has_value = False
        self._column += 1
        if found := _PLACE.fullmatch(attributes.get("r", "")):
            self._column = _number(found[1])
            self._row = int(found[2])

    def text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._has_value = True

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._in_value = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self.facts.rows_filled += self._filled
            if self._filled and self._hidden:
                self.facts.hidden_rows.add(self._row)

    def _end_cell(self) -> None:
        if self._has_formula and not self._has_value:
            self.facts.without_value.add((self._row, self._column))
        if self._has_formula or self._has_value:
            self._filled = True
            self.facts.last_row = max(self.facts.last_row, self._row)
            self.facts.last_column = max(self.facts.last_column, self._column)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def rows_of(merged: str) -> tuple[int, int]:
    """Return the first and last row of a range, as 1 and 3 of ``A1:C3``."""
    rows = [int(found[2]) for found in _PLACE.finditer(merged.replace("$", ""))]
    return (min(rows), max(rows)) if rows else (0, 0)
