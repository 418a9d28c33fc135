"""The tables of an answer as CSV files, a file each, with text that no spreadsheet runs."""

from __future__ import annotations

from collections.abc import Mapping

from caseload_balancer.domain.spreadsheet_text import csv_text, guard
from caseload_balancer.insight.answers import Table


def table_files(tables: Mapping[str, Table]) -> dict[str, str]:
    """Return each table by the name of its file."""
    return {
        f"{name}.csv": csv_text(
            table.columns, ([_cell(cell) for cell in row] for row in table.rows), line_end="\r\n"
        )
        for name, table in tables.items()
    }


def _cell(cell: object) -> object:
    if isinstance(cell, tuple):
        return guard("; ".join(map(str, cell)))
    if isinstance(cell, str):
        return guard(cell)
    return round(cell, 4) if isinstance(cell, float) else cell
