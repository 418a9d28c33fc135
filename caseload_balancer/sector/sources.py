"""Tables of the sector's files as they were found, and their cells read one by one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseload_balancer.domain.date_checks import LAST_YEAR
from caseload_balancer.intake.cells import CellError
from caseload_balancer.intake.dates import fits_format, formatted_date, iso_date
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.raw_tables import Cell, RawTable
from caseload_balancer.sector.evidence import Evidence

TITLES_WITHIN: Final = 20
"""Rows from the top in which titles are looked for."""
NO_KEY: Final = "-1"
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*")
_POINT_NOTHING: Final = re.compile(r"[0-9]{1,15}\.0")
_MOST_DIGITS: Final = 15
_COMMON_FORMATS: Final = (
    "%d/%m/%Y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d-%b-%y",
)  # fmt: skip
"""Formats that a date in no format that was given may be in: for a person to say."""
_YES: Final = frozenset({"y", "yes", "true", "1", "a) yes"})
_NO: Final = frozenset({"n", "no", "false", "0", "b) no"})


def title_key(title: str) -> str:
    """Return a title's letters and digits, without case."""
    return "".join(c for c in title.casefold() if c.isalnum())


def tidy_text(text: str) -> str:
    """Return a text with one plain blank for whatever blanks stand in it, and none around it."""
    return " ".join(text.replace("\u200b", "").split())


@dataclass(frozen=True)
class BrokenCell:
    """A cell without a value that can be believed, such as a formula nobody worked out.

    Parameters
    ----------
    rule, says
        As of a `CellError`; reported only where the column is read.
    """

    rule: str
    says: str


@dataclass(frozen=True)
class SourceTable:
    """One table as it was found, before any cell is understood.

    Parameters
    ----------
    name
        As messages call it: ``ssd_person``, ``List 6``, ``hr``.
    titles, rows
        Titles, and cells of each row.
    row_numbers
        The number a reader knows each row by.
    """

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    row_numbers: Sequence[int]


def as_source(raw: RawTable) -> SourceTable:
    """Return a raw table as the source of others."""
    return SourceTable(raw.name, raw.header, raw.rows, raw.row_numbers)


@dataclass(frozen=True)
class SourceSpec:
    """What a table should have.

    Parameters
    ----------
    name
        The table.
    columns
        Each column we read, with other titles it is found under.
    needed
        Columns without which the table says nothing.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[str, ...] = ()


def row_of_titles(rows: Sequence[Sequence[Cell]], spec: SourceSpec) -> int | None:
    """Return the position of the row that has the most titles of a table, of those near the top."""
    known = {title_key(title) for name, also in spec.columns.items() for title in (name, *also)}
    fits = [
        sum(isinstance(cell, str) and title_key(cell) in known for cell in row)
        for row in rows[:TITLES_WITHIN]
    ]
    most = max(fits, default=0)
    return fits.index(most) if most else None


@dataclass(frozen=True)
class SourceReading:
    """How cells are read, and where is noted what was found.

    Parameters
    ----------
    date_format
        Format of dates that are text and not ISO 8601; None: every date is ISO 8601.
    """

    evidence: Evidence
    findings: Findings
    date_format: str | None = None
    _told: set[tuple[str, int, str]] = field(default_factory=set, init=False, repr=False)

    def tells_first(self, table: str, row: int, column: str) -> bool:
        """Say whether a cell is told of for the first time: some are read for several questions."""
        cell = (table, row, column)
        is_first = cell not in self._told
        self._told.add(cell)
        return is_first


@dataclass(frozen=True)
class Line:
    """One row of a source table, its cells by the names of their columns."""

    table: str
    number: int
    cells: Mapping[str, Cell] = field(repr=False)
    reading: SourceReading = field(repr=False)

    def text(self, column: str) -> str | None:
        """Return a cell as text, None where it is blank; a whole number loses its ``.0``."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        if isinstance(cell, bool):
            return "Y" if cell else "N"
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return tidy_text(str(cell)) or None

    def key(self, column: str) -> str | None:
        """Return an id, None where it is blank or the system's own for nothing.

        What programs make of a column of numbers with blanks, ``1234.0``, is ``1234``.

        A number of more digits than spreadsheets keep is reported: its last ones are made up.
        """
        cell, text = self.cells.get(column), self.text(column)
        if text == NO_KEY:
            return None
        if isinstance(cell, str) and text is not None and _POINT_NOTHING.fullmatch(text):
            return text.removesuffix(".0")
        numeric = isinstance(cell, int | float) and not isinstance(cell, bool)
        if numeric and text is not None and len(text) > _MOST_DIGITS:
            self.problem(
                column,
                "damaged_id",
                f"{quoted(text)} is a number of {len(text)} digits, and spreadsheets keep "
                f"{_MOST_DIGITS}. Export the column as text.",
            )
            return None
        return text

    def day(self, column: str) -> date | None:
        """Return a date, None where it is blank; one that cannot be read is reported."""
        cell = self.cells.get(column)
        if cell is None:
            return None
        try:
            day = self._day(cell)
        except CellError as error:
            self.problem(column, error.rule, f"{error.says}{self._other_format(cell)}")
            return None
        if day.year > LAST_YEAR:  # what is due is counted on from days
            self.problem(column, "date_out_of_range", f"{day.isoformat()} is after {LAST_YEAR}.")
            return None
        return day

    def _day(self, cell: Cell) -> date:
        date_format = self.reading.date_format
        if isinstance(cell, str) and date_format is not None and not _ISO.fullmatch(cell.strip()):
            return formatted_date(cell, _nothing, date_format)
        return iso_date(cell, _nothing)

    def _other_format(self, cell: Cell) -> str:
        """Return what format a date may be in that is not in the one that was given."""
        if not isinstance(cell, str) or self.reading.date_format is None:
            return ""
        fits = [one for one in _COMMON_FORMATS if fits_format(cell.strip(), one)]
        return f" If all dates are like this, pass date_format='{fits[0]}'." if fits else ""

    def yes(self, column: str) -> bool | None:
        """Return yes or no, None where it is neither."""
        text = (self.text(column) or "").casefold()
        if text in _YES:
            return True
        return False if text in _NO else None

    def problem(self, column: str, rule: str, says: str) -> None:
        """Report a cell that stops the reading, once."""
        if not self.reading.tells_first(self.table, self.number, column):
            return
        self.reading.findings.problem(
            self.table, rule, f"{column} {says}", row=self.number, column=column
        )


def _nothing(_: str) -> None:
    """Take a note of how a cell was read: dates here always have a time."""
