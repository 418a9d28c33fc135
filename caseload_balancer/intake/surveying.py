"""Files as they were found, read only so far that a mapping can be proposed for them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.errors import DataError, MissingInputError
from caseload_balancer.intake.columns import ALL_TABLES, InputTable
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.decoding import decode
from caseload_balancer.intake.delimited import read_delimited
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.forms import UTF8
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.proposals import (
    Proposal,
    best_table,
    first_rows,
    header_row_of,
    propose,
)
from caseload_balancer.intake.raw_tables import RawTable, is_blank
from caseload_balancer.intake.workbooks.reading import SUFFIXES, sheets_as_they_are

_WINDOWS: Final = "cp1252"
_ROWS_LOOKED_AT: Final = 30


@checked(source=a_path)
def propose_mapping(source: str | Path) -> Proposal:
    """Return what a mapping file could say of a folder of files, of a CSV file, or of a workbook.

    Raises
    ------
    MissingInputError
        When nothing is there.
    DataError
        When a file cannot be read even so far.
    """
    path = Path(source)
    if not path.exists():
        raise MissingInputError(f"there is no file or folder '{path}'.")
    findings = Findings()
    proposal = Proposal()
    tables: dict[str, RawTable] = {}
    if path.suffix.casefold() in SUFFIXES:
        tables = _sheets(path, proposal)
    else:
        for file, table in _files(path):
            if file.suffix.casefold() in SUFFIXES:
                tables |= _sheets(file, proposal, table)
                continue
            found = _table(file, table, proposal, findings)
            if found is not None:
                tables[found.name] = found
    if not tables:
        raise (
            DataError(findings.sorted_problems())
            if findings.problems
            else MissingInputError(
                f"there is no table in '{path}': no file is named cases.csv, workers.csv, ..."
            )
        )
    return propose(tables, proposal)


def _sheets(path: Path, proposal: Proposal, only: InputTable | None = None) -> dict[str, RawTable]:
    """Return the tables of a workbook: by the names of its sheets, or else by their titles.

    Parameters
    ----------
    only
        The table that the workbook is named after; None where it holds a week.
    """
    tables: dict[str, RawTable] = {}
    for _, name, rows in sheets_as_they_are(path):
        if not rows:
            continue
        head = rows[:_ROWS_LOOKED_AT]
        table = only or (best_table(head) if name is None else ALL_TABLES[name])
        at = header_row_of(table, head)
        if at != 1:
            proposal.header_rows[table.name] = at
        header = ["" if is_blank(cell) else str(cell).strip() for cell in rows[at - 1]]
        numbers = range(at + 1, len(rows) + 1)
        tables.setdefault(table.name, RawTable(table.name, header, rows[at:], numbers, at))
    return tables


def _files(path: Path) -> list[tuple[Path, InputTable | None]]:
    if not path.is_dir():
        return [(path, None)]
    named = {
        f"{name}{suffix}": table
        for name, table in ALL_TABLES.items()
        for suffix in (".csv", *SUFFIXES)
    }
    return [
        (file, named[file.name.casefold()])
        for file in sorted(path.iterdir())
        if file.name.casefold() in named
    ]


def _table(
    file: Path, table: InputTable | None, proposal: Proposal, findings: Findings
) -> RawTable | None:
    content = content_of(file, "cases" if table is None else table.name)
    name = "cases" if table is None else table.name
    quiet = Findings()
    text = decode(content, UTF8, name, quiet)
    if text is None:
        findings.problems += quiet.problems
        return None
    if quiet.problems:  # what Windows writes: `decode` went on with it
        proposal.encoding = _WINDOWS
    rows = first_rows(text)
    table = table or best_table(rows)
    header_row = header_row_of(table, rows)
    if header_row != 1:
        proposal.header_rows[table.name] = header_row
    reading = Findings()
    found = read_delimited(text, Titles(table, OwnWords()), header_row, reading)
    findings.problems += reading.problems
    return found
