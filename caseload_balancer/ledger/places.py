"""Where a ledger is: a file of SQLite, or a database of PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from importlib import import_module
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError as UrlError
from sqlalchemy.pool import NullPool

from caseload_balancer.arguments import UnfitError, a_path, refusal
from caseload_balancer.errors import LedgerError, MissingInputError
from caseload_balancer.extras import in_working_order, need

PATIENCE: Final = 5
"""Seconds to wait for another program that writes."""

_PRAGMAS: Final = (
    "PRAGMA recursive_triggers=ON",  # INSERT OR REPLACE goes past delete triggers otherwise
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA synchronous=FULL",
)


def a_place(value: Any) -> Any:
    """Accept the path of a file, or the URL of a database, whose parts may be long."""
    if isinstance(value, str) and "://" in value and "\0" not in value:
        return value
    return a_path(value)


def url_of(where: str | PathLike[str]) -> URL:
    """Return the address of a path or URL.

    Raises
    ------
    ArgumentError
        When it is of neither SQLite nor PostgreSQL.
    """
    text = fspath(where)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).absolute()))
    try:
        url = make_url(text)
    except UrlError:
        raise refusal("open", "where", "is no URL of a database.") from None
    if url.get_backend_name() == "postgres":
        url = url.set(drivername="postgresql")
    if url.get_backend_name() == "postgresql":
        need("a ledger in PostgreSQL", "psycopg")
        with in_working_order():
            import_module("psycopg")
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        raise refusal(
            "open",
            "where",
            "must be the path of a file, or a URL that begins with postgresql://, "
            f"not with {url.get_backend_name()}://.",
        )
    try:
        a_path(url.database)
    except UnfitError as unfit:
        raise refusal("open", "where", str(unfit)) from None
    return url.set(database=str(Path(url.database).absolute()))


def name_of(url: URL) -> str:
    """Return what messages call a ledger: its path, or its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def prepare_file(url: URL, *, create: bool) -> None:
    """Make the file of a ledger in SQLite, for its owner only, where it is not there.

    Raises
    ------
    MissingInputError
        When it is not there and not to be made.
    LedgerError
        When it cannot be made.
    """
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    if path.is_dir():
        raise LedgerError(f"'{path}' is a folder. Give the ledger a file in it.", "not_a_ledger")
    if path.exists():
        return
    if not create:
        raise MissingInputError(
            f"there is no ledger at '{path}'. Check the path; recording a first week makes one "
            "where its folder is there."
        )
    if not path.parent.is_dir():
        raise LedgerError(f"there is no folder '{path.parent}' for the ledger.", "gone")
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        why = error.strerror or "denied"
        raise LedgerError(f"the ledger '{path}' cannot be made: {why}.") from None


def engine_of(url: URL) -> Engine:
    """Return what connections come from: none is kept open, and no error shows a cell."""
    if url.get_backend_name() == "sqlite":
        file = f"{Path(str(url.database)).as_uri()}?mode=rw"  # a file that is gone stays gone
        engine = create_engine(
            url,
            poolclass=NullPool,
            hide_parameters=True,
            creator=lambda: sqlite3.connect(file, uri=True, timeout=PATIENCE),
        )
        event.listen(engine, "connect", _settle_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args={"connect_timeout": PATIENCE}
    )
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _settle_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # transactions begin where this room says so
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma).close()
    except sqlite3.Error:  # no database, or a damaged one: nobody else closes it
        connection.close()
        raise


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))


def _is_alone(connection: Connection) -> bool:
    """Say whether statements stand in no transaction, as VACUUM must."""
    return connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def _begin_sqlite(connection: Connection) -> None:
    if _is_alone(connection):
        return
    if _writes(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("PRAGMA query_only=ON")
    connection.exec_driver_sql("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Let one program write at a time, and readers see one state and change nothing."""
    if _is_alone(connection):
        return
    if not _writes(connection):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


_LOCK: Final = 0x0CA5_E10A_D
"""One number for all ledgers of a database."""
