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
from caseload_balancer.intake.raw_tables import RawTable

_WINDOWS: Final = "cp1252"


@checked(source=a_path)
def propose_mapping(source: str | Path) -> Proposal:
    """Return what a mapping file could say of a folder of CSV files, or of one.

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
    for file, table in _files(path):
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


def _files(path: Path) -> list[tuple[Path, InputTable | None]]:
    if not path.is_dir():
        return [(path, None)]
    named = {f"{name}.csv": table for name, table in ALL_TABLES.items()}
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
    if text is None and {one.rule for one in quiet.problems} == {"not_decodable"}:
        text = decode(content, _WINDOWS, name, quiet)
        if text is not None:
            proposal.encoding = _WINDOWS
    if text is None:
        findings.problems += quiet.problems
        return None
    rows = first_rows(text)
    table = table or best_table(rows)
    header_row = header_row_of(table, rows)
    if header_row != 1:
        proposal.header_rows[table.name] = header_row
    reading = Findings()
    found = read_delimited(text, Titles(table, OwnWords()), header_row, reading)
    findings.problems += reading.problems
    return found
