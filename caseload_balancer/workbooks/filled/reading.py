"""A filled pack to decisions: every fault at once, by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from caseload_balancer.domain.wording import listed
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.workbooks.decision_sheet import (
    DECISIONS,
    FILLED_IN,
    LISTS,
    READ_BACK,
    RUN_LABEL,
    SETTINGS,
    id_of,
)
from caseload_balancer.workbooks.filled.cells import TextBook, TextSheet, read_book
from caseload_balancer.workbooks.filled.rows import SheetRow, decided, faults
from caseload_balancer.workbooks.filled.sheets import FilledSheet


def read_filled(path: Path) -> FilledSheet:
    """Read what was decided on a pack.

    Rows may stand in any order, be filtered or hidden; columns too, and there may be others.

    Raises
    ------
    DataError
        When it is no pack, its run is gone or no longer one, a row is not as it was written, is
        there twice, or says half of a decision; lists every such row.
    """
    book = read_book(path, (DECISIONS, SETTINGS, LISTS))
    sheet = book.sheet(DECISIONS)
    if sheet is None:
        message = (
            f"there is no sheet '{DECISIONS}'. Give the pack that was filled in, or a CSV file of "
            "decisions."
        )
        raise DataError([DataProblem(path.name, None, None, "no_decisions", message)])
    run, problems = _run(book)
    problems += _missing_columns(sheet)
    rows = () if problems else tuple(_rows(sheet))
    workers = [id_of(shown) for shown in _listed(book, "to")]
    problems += [problem for row in rows for problem in faults(row, run, workers)]
    problems += _twice(rows)
    if problems:
        raise DataError(problems)
    blank = [row for row in rows if not row.says("decision")]
    present = {row.says("child") for row in rows}
    return FilledSheet(
        title=sheet.title,
        run=run,
        rows=tuple(decided(row) for row in rows if row.says("decision")),
        blank=tuple(row.says("child") for row in blank),
        commented=tuple(row.says("child") for row in blank if row.says("comment")),
        missing=tuple(child for child in _listed(book, "child") if child not in present),
    )


def has_decisions(path: Path) -> bool:
    """Say whether somebody has filled anything in on a pack, right or wrong.

    Raises
    ------
    DataError
        When the file is no workbook that can be read.
    """
    sheet = read_book(path, (DECISIONS,)).sheet(DECISIONS)
    if sheet is None or not sheet.rows:
        return False
    heads = _heads(sheet)
    places = [heads[name] for name in FILLED_IN if name in heads]
    return any(row[place] for row in sheet.rows[1:] for place in places)


def _run(book: TextBook) -> tuple[str, list[DataProblem]]:
    settings = book.sheet(SETTINGS)
    rows = () if settings is None else settings.rows
    shown = next((row[1] for row in rows if len(row) > 1 and row[0] == RUN_LABEL), "")
    if shown and book.run and shown != book.run:
        message = (
            f"the run of this sheet, '{shown}', is not the one the workbook was written with, "
            f"'{book.run}'. Copy the decisions into the pack of the plan they are about."
        )
        return "", [DataProblem(SETTINGS, None, RUN_LABEL, "changed_run", message)]
    if not shown and not book.run:
        message = (
            "the workbook no longer says which plan it is about. Copy the decisions into a fresh "
            "pack of that plan."
        )
        return "", [DataProblem(SETTINGS, None, RUN_LABEL, "no_run", message)]
    return book.run or shown, []


def _heads(sheet: TextSheet) -> dict[str, int]:
    """Return where each column stands, by its heading in lower case; the first of a name."""
    titles = [title.casefold() for title in sheet.rows[0]] if sheet.rows else []
    return {title: position for position, title in reversed(list(enumerate(titles))) if title}


def _missing_columns(sheet: TextSheet) -> list[DataProblem]:
    heads = _heads(sheet)
    return [
        DataProblem(
            sheet.title,
            1,
            name,
            "missing_column",
            f"there is no column '{name}' in row 1. The columns are {listed(READ_BACK)}; undo what "
            "was changed, or copy the decisions into a fresh pack.",
        )
        for name in READ_BACK
        if name not in heads
    ]


def _rows(sheet: TextSheet) -> Iterator[SheetRow]:
    heads = _heads(sheet)
    without_value = sheet.shape.formulas_without_value
    for number, cells in enumerate(sheet.rows[1:], start=2):
        found = {name: cells[heads[name]] for name in READ_BACK}
        row = SheetRow(
            sheet.title,
            number,
            found,
            frozenset(name for name in READ_BACK if (number, heads[name] + 1) in without_value),
        )
        if row.key or row.says("decision") or row.filled:
            yield row


def _twice(rows: Sequence[SheetRow]) -> Iterator[DataProblem]:
    first: dict[str, int] = {}
    for row in rows:
        if row.key and row.key in first:
            message = (
                f"{row.says('child')} stands in row {first[row.key]} too. Delete one of the rows."
            )
            yield row.problem("child", "duplicate_row", message)
        first.setdefault(row.key, row.number)


def _listed(book: TextBook, name: str) -> tuple[str, ...]:
    """Return a list of the hidden sheet: what a drop-down offers, or the children of the pack."""
    lists = book.sheet(LISTS)
    if lists is None:
        return ()
    place = _heads(lists).get(name)
    return () if place is None else tuple(row[place] for row in lists.rows[1:] if row[place])
