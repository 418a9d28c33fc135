"""Cells that hold a word for nothing: what exports write where there is no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from caseload_balancer.domain.closing import plain
from caseload_balancer.domain.names import spelling
from caseload_balancer.domain.spreadsheet_text import BLANK_WORDS
from caseload_balancer.domain.wording import counted
from caseload_balancer.intake.cell_readers import cell_reader
from caseload_balancer.intake.cells import CellError
from caseload_balancer.intake.columns import ID_KINDS, Column, InputTable, Kind
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.forms import Form
from caseload_balancer.intake.headers import Layout, Titles
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank

NO_ID: Final = "-1"

NO_DATES: Final = frozenset(
    {date(1900, 1, 1), date(1899, 12, 30), date(1, 1, 1), date(9999, 12, 31)}
)
"""What databases and spreadsheets write where there is no date, or no end."""

_NO_YEARS: Final = ("1900", "1899", "0001", "9999")

NOBODY_WORDS: Final = frozenset(
    {
        "duty",
        "duty team",
        "duty desk",
        "duty worker",
        "duty social worker",
        "unallocated",
        "not allocated",
        "awaiting allocation",
        "to be allocated",
        "pending allocation",
        "allocation pending",
        "unassigned",
        "not assigned",
        "no worker",
        "no social worker",
        "no allocated worker",
        "no one",
        "nobody",
        "vacant",
        "vacancy",
        "waiting",
        "waiting list",
        "tbc",
        "tba",
    }
)
"""What people write for the holder of a case that nobody holds, in any case and with any blanks."""


def known_ids(raw: RawTable | None, meanings: Titles) -> frozenset[str]:
    """Return the ids that stand in a table's own column of ids, before anything is checked."""
    if raw is None or meanings.table.identity is None:
        return frozenset()
    found = meanings.places(raw.header)
    at = [places[0] for column, places in found.items() if column.name == meanings.table.identity]
    if not at:
        return frozenset()
    (place,) = at
    cells = (row[place] for row in raw.rows if len(row) > place)
    return frozenset(cell.strip() for cell in cells if isinstance(cell, str))


def _lacks_worker(row: Sequence[Cell], layout: Layout) -> bool:
    return any(
        column.name == "worker_id" and len(row) > place and is_blank(row[place])
        for column, place in layout.places.items()
    )


class Clearing:
    """Takes words for nothing out of the rows of one table, counting each in each column.

    Parameters
    ----------
    ids
        The ids of each table: what is an id there is one wherever it is pointed to.
    """

    def __init__(self, table: InputTable, ids: Mapping[str, Collection[str]], form: Form) -> None:
        self._table = table
        self._ids = {column: ids.get(column.points_to or "", ()) for column in table.columns}
        self._spellings = frozenset(map(spelling, ids.get("workers", ())))
        self._form = form
        self._words = BLANK_WORDS | form.own.blanks
        self._blank: Counter[tuple[str, str]] = Counter()
        self._nobody: Counter[str] = Counter()
        self._named: set[str] = set()
        self._unheld = 0

    def row(self, row: Sequence[Cell], layout: Layout) -> Sequence[Cell] | None:
        """Return the row, the same one where every cell says something.

        None for a row of ``spells`` whose worker is nobody: it tells when nobody held the case.
        """
        cleared: list[Cell] | None = None
        for column, place in layout.places.items():
            if place < len(row) and self._says_nothing(row[place], column):
                cleared = list(row) if cleared is None else cleared
                cleared[place] = None
        if cleared is None:
            return row
        if self._table.name == "spells" and _lacks_worker(cleared, layout):
            self._unheld += 1
            return None
        return cleared

    def _says_nothing(self, cell: Cell, column: Column) -> bool:
        if is_blank(cell) or column.name == self._table.identity:
            return False
        if not isinstance(cell, (str, date)):
            return False
        text = str(cell).strip()
        if self._is_blank_word(text, column) or self._is_no_date(cell, column):
            self._blank[column.name, text] += 1
            return True
        if self._is_nobody(text, column):
            self._nobody[column.name] += 1
            self._named.add(text)
            return True
        return False

    def _is_blank_word(self, text: str, column: Column) -> bool:
        if column.kind not in ID_KINDS:
            return text.casefold() in self._words
        says_none = text == NO_ID or text.casefold() in self._words
        return says_none and text not in self._ids[column]

    def _is_no_date(self, cell: Cell, column: Column) -> bool:
        if column.kind is not Kind.DATE or not any(year in str(cell) for year in _NO_YEARS):
            # Most dates are one; only those that may be none are read twice.
            return False
        try:
            return cell_reader(column, self._form)(cell, lambda *_: None) in NO_DATES
        except CellError:
            return False

    def _is_nobody(self, text: str, column: Column) -> bool:
        return (
            column.points_to == "workers"
            and column.kind is Kind.ID
            and self._table.name in {"cases", "spells"}
            and plain(text) in NOBODY_WORDS
            and spelling(text) not in self._spellings
        )

    def tell(self, findings: Findings) -> None:
        """Tell what was read as nothing, once a word and column."""
        for (name, text), count in self._blank.items():
            cells = counted(count, "cell")
            findings.tell(
                self._table.name,
                "blank_word",
                f"{name}: in {cells} {quoted(text)} was read as blank.",
                column=name,
            )
        for name, count in self._nobody.items():
            words = ", ".join(map(quoted, sorted(self._named)))
            findings.warn(
                self._table.name,
                "holder_is_nobody",
                f"{name}: {words} in {counted(count, 'row')}: no worker has that id, so it was "
                "read as nobody.",
                column=name,
            )
        if self._unheld:
            findings.tell(
                self._table.name,
                "spells_of_nobody",
                f"{counted(self._unheld, 'spell')} of no worker left out.",
                column="worker_id",
            )
