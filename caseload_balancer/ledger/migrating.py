"""Brings a ledger up to date from every past revision, in one transaction."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final

from sqlalchemy import Connection, Engine, column, inspect, select, table

from caseload_balancer.domain.wording import counted
from caseload_balancer.errors import LedgerError, MissingInputError

HEAD: Final = "0002"
"""The newest revision; a ledger that has it is opened without loading Alembic."""

VERSION_TABLE: Final = "ledger_revision"

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME: Final = Lock()  # Alembic keeps what it is doing in module variables


def bring_up_to_date(engine: Engine, where: str, *, revision: str = HEAD) -> None:
    """Make the tables of a new ledger, or change those of an older one.

    Parameters
    ----------
    where
        What messages call the ledger.
    revision
        The revision to stop at: older ones are for tests.

    Raises
    ------
    LedgerError
        When it was written by a newer version of the library, or is no ledger.
    """
    with engine.connect() as connection:
        found = revision_of(connection)
    if found == revision:
        return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        found = revision_of(connection)  # another program may have been faster
        if found == revision:
            return
        refuse_others(connection, found, where)
        _upgrade(connection, revision)


def refuse_nothing(engine: Engine, where: str) -> None:
    """Raise an error where there is no ledger: for who asks one, and makes none.

    Raises
    ------
    MissingInputError
        When there are no tables yet.
    LedgerError
        When it is no ledger.
    """
    with engine.connect() as connection:
        found = revision_of(connection)
        refuse_others(connection, found, where)
    if found is None:
        raise MissingInputError(
            f"there is no ledger in '{where}': it has no tables. Check the path; recording a first "
            "week makes them."
        )


def refuse_older(engine: Engine, where: str) -> None:
    """Raise `LedgerError` for a ledger of another version, which reading does not change."""
    with engine.connect() as connection:
        found = revision_of(connection)
    if found != HEAD:
        raise LedgerError(
            f"the ledger '{where}' was written by an older version of caseload_balancer (revision "
            f"{found}; this one knows {HEAD}), and reading does not change it. The next weekly run "
            "brings it up to date, and so does Ledger.open in Python.",
            "older",
        )


def revisions() -> tuple[str, ...]:
    """Return every revision there has been, the first one first."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - loaded where something is to do

    scripts = ScriptDirectory(str(_MIGRATIONS))
    return tuple(script.revision for script in scripts.walk_revisions())[::-1]


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database's tables; None where it has none of a ledger's."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(
        select(column("version_num")).select_from(table(VERSION_TABLE))
    ).scalar()
    return None if found is None else str(found)


def refuse_others(connection: Connection, found: str | None, where: str) -> None:
    """Raise `LedgerError` for a revision this version does not know, and for what is no ledger."""
    if found is not None and found not in revisions():
        raise LedgerError(
            f"the ledger '{where}' was written by a newer version of caseload_balancer (revision "
            f"{found}; this one knows {HEAD}). Install that version, or open another ledger.",
            "newer",
        )
    if found is None and connection.dialect.name == "sqlite":
        others = inspect(connection).get_table_names()
        if others:
            raise LedgerError(
                f"'{where}' is a database of something else ({counted(len(others), 'table')}). "
                "Give the ledger a file of its own.",
                "not_a_ledger",
            )


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - loaded where something is to do
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ONE_AT_A_TIME:
        command.upgrade(config, revision)
