"""Triggers that let the ledger grow and refuse everything else, in SQLite and PostgreSQL.

SQLite runs no trigger on the row that ``INSERT OR REPLACE`` takes away unless a connection asks for
it, so a number that is taken is refused before it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

REFUSAL = "the ledger only grows: rows are never changed or deleted"
_FUNCTION = "ledger_only_grows"


def create_triggers(connection: Connection, tables: Iterable[str]) -> None:
    """Make the triggers of tables by name."""
    for name in tables:
        for statement in _creating(connection.dialect.name, name):
            connection.exec_driver_sql(statement)


def drop_triggers(connection: Connection, tables: Iterable[str]) -> None:
    """Take the triggers of tables away: for `forget` and migrations, in their transaction."""
    for name in tables:
        for kind in _kinds(connection.dialect.name):
            on = "" if connection.dialect.name == "sqlite" else f" ON {name}"
            connection.exec_driver_sql(f"DROP TRIGGER {name}_{kind}{on}")


def create_function(connection: Connection) -> None:
    """Make what PostgreSQL's triggers call; SQLite's say it themselves."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )


def _kinds(dialect: str) -> tuple[str, ...]:
    others = ("replace",) if dialect == "sqlite" else ("truncate",)
    return ("update", "delete", *others)


def _creating(dialect: str, table: str) -> Iterator[str]:
    for kind in _kinds(dialect):
        head = f"CREATE TRIGGER {table}_{kind} BEFORE"
        if dialect != "sqlite":
            yield (
                f"{head} {kind.upper()} ON {table} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION {_FUNCTION}()"
            )
        elif kind == "replace":
            row = f"SELECT 1 FROM {table} WHERE entry = NEW.entry"  # noqa: S608 - our own names
            taken = f"EXISTS ({row})"
            yield f"{head} INSERT ON {table} WHEN {taken} BEGIN {_refuse()}; END"
        else:
            yield f"{head} {kind.upper()} ON {table} BEGIN {_refuse()}; END"


def _refuse() -> str:
    return f"SELECT RAISE(ABORT, '{REFUSAL}')"
