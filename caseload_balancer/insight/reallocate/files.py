"""Decisions in a file that a spreadsheet saves: a row each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from types import MappingProxyType
from typing import Final, Literal, get_args

from caseload_balancer.domain.wording import listed
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.input_files import existing_file
from caseload_balancer.insight.reallocate.packs import read_pack
from caseload_balancer.insight.reallocate.sources import Decided
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.workbooks.guard import is_workbook

Column = Literal["case_id", "decision", "worker_id", "reason"]
_COLUMNS: Final[tuple[Column, ...]] = get_args(Column)
_DECISIONS: Final = MappingProxyType(
    {
        "accept": "accepted",
        "reject": "rejected",
        "lock": "locked",
        "ban": "banned",
        "pick": "picked",
        "wait": "picked",
        "exceed": "exceeds_cap",
    }
)
_WITH_WORKER: Final = {"ban", "pick"}


def read_decisions(path: str | PathLike[str]) -> Decided:
    """Read a filled pack, or a CSV file with ``case_id``, ``decision``, ``worker_id``, ``reason``.

    Raises as `Overrides.read`.
    """
    file = existing_file(path, what="decisions")
    if is_workbook(file):
        return read_pack(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        message = "the file is not UTF-8. Save it as 'CSV UTF-8'."
        raise DataError([_problem(None, None, "not_decodable", message)]) from None
    rows = _rows(text)
    header = [title.strip().lower() for title in rows[0][1]] if rows else []
    problems = list(_wrong_header(header))
    if problems:
        raise DataError(problems)
    rows_by_title = [
        (number, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
        for number, cells in rows[1:]
    ]
    beyond = [len(cells) - len(header) for _, cells in rows[1:]]
    return decided_in(rows_by_title, beyond)


def decided_in(
    rows: Sequence[tuple[int, Mapping[str, str]]], beyond: Sequence[int] = ()
) -> Decided:
    """Return the decisions of rows that are not blank, each given with its number.

    Parameters
    ----------
    rows
        Cells by the name of their column, without blanks around them.
    beyond
        How many cells each row has more than there are columns; none by default.

    Raises
    ------
    DataError
        When a row is no decision; lists every problem.
    """
    problems: list[DataProblem] = []
    found: list[tuple[int, Agreed]] = []
    for (number, row), more in zip(rows, beyond or [0] * len(rows), strict=True):
        wrong = list(_wrong(number, row, more))
        problems += wrong
        if not wrong:
            found.append((number, _decision(row)))
    if problems:
        raise DataError(problems)
    return Decided(tuple(one for _, one in found), tuple(number for number, _ in found))


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with its number in a spreadsheet."""
    first = text.partition("\n")[0]
    # Where the decimal sign is a comma, spreadsheets separate cells with semicolons.
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [(n, row) for n, row in enumerate(reader, start=1) if any(map(str.strip, row))]
    except csv.Error:
        message = f"a quotation mark is out of place at line {reader.line_num}."
        raise DataError([_problem(None, None, "stray_quote", message)]) from None


def _wrong_header(header: Sequence[str]) -> Iterator[DataProblem]:
    for column in ("case_id", "decision"):
        if column not in header:
            message = f"there is no such column; there may be {listed(_COLUMNS)}."
            yield _problem(None, column, "missing_column", message)
    for column in header:
        if column and column not in _COLUMNS:
            message = f"'{column}' is no column of such a file; there may be {listed(_COLUMNS)}."
            yield _problem(None, column, "unknown_column", message)
    for column in _COLUMNS:
        if header.count(column) > 1:
            yield _problem(None, column, "duplicate_column", "the column is there twice.")


def _wrong(number: int, row: Mapping[str, str], beyond: int) -> Iterator[DataProblem]:
    if beyond > 0:
        message = "the row has more cells than the header."
        yield _problem(number, None, "extra_cells", message)
    if not row.get("case_id"):
        yield _problem(number, "case_id", "missing_value", "case_id is blank.")
    decision = row.get("decision", "").lower()
    if decision not in _DECISIONS:
        message = f"'{decision}' is none of {listed(list(_DECISIONS))}."
        yield _problem(number, "decision", "unknown_decision", message)
        return
    if decision in _WITH_WORKER and not row.get("worker_id"):
        message = f"worker_id is blank: whom to {decision}?"
        yield _problem(number, "worker_id", "missing_value", message)
    if decision not in _WITH_WORKER and row.get("worker_id"):
        message = f"'{decision}' names no worker. Leave it blank."
        yield _problem(number, "worker_id", "unexpected_value", message)
    reason = row.get("reason", "").upper()
    if reason and reason not in get_args(SpellReason):
        message = f"'{reason}' is none of {listed(get_args(SpellReason))}."
        yield _problem(number, "reason", "unknown_reason", message)


def _decision(row: Mapping[str, str]) -> Agreed:
    return Agreed.model_validate(
        {
            "case_id": row["case_id"],
            "decision": _DECISIONS[row["decision"].lower()],
            "worker_id": row.get("worker_id") or None,
            "reason": row.get("reason", "").upper() or None,
        }
    )


def _problem(row: int | None, column: str | None, rule: str, message: str) -> DataProblem:
    return DataProblem("overrides", row, column, rule, message)
