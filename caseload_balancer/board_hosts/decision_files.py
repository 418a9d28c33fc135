"""The file of decisions beside the plan they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from caseload_balancer.domain.spreadsheet_text import csv_text
from caseload_balancer.insight.reallocate import Overrides
from caseload_balancer.plan.rows import Agreed

DecisionRow = Mapping[str, str]
"""Cells by column."""

DECISIONS_FILE: Final = "decisions.csv"
COLUMNS: Final = ("case_id", "decision", "worker_id", "reason")
_IN_FILES: Final = MappingProxyType(
    {
        "accepted": "accept",
        "rejected": "reject",
        "locked": "lock",
        "banned": "ban",
        "picked": "pick",
        "exceeds_cap": "exceed",
    }
)
"""A plan's words for decisions, and a file's."""


def decisions_csv(rows: Iterable[DecisionRow]) -> str:
    """Return decisions as the text that `Overrides.read` reads."""
    cells = ([row.get(column, "") for column in COLUMNS] for row in rows)
    return csv_text(COLUMNS, cells, line_end="\r\n")


def read_rows(file: Path) -> tuple[DecisionRow, ...]:
    """Return the decisions of a file as the board has them; none where there is no file.

    Raises
    ------
    DataError
        When it is no such file.
    """
    if not file.exists():
        return ()
    return tuple(map(_row, Overrides.read(file).decisions))


def _row(one: Agreed) -> DecisionRow:
    waits = one.decision == "picked" and one.worker_id is None
    return {
        "case_id": one.case_id,
        "decision": "wait" if waits else _IN_FILES[one.decision],
        "worker_id": one.worker_id or "",
        "reason": one.reason or "",
    }
