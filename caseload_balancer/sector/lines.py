"""The rows of a source table under the names of its columns, whatever their titles."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell, is_blank
from caseload_balancer.intake.row_shapes import COUNT, NOTE
from caseload_balancer.sector.evidence import ColumnUse
from caseload_balancer.sector.sources import (
    BrokenCell,
    Line,
    SourceReading,
    SourceSpec,
    SourceTable,
    title_key,
)

PLACEHOLDERS: Final = frozenset(
    {"ssd_ph", "placeholder_data", "null", "(null)", "n/a", "#n/a", "none", "nat", "nan"}
)
NO_DATES: Final = frozenset(
    {"1900-01-01", "1899-12-30", "01/01/1900", "30/12/1899", "9999-12-31", "31/12/9999"}
)
_OF_THE_SECTOR: Final = ("ssd_", "List ")
"""How the tables begin that have no row of one cell: those of staff may have a name alone."""
_SHORTEST_ALIKE: Final = 10
_CLOSE_ENOUGH: Final = 0.93
"""A letter of ten may differ: columns of one table differ by words."""


@dataclass
class _Counts:
    title: str | None
    filled: int = 0
    blank: int = 0
    placeholders: int = 0


class Lines:
    """The rows of one source table; none where the table is not there.

    Parameters
    ----------
    table
        The table found; None when it is not there.
    """

    def __init__(self, table: SourceTable | None, spec: SourceSpec, reading: SourceReading) -> None:
        self.name = spec.name
        self.found = table is not None
        self._spec, self._reading = spec, reading
        self._titles = () if table is None else table.titles
        self._places = {} if table is None else self._lay_out(table)
        self._lines = [] if table is None else list(self._read(table))

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def has(self, column: str) -> bool:
        """Say whether a column is there."""
        return column in self._places

    @property
    def unread_titles(self) -> list[str]:
        """The titles of no column that is read."""
        read = set(self._places.values())
        return [title for place, title in enumerate(self._titles) if place not in read and title]

    def _lay_out(self, table: SourceTable) -> dict[str, int]:
        known = {
            title_key(title): column
            for column, others in self._spec.columns.items()
            for title in (column, *others)
        }
        places: dict[str, int] = {}
        # A column's own title goes before the others it is found under.
        ranks = {key: rank for rank, key in enumerate(known)}
        titled = [
            (ranks[key], place, known[key])
            for place, title in enumerate(table.titles)
            if (key := title_key(title)) in known
        ]
        for _, place, column in sorted(titled):
            if column in places:
                detail = f"{column}, columns {places[column] + 1} and {place + 1}"
                self._reading.evidence.note("left out", self.name, 0, "two_titles", detail)
                continue
            places[column] = place
        self._look_alikes(table, places)
        if lacking := [column for column in self._spec.needed if column not in places]:
            self._reading.findings.problem(
                self.name,
                "missing_column",
                f"{_said(lacking)} missing. The titles found are "
                f"{', '.join(map(quoted, table.titles[:12]))}.",
            )
        return places

    def _look_alikes(self, table: SourceTable, places: dict[str, int]) -> None:
        """Find columns under a title that begins with theirs, or is a slip of the pen from it."""
        free = {
            title_key(title): place
            for place, title in enumerate(table.titles)
            if place not in places.values() and title_key(title)
        }
        for column, others in self._spec.columns.items():
            if column in places:
                continue
            wanted = [title_key(title) for title in (column, *others)]
            found = next((key for key in free if _is_alike(key, wanted)), None)
            if found is not None:
                places[column] = free.pop(found)
                detail = f"{quoted(table.titles[places[column]])} for {column}"
                self._reading.evidence.note("assumed", self.name, 0, "title_alike", detail)

    def _read(self, table: SourceTable) -> Iterator[Line]:
        counts = {column: _Counts(table.titles[place]) for column, place in self._places.items()}
        width = len(table.titles)
        for number, row in zip(table.row_numbers, table.rows, strict=True):
            if all(map(is_blank, row)):
                self._reading.evidence.note("left out", self.name, number, "blank_row")
                continue
            if _is_no_row(row, alone=self.name.startswith(_OF_THE_SECTOR)):
                self._reading.evidence.note("left out", self.name, number, "not_a_row")
                continue
            if len(row) < width or not all(map(is_blank, row[width:])):
                self._reading.findings.problem(
                    self.name,
                    "row_width",
                    f"the row has {counted(len(row), 'cell')}, the header {width}. A cell with a "
                    "comma in it needs quotation marks around it.",
                    row=number,
                )
                continue
            cells = {
                column: self._cell(number, column, row[place], counts[column])
                for column, place in self._places.items()
            }
            yield Line(self.name, number, cells, self._reading)
        for column in self._spec.columns:
            one = counts.get(column, _Counts(None))
            self._reading.evidence.columns.append(
                ColumnUse(self.name, column, one.title, one.filled, one.blank, one.placeholders)
            )

    def _cell(self, number: int, column: str, cell: Cell, count: _Counts) -> Cell:
        if isinstance(cell, BrokenCell):
            message = f"{column} {cell.says}"
            self._reading.findings.problem(self.name, cell.rule, message, row=number, column=column)
            cell = None
        if is_blank(cell):
            count.blank += 1
            return None
        if _is_placeholder(cell):
            count.placeholders += 1
            return None
        count.filled += 1
        return cell


def _said(columns: Sequence[str]) -> str:
    verb = "column {} is" if len(columns) == 1 else "columns {} are"
    return verb.format(listed(columns))


def _is_alike(key: str, wanted: Sequence[str]) -> bool:
    """Say whether a title is one of those wanted, with words behind it or a letter wrong."""
    long_enough = [one for one in wanted if len(one) >= _SHORTEST_ALIKE]
    if any(key.startswith(one) for one in long_enough):
        return True
    return bool(difflib.get_close_matches(key, long_enough, n=1, cutoff=_CLOSE_ENOUGH))


def _is_no_row(row: Sequence[Cell], *, alone: bool) -> bool:
    """Say whether a row is a total, or a note such as ``(57 rows affected)``.

    Parameters
    ----------
    alone
        Whether words that stand alone in a row are a note.
    """
    first, *others = [cell for cell in row if not is_blank(cell)]
    if not isinstance(first, str):
        return False
    if NOTE.match(first):
        return all(COUNT.fullmatch(str(cell)) for cell in others)
    says_more = " " in first.strip() or not any(map(str.isdigit, first))
    return alone and not others and says_more


def _is_placeholder(cell: Cell) -> bool:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10] in NO_DATES
    if not isinstance(cell, str):
        return False
    text = cell.strip().casefold()
    return text in PLACEHOLDERS or text[:10] in NO_DATES
