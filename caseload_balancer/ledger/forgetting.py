"""The one way anything leaves a ledger: cases that closed before a date, with a tombstone.

In one transaction the triggers of the tables about children are taken away, the rows deleted, the
triggers made again, and written down how many rows there were and what the chain was after them.
Afterwards the file is written anew, so that nothing of the rows is left in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from caseload_balancer.ledger.answers import Forgotten
from caseload_balancer.ledger.chain import Writer
from caseload_balancer.ledger.reading import IN_FORCE, batches
from caseload_balancer.ledger.recording import compact, now
from caseload_balancer.ledger.schema import (
    CASE_WEEKS,
    GAPS,
    OF_CHILDREN,
    RUNS,
    TOMBSTONES,
)
from caseload_balancer.ledger.triggers import create_triggers, drop_triggers


def forget(connection: Connection, before: date) -> Forgotten:
    """Delete the rows of cases that closed before a date, within a transaction that writes."""
    cases = _closed(connection, before)
    if not cases:
        return Forgotten(before, 0, {})
    writer = Writer(connection)
    found: list[tuple[int, str]] = []
    counts: dict[str, int] = {}
    names = [table.name for table in OF_CHILDREN]
    drop_triggers(connection, names)
    for table in OF_CHILDREN:
        rows: list[tuple[int, str]] = []
        for some in batches(cases):
            theirs = table.c.case_id.in_(some)
            wanted = select(table.c.entry, table.c.chain).where(theirs)
            rows += [(row.entry, row.chain) for row in connection.execute(wanted)]
            connection.execute(table.delete().where(theirs))
        found += rows
        counts[table.name.removeprefix("ledger_")] = len(rows)
    create_triggers(connection, names)
    found.sort()
    digest = sha256("\n".join(chain for _, chain in found).encode()).hexdigest()
    tombstone = writer.add(
        TOMBSTONES,
        [
            {
                "before": before,
                "cases": len(cases),
                "rows": compact(counts),
                "digest": digest,
                "recorded_at": now(),
            }
        ],
    )
    writer.add(GAPS, ({"tombstone": tombstone, **gap} for gap in _gaps(found)))
    return Forgotten(before, len(cases), counts)


def write_anew(engine: Engine) -> None:
    """Have the database write its tables anew, without what was deleted."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in OF_CHILDREN:
                connection.exec_driver_sql(f"VACUUM FULL {table.name}")


def _closed(connection: Connection, before: date) -> list[str]:
    """Return the cases that a week before the date no longer had, nor any week after it.

    A week has no case that is closed on its date: whoever is missing in it closed by then.
    """
    weeks = connection.execute(
        select(RUNS.c.as_of).where(IN_FORCE, RUNS.c.as_of < before).order_by(RUNS.c.as_of.desc())
    ).scalars()
    last_week = next(iter(weeks), None)
    if last_week is None:
        return []
    last = select(CASE_WEEKS.c.case_id, func.max(RUNS.c.as_of).label("week"))
    last = last.join(RUNS, CASE_WEEKS.c.run == RUNS.c.entry).group_by(CASE_WEEKS.c.case_id)
    rows = connection.execute(last)
    return sorted(row.case_id for row in rows if row.week < last_week)


def _gaps(rows: Iterable[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """Yield first and last number of rows that stood together, and the chain after them."""
    first = last = 0
    chain = ""
    for entry, after in rows:
        if entry != last + 1:
            if last:
                yield {"first_entry": first, "last_entry": last, "chain_after": chain}
            first = entry
        last, chain = entry, after
    if last:
        yield {"first_entry": first, "last_entry": last, "chain_after": chain}
