"""The file of decisions beside the plan they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from caseload_balancer.domain.spreadsheet_text import csv_text

DecisionRow = Mapping[str, str]
"""Cells by column."""

DECISIONS_FILE: Final = "decisions.csv"
COLUMNS: Final = ("case_id", "decision", "worker_id", "reason")


def decisions_csv(rows: Iterable[DecisionRow]) -> str:
    """Return decisions as the text that `Overrides.read` reads."""
    cells = ([row.get(column, "") for column in COLUMNS] for row in rows)
    return csv_text(COLUMNS, cells, line_end="\r\n")
