"""Which columns of the tables a run had, and in how many rows something stood."""

from __future__ import annotations

from typing import Final

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Team, Worker
from caseload_balancer.domain.words import Row
from caseload_balancer.governance.documents import Grid

_TABLES: Final[dict[str, type[Row]]] = {
    "cases": Case,
    "workers": Worker,
    "adjustments": Adjustment,
    "teams": Team,
    "spells": Spell,
}


def fields_used(snapshot: Snapshot) -> Grid:
    """Return every column in which some row said something else than the default."""
    rows = [
        (table, column, f"{count:,} of {total:,}")
        for table, column, count, total in _counts(snapshot)
        if count
    ]
    title = "What the data said: rows in which a column held more than its default"
    return Grid(title, ("table", "column", "rows"), tuple(rows))


def fields_empty(snapshot: Snapshot) -> list[str]:
    """Return the columns that no row used, as ``table.column``."""
    return [f"{table}.{column}" for table, column, count, _ in _counts(snapshot) if not count]


def _counts(snapshot: Snapshot) -> list[tuple[str, str, int, int]]:
    found = []
    for table, kind in _TABLES.items():
        rows = getattr(snapshot, table)
        for name, field in kind.model_fields.items():
            said = sum(
                field.is_required() or getattr(row, name) != field.get_default() for row in rows
            )
            found.append((table, field.alias or name, said, len(rows)))
    return found
