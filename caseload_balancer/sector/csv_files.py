"""CSV files of the sector's formats, read as any other: quotes, delimiters, encodings."""

from __future__ import annotations

from pathlib import Path

from caseload_balancer.domain.words import Row
from caseload_balancer.intake.columns import Column, InputTable, Kind
from caseload_balancer.intake.contents import content_of
from caseload_balancer.intake.decoding import decode
from caseload_balancer.intake.delimited import read_delimited
from caseload_balancer.intake.findings import Findings
from caseload_balancer.intake.headers import Titles
from caseload_balancer.intake.own_words import OwnWords
from caseload_balancer.intake.raw_tables import RawTable
from caseload_balancer.sector.sources import SourceSpec, SourceTable, row_of_titles


class CsvFiles:
    """Reads CSV files as source tables, and as tables of our own."""

    def __init__(self, encoding: str, findings: Findings) -> None:
        self._encoding, self._findings = encoding, findings

    def raw(self, path: Path, table: InputTable) -> RawTable | None:
        """Return a table as it stands, or None after reporting why it cannot be read."""
        titles = Titles(table, OwnWords())
        text = decode(content_of(path, table.name), self._encoding, table.name, self._findings)
        return None if text is None else read_delimited(text, titles, 1, self._findings)

    def source(self, path: Path, spec: SourceSpec) -> SourceTable | None:
        """Return a source table, or None after reporting why it cannot be read.

        Rows above the titles, such as the name of a report, are left out.
        """
        raw = self.raw(path, _as_input_table(spec))
        if raw is None:
            return None
        rows = [raw.header, *raw.rows]
        head = row_of_titles(rows, spec) or 0
        numbers = [raw.header_row or 1, *raw.row_numbers]
        return SourceTable(
            raw.name,
            [str(cell or "") for cell in rows[head]],
            rows[head + 1 :],
            numbers[head + 1 :],
        )


def _as_input_table(spec: SourceSpec) -> InputTable:
    """Return a table whose titles tell how the cells of a file are separated."""
    titles = [title for column, others in spec.columns.items() for title in (column, *others)]
    return InputTable(spec.name, Row, tuple(Column(title, Kind.WORD) for title in titles))
