"""Goes through every row of a ledger in the order they were written, a thousand at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from typing import Any, Final, TypeAlias

from sqlalchemy import Column, Connection, Row, Table, select

from caseload_balancer.ledger.answers import Verified
from caseload_balancer.ledger.chain import START, linked
from caseload_balancer.ledger.schema import GAPS, TABLES

_AT_ONCE: Final = 1000

_Link: TypeAlias = tuple[int, int, Table | None, Any]
"""The number of a row, what sorts those of one number, its table (None: a gap), and the row."""


def verify(connection: Connection) -> Verified:
    """Return whether each row is as it was written, and follows the row before it."""
    with ExitStack() as open_results:
        return _verify(merge(*_everything(connection, open_results), key=lambda one: one[:2]))


def _verify(links: Iterable[_Link]) -> Verified:
    expected, chain, whole, forgotten = 1, START, 0, 0
    for first, _, table, row in links:
        if first != expected:
            return Verified(whole, forgotten, chain, _out_of_order(table, first, expected))
        if table is None:  # a tombstone says what the chain was after rows that are gone
            forgotten += row.last_entry - first + 1
            expected, chain = row.last_entry + 1, row.chain_after
            continue
        content = {column.name: getattr(row, column.name) for column in table.columns}
        if linked(chain, table.name, content) != row.chain:
            what = "its content, or the row before it, is not what was written"
            return Verified(whole, forgotten, chain, (table.name, first, what))
        expected, chain, whole = expected + 1, row.chain, whole + 1
    return Verified(whole, forgotten, chain)


def _out_of_order(table: Table | None, found: int, expected: int) -> tuple[str, int, str]:
    name = GAPS.name if table is None else table.name
    if found < expected:
        return name, found, "there is another row of that number"
    missing = f"{expected:,}" if found == expected + 1 else f"{expected:,} to {found - 1:,}"
    return name, found, f"rows before it are missing ({missing}), and no tombstone tells of them"


def _everything(connection: Connection, open_results: ExitStack) -> Iterator[Iterator[_Link]]:
    """Yield the rows of each table by number, and the gaps by the number they begin with."""

    def rows_by(column: Column[Any]) -> Iterable[Row[Any]]:
        wanted = select(column.table).order_by(column).execution_options(yield_per=_AT_ONCE)
        result = connection.execute(wanted)
        open_results.callback(result.close)
        return result

    for place, table in enumerate(TABLES, start=1):
        yield _links(table, place, rows_by(table.c.entry))
    yield ((row.first_entry, 0, None, row) for row in rows_by(GAPS.c.first_entry))


def _links(table: Table, place: int, rows: Iterable[Row[Any]]) -> Iterator[_Link]:
    return ((row.entry, place, table, row) for row in rows)
