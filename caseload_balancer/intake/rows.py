"""A raw table to typed rows, with every cell's problem noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, Literal

from pydantic import ValidationError

from caseload_balancer.domain.words import Row
from caseload_balancer.intake.blanks import without_words_for_nothing
from caseload_balancer.intake.cell_readers import cell_reader, say_not_text
from caseload_balancer.intake.cells import CellError
from caseload_balancer.intake.columns import ID_KINDS, TEXT_KINDS, Column, InputTable, Kind
from caseload_balancer.intake.findings import Findings, counted, quoted
from caseload_balancer.intake.headers import Layout, lay_out
from caseload_balancer.intake.limits import refusals
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank
from caseload_balancer.intake.read_tables import Everything, ReadTable, drop_repeats
from caseload_balancer.intake.row_shapes import is_row

Repeats = Literal["refuse", "drop"]

_CHECKED_KINDS: Final = ID_KINDS | {Kind.YES_NO}
_NORMALISED: Final = {
    "trimmed": "blanks around the text were left out",
    "spelling": "the spelling was made regular",
    "time_of_day": "the time of day was left out",
    "rounded": "the number was rounded to three decimals",
}


def read_rows(
    raw: RawTable,
    table: InputTable,
    findings: Findings,
    *,
    ids: Mapping[str, Collection[str]],
    date_format: str | None,
    repeated_rows: Repeats,
) -> ReadTable:
    """Read every row of `raw`, noting every problem.

    Parameters
    ----------
    ids
        The ids that stand in each table.
    date_format
        Format of dates that are text, as for `datetime.strptime`; None is ISO 8601.
    repeated_rows
        Whether a row that repeats an earlier one in everything is refused or left out.
    """
    layout = lay_out(raw, table, findings)
    if layout is None:
        return ReadTable(unread=Everything())
    raw = without_words_for_nothing(raw, table, layout, ids, date_format, findings)
    reading = _Reading(raw, table, layout, findings, date_format)
    found = reading.read()
    if repeated_rows == "drop":
        drop_repeats(found, table, findings)
    if not raw.complete or not reading.knows_ids:
        found.unread = Everything()
    return found


class _Reading:
    """One pass over one table."""

    def __init__(
        self,
        raw: RawTable,
        table: InputTable,
        layout: Layout,
        findings: Findings,
        date_format: str | None,
    ) -> None:
        self._raw = raw
        self._table = table
        self._layout = layout
        self._findings = findings
        self._counts: Counter[tuple[Column, str]] = Counter()
        self._readers = [
            (column, place, cell_reader(column, date_format), partial(self._note, column))
            for column, place in layout.places.items()
        ]
        by_name = {column.name: place for column, place in layout.places.items()}
        self._id_place = by_name.get(table.identity or "")
        not_text = self._columns_that_are_not_text()
        self._readers = [each for each in self._readers if each[0] not in not_text]
        self._lacks_columns = bool(not_text) or not layout.places.keys() >= set(table.required)
        self.knows_ids = table.identity is None or self._id_place is not None

    def _note(self, column: Column, rule: str) -> None:
        self._counts[column, rule] += 1

    def read(self) -> ReadTable:
        """Read row after row, leaving out blank ones."""
        found = ReadTable()
        unread: set[str] = set()
        blank = 0
        for number, row in zip(self._raw.row_numbers, self._raw.rows, strict=True):
            if all(map(is_blank, row)):
                blank += 1
                continue
            read = self._row(number, row)
            if read is None:
                unread.update(self._ids_of(row))
            else:
                found.rows.append(read)
                found.row_numbers.append(number)
        found.unread = unread
        if blank:
            self._findings.tell(
                self._table.name, "blank_rows", f"{counted(blank, 'blank row')} left out."
            )
        self._tell_counts()
        return found

    def _row(self, number: int, row: Sequence[Cell]) -> Row | None:
        """Return a row, without the cells that cannot be read where it says enough without."""
        if not is_row(number, row, self._table, self._layout, self._findings):
            return None
        values: dict[str, object] = {}
        failed: set[Column] = set()
        for column, place, reader, note in self._readers:
            cell = row[place]
            if is_blank(cell):
                if column.required:
                    self._problem(number, column, "missing_value", "is blank. Every row needs one.")
                    failed.add(column)
                continue
            try:
                values[column.name] = reader(cell, note)
            except CellError as error:
                self._problem(number, column, error.rule, error.says)
                failed.add(column)
        if self._cannot_be_checked(failed):
            return None
        return self._typed(number, row, values)

    def _typed(self, number: int, row: Sequence[Cell], values: dict[str, object]) -> Row | None:
        try:
            return self._table.row.model_validate(values)
        except ValidationError as error:
            named = {column.name: (column, row[place]) for column, place, _, _ in self._readers}
            refused: set[Column] = set()
            for name, rule, says in refusals(error):
                column, cell = named[name]
                self._problem(number, column, rule, f"{quoted(cell)} {says}")
                refused.add(column)
                values.pop(name, None)
            if self._cannot_be_checked(refused):
                return None
            return self._table.row.model_validate(values)

    def _cannot_be_checked(self, failed: Iterable[Column]) -> bool:
        """Say whether a row lacks what other rows are checked against.

        A holder or a lock that could not be read would bring up contradictions that are none;
        points or a date would not.
        """
        return self._lacks_columns or any(
            column.required or column.kind in _CHECKED_KINDS for column in failed
        )

    def _problem(self, number: int, column: Column, rule: str, says: str) -> None:
        self._findings.problem(
            self._table.name, rule, f"{column.name} {says}", row=number, column=column.name
        )

    def _ids_of(self, row: Sequence[Cell]) -> Iterator[str]:
        if self._id_place is not None and len(row) > self._id_place:
            yield str(row[self._id_place]).strip()

    def _columns_that_are_not_text(self) -> frozenset[Column]:
        """Report each column of text that came as numbers, once."""
        found: set[Column] = set()
        for column, place, _, _ in self._readers:
            if column.kind not in TEXT_KINDS:
                continue
            for number, row in zip(self._raw.row_numbers, self._raw.rows, strict=True):
                cell = row[place] if len(row) > place else None
                if is_blank(cell) or isinstance(cell, (str, list, tuple)):
                    continue
                found.add(column)
                message = say_not_text(column, cell)
                self._findings.problem(
                    self._table.name, "not_text", message, row=number, column=column.name
                )
                break
        return frozenset(found)

    def _tell_counts(self) -> None:
        for (column, rule), count in self._counts.items():
            if rule == "trimmed_id":
                self._findings.warn(
                    self._table.name,
                    rule,
                    f"{counted(count, column.name)} had blanks around them, which were left out.",
                    column=column.name,
                )
            else:
                self._findings.tell(
                    self._table.name,
                    rule,
                    f"{column.name}: in {counted(count, 'cell')} {_NORMALISED[rule]}.",
                    column=column.name,
                )
