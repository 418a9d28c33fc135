"""The chain: each row has the hash of what is in it and of the row before it, whatever the table.

Whoever changes, takes away or slips in a row later has to change every row after it too, and the
hash of the last row, which a weekly run writes to its log, is another one then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Table, select

from caseload_balancer.ledger.schema import TABLES

START: Final = ""
"""What stands before the first row."""

_OWN: Final = ("chain",)


def linked(before: str, table: str, row: Mapping[str, Any]) -> str:
    """Return the hash of a row that follows the row with the hash `before`.

    Columns without a value are left out, so that a column of a later revision changes nothing.
    """
    said = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None and name not in _OWN
    }
    text = json.dumps(
        {"table": table, **said}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return sha256(f"{before}\n{text}".encode()).hexdigest()


def last_link(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last row; 0 and `START` where there is none."""
    found = (0, START)
    for table in TABLES:
        newest = select(table.c.entry, table.c.chain).order_by(table.c.entry.desc()).limit(1)
        row = connection.execute(newest).first()
        if row is not None and row.entry > found[0]:
            found = (row.entry, row.chain)
    return found


class Writer:
    """Adds rows to the end of the chain, within a transaction that writes.

    Parameters
    ----------
    connection
        Of that transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._entry, self._chain = last_link(connection)

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self._entry

    def add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
        """Add rows to a table, and return the number of the last row there is now."""
        blank = {column.name: None for column in table.columns}
        made: list[dict[str, Any]] = []
        for row in rows:
            self._entry += 1
            whole = {**blank, **row, "entry": self._entry}
            self._chain = linked(self._chain, table.name, whole)
            made.append({**whole, "chain": self._chain})
        if made:
            self._connection.execute(table.insert(), made)
        return self._entry
