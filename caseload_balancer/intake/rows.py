"""A raw table to typed rows, with every cell's problem noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Literal

from pydantic import ValidationError

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.domain.words import Row
from caseload_balancer.intake.blanks import Clearing
from caseload_balancer.intake.cell_readers import cell_reader, say_not_text
from caseload_balancer.intake.cells import CellError
from caseload_balancer.intake.columns import TEXT_KINDS, Column, InputTable
from caseload_balancer.intake.findings import Findings, quoted
from caseload_balancer.intake.forms import Form
from caseload_balancer.intake.headers import Layout, Titles, below_a_heading, lay_out
from caseload_balancer.intake.limits import refusals
from caseload_balancer.intake.raw_tables import Cell, RawTable, is_blank
from caseload_balancer.intake.read_tables import Everything, ReadTable, drop_repeats
from caseload_balancer.intake.row_shapes import has_stray_cell, is_a_note, is_row

Repeats = Literal["refuse", "drop"]

BROKEN_ROWS_AT_MOST: Final = 20_000
"""Nobody mends so many by hand, and finding more would take longer than reading a county."""

_NOTES_SHOWN: Final = 6
_WARNED: Final = {
    "trimmed_id": "blanks around ids were left out",
    "date_like_id": "ids look like dates, as spreadsheets make of them: if they are none, format "
    "the column as Text and type them again",
    "comma_in_word": "a comma is part of what stands there: if it separates two, write a semicolon",
}
_NORMALISED: Final = {
    "trimmed": "blanks around the text were left out",
    "spelling": "the spelling was made regular",
    "name_as_id": "a name was read as the id that the list of names has for it",
    "time_of_day": "the time of day was left out",
    "rounded": "the number was rounded to three decimals",
    "divided": "hours were divided by a full week's and rounded to three decimals",
}


def read_rows(
    raw: RawTable,
    table: InputTable,
    findings: Findings,
    *,
    ids: Mapping[str, Collection[str]],
    form: Form,
    repeated_rows: Repeats,
) -> ReadTable:
    """Read every row of `raw`, noting every problem.

    Parameters
    ----------
    ids
        The ids that stand in each table.
    form
        How dates and words are written.
    repeated_rows
        Whether a row that repeats an earlier one in everything is refused or left out.
    """
    meanings = Titles(table, form.own)
    layout = lay_out(raw, meanings, findings)
    if layout is None and (below := below_a_heading(raw, meanings)) is not raw:
        # It is said; what is wrong below the heading is found all the same.
        raw, layout = below, lay_out(below, meanings, findings)
    if layout is None:
        return ReadTable(unread=Everything())
    clearing = Clearing(table, ids, form)
    reading = _Reading(raw, table, layout, findings, form, clearing)
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
        form: Form,
        clearing: Clearing,
    ) -> None:
        self._clearing = clearing
        self._raw = raw
        self._table = table
        self._layout = layout
        self._findings = findings
        self._counts: Counter[tuple[Column, str, str]] = Counter()
        self._blank_rows = 0
        self._notes: list[int] = []
        self._leaves_out_totals = form.own.leave_out_totals
        self._stopped = False
        self._readers = [
            (column, place, cell_reader(column, form), partial(self._note, column))
            for column, place in layout.places.items()
        ]
        by_name = {column.name: place for column, place in layout.places.items()}
        self._id_place = by_name.get(table.identity or "")
        not_text = self._columns_that_are_not_text()
        self._readers = [each for each in self._readers if each[0] not in not_text]
        lacking = set(table.required) - layout.places.keys()
        self._never_read = frozenset(column.name for column in lacking | not_text)
        self.knows_ids = table.identity is None or self._id_place is not None

    def _note(self, column: Column, rule: str, what: str = "") -> None:
        self._counts[column, rule, what] += 1

    def read(self) -> ReadTable:
        """Read row after row, leaving out blank ones."""
        found = ReadTable()
        unread: set[str] = set()
        broken = 0
        for number, row in self._rows():
            if len(found.unsure) + broken >= BROKEN_ROWS_AT_MOST:
                self._stop(number, found)
                break
            where = (self._table, self._layout, self._findings)
            stray = self._raw.has_types and has_stray_cell(number, row, *where)
            broken += stray
            titled = row[: self._layout.width] if stray else row
            if stray and all(map(is_blank, titled)):
                continue
            if not is_row(number, titled, *where):
                broken += 1
                unread.update(self._ids_of(row))
                continue
            read, unsure = self._row(number, row)
            found.rows.append(read)
            found.row_numbers.append(number)
            if unsure:
                found.unsure[number] = unsure
                if self._table.identity in unsure:
                    unread.update(self._ids_of(row))
        if not self._stopped:
            found.unread = unread
        self._clearing.tell(self._findings)
        self._tell_rows_left_out()
        self._tell_counts()
        return found

    def _rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Yield the rows that say something, without their words for nothing."""
        for number, given in zip(self._raw.row_numbers, self._raw.rows, strict=True):
            row = self._clearing.row(given, self._layout)
            if row is None:
                continue
            if all(map(is_blank, row)):
                self._blank_rows += 1
            elif self._leaves_out_totals and is_a_note(row, self._layout):
                self._notes.append(number)
            else:
                yield number, row

    def _tell_rows_left_out(self) -> None:
        table = self._table.name
        if self._blank_rows:
            message = f"{counted(self._blank_rows, 'blank row')} left out."
            self._findings.tell(table, "blank_rows", message)
        if self._notes:
            rows = listed([f"{number:,}" for number in self._notes], most=_NOTES_SHOWN)
            message = (
                f"{counted(len(self._notes), 'note or total', 'notes or totals')} left out: "
                f"row{'s' if len(self._notes) > 1 else ''} {rows}."
            )
            self._findings.warn(table, "notes_left_out", message)

    def _stop(self, number: int, found: ReadTable) -> None:
        """Say that the rows from `number` on are not looked at: the cause is one for all."""
        self._stopped = True
        found.unread = Everything()
        self._findings.problem(
            self._table.name,
            "too_many_broken_rows",
            f"{BROKEN_ROWS_AT_MOST:,} rows before this one have something wrong, so the rows from "
            "here on were not looked at. Mend what is common to them first.",
            row=number,
        )

    def _row(self, number: int, row: Sequence[Cell]) -> tuple[Row, frozenset[str]]:
        """Return a row without the cells that cannot be read, and the names of their columns."""
        values: dict[str, object] = {}
        failed = set(self._never_read)
        for column, place, reader, note in self._readers:
            cell = row[place]
            if is_blank(cell):
                if column.required:
                    self._problem(number, column, "missing_value", "is blank. Every row needs one.")
                    failed.add(column.name)
                continue
            try:
                values[column.name] = reader(cell, note)
            except CellError as error:
                self._problem(number, column, error.rule, error.says)
                failed.add(column.name)
        try:
            return self._table.row.model_validate(values), frozenset(failed)
        except ValidationError as error:
            named = {column.name: (column, row[place]) for column, place, _, _ in self._readers}
            for name, rule, says in refusals(error):
                if name in failed:  # the cell's own fault is told
                    continue
                column, cell = named[name]
                self._problem(number, column, rule, f"{quoted(cell)} {says}")
                failed.add(name)
                values.pop(name, None)
        return self._without_what_failed(values), frozenset(failed)

    def _without_what_failed(self, values: Mapping[str, Any]) -> Row:
        """Return a row in which nothing stands where a needed cell could not be read."""
        kind = self._table.row
        fields = {field.alias or name: name for name, field in kind.model_fields.items()}
        given = {fields[title]: value for title, value in values.items()}
        needed: dict[str, Any] = {fields[one.name]: None for one in self._table.required}
        # Only refused tables hold such rows: they are there for the checks between rows.
        return kind.model_construct(**{**needed, **given})

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
        for column, place, _, _ in self._readers if self._raw.has_types else ():
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
        words: dict[Column, list[str]] = {}
        examples = 0
        for (column, rule, what), count in self._counts.items():
            if rule == "example_row":
                examples = max(examples, count)  # a row has several ids
            elif rule == "known_word":
                words.setdefault(column, []).append(f"{what} in {counted(count, 'cell')}")
            elif rule in _WARNED:
                message = f"{column.name}: in {counted(count, 'cell')} {_WARNED[rule]}."
                self._findings.warn(self._table.name, rule, message, column=column.name)
            else:
                self._findings.tell(
                    self._table.name,
                    rule,
                    f"{column.name}: in {counted(count, 'cell')} {_NORMALISED[rule]}.",
                    column=column.name,
                )
        if examples:
            message = f"in {counted(examples, 'row')} the example of the empty week still stands."
            self._findings.warn(self._table.name, "example_row", f"{message} Delete it.")
        for column, said in words.items():
            message = f"{column.name}: {'; '.join(said)}."
            self._findings.tell(self._table.name, "known_word", message, column=column.name)
