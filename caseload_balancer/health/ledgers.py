"""Whether the ledger's database answers: the only connection this library's doctor ever makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from caseload_balancer.health.answer import HealthCheck
from caseload_balancer.health.versions import pip_line

_PART: Final = "ledger"
_SECONDS: Final = 5
_SQLITE: Final = "sqlite"


def check_ledger(url: str) -> HealthCheck:
    """Connect to a database and ask it for a number; nothing is made or written.

    Parameters
    ----------
    url
        Of SQLAlchemy, as ``postgresql+psycopg://...`` or ``sqlite:///ledger.db``; or the path of
        an SQLite file.
    """
    try:
        from sqlalchemy import (  # noqa: PLC0415 - an extra
            exc,
            make_url,
        )
    except ImportError:
        says = f"SQLAlchemy is not installed: {pip_line('ledger')}"
        return HealthCheck(_PART, "database", "wrong", says)
    try:
        where = make_url(url if "://" in url else f"sqlite:///{url}")
    except exc.ArgumentError:
        says = "this is no URL: postgresql+psycopg://HOST/NAME, sqlite:///FILE, or a file"
        return HealthCheck(_PART, "database", "wrong", says)
    shown = where.render_as_string(hide_password=True)
    if where.get_backend_name() == _SQLITE:
        file = Path(where.database or "")
        if not file.is_file():
            state, says = _not_there_yet(file)
            return HealthCheck(_PART, shown, state, says)
        return _asked(shown, lambda: _ask_file(file))
    return _asked(shown, lambda: _ask(where))


def _not_there_yet(file: Path) -> tuple[Any, str]:
    if str(file) in {".", ""} or not file.absolute().parent.is_dir():
        return "wrong", "there is no such folder"
    return "look", "is not there yet; nothing was made"


def _asked(shown: str, ask: Callable[[], None]) -> HealthCheck:
    try:
        ask()
    except ImportError as error:
        says = f"{error.name} is not installed: {pip_line('postgresql')}"
        return HealthCheck(_PART, shown, "wrong", says)
    except Exception as error:  # noqa: BLE001 - a driver may raise anything, and its text may tell more than it should
        says = f"cannot be reached: {type(error).__name__}"
        return HealthCheck(_PART, shown, "wrong", says)
    return HealthCheck(_PART, shown, "well", "answers")


def _ask_file(file: Path) -> None:
    connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=_SECONDS)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    finally:
        connection.close()


def _ask(where: Any) -> None:
    from sqlalchemy import create_engine, text  # noqa: PLC0415 - an extra

    engine = create_engine(where, connect_args={"connect_timeout": _SECONDS})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    finally:
        engine.dispose()
