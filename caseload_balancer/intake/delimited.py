"""Delimited text to a raw table, stopping at the first quotation mark that is out of place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from caseload_balancer.intake.columns import InputTable
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.raw_tables import RawTable, is_blank
from caseload_balancer.intake.row_shapes import refuse_full

_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAID: Final = re.compile(r'"?sep=(?P<mark>[^"\r\n])"?[,;\t ]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LINES_LOOKED_AT: Final = 20


@dataclass
class _Records:
    """Rows of a delimited text, with the row number of each."""

    rows: list[list[str]] = field(default_factory=list)
    broke_at: tuple[int, int, str] | None = None  # row number, line, what csv said


def read_delimited(
    text: str, meanings: Titles, header_row: int, findings: Findings
) -> RawTable | None:
    """Return the raw table in `text`, or None after reporting why there is none.

    Parameters
    ----------
    header_row
        Row the header is in, counted from 1; rows above are left out.
    """
    table = meanings.table
    if said := _SAID.match(text):
        # Spreadsheets do not show this line, so it has no row number.
        delimiter, text = said["mark"], text[said.end() :]
        findings.tell(
            table.name,
            "said_delimiter",
            f"the first line says how cells are separated: {said['mark']!r}.",
        )
    elif (delimiter := _delimiter(text, meanings, header_row)) != ",":
        findings.warn(
            table.name,
            "delimiter",
            f"cells are separated by {_DELIMITERS[delimiter]}, not commas; read that way.",
        )
    records = _records(text, delimiter)
    if records.broke_at is not None:
        _report_break(table, *records.broke_at, findings)
    rows = records.rows
    refuse_full(table.name, len(rows), findings)
    if len(rows) < header_row or all(map(is_blank, rows[header_row - 1])):
        if records.broke_at is None:
            findings.problem(table.name, "empty_file", _no_header(rows, header_row))
        return None
    return RawTable(
        name=table.name,
        header=rows[header_row - 1],
        rows=rows[header_row:],
        row_numbers=range(header_row + 1, len(rows) + 1),
        header_row=header_row,
        complete=records.broke_at is None,
    )


def _no_header(rows: Sequence[Sequence[str]], header_row: int) -> str:
    if all(is_blank(cell) for row in rows for cell in row):
        return "the file is empty: there is not even a header."
    return f"row {header_row} is empty where the header should be."


def _delimiter(text: str, meanings: Titles, header_row: int) -> str:
    """Return the delimiter the header fits; the comma where no other makes a title known."""
    best, best_score = ",", (0, 0)
    head = "".join(io.StringIO(text, newline="").readlines()[: header_row + _LINES_LOOKED_AT])
    for delimiter in _DELIMITERS:
        rows = _records(head, delimiter).rows
        at_header = meanings.fit(rows[header_row - 1]) if len(rows) >= header_row else -1
        score = (at_header, max((meanings.fit(row) for row in rows), default=-1))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str) -> _Records:
    found = _Records()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            found.rows.append(next(reader))
        except StopIteration:
            return found
        except csv.Error as error:
            found.broke_at = (len(found.rows) + 1, line, str(error))
            return found


def _report_break(table: InputTable, row: int, line: int, said: str, findings: Findings) -> None:
    at = "" if line == row else f" (line {line:,} of the file)"
    if "field limit" in said:
        rule = "unclosed_quote"
        message = (
            f"a cell in this row{at} has more than {csv.field_size_limit():,} characters, or a "
            "quotation mark opened in it is never closed. Close it, take it away, or shorten the "
            "cell."
        )
    elif "unexpected end" in said:
        rule = "unclosed_quote"
        message = (
            f"a quotation mark opened in this row{at} is never closed. Close it, or take it away."
        )
    else:
        rule = "stray_quote"
        message = (
            f"a cell in this row{at} goes on after its closing quotation mark. The mark was "
            'opened by mistake, or should be doubled ("").'
        )
    findings.problem(table.name, rule, f"{message} The rows after it were not read.", row=row)
