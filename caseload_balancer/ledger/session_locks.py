"""A lock that a PostgreSQL server keeps for a session, and lets go when the session is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final

from sqlalchemy import text

from caseload_balancer.ledger.failures import told
from caseload_balancer.ledger.places import engine_of, name_of, url_of

_KEY: Final = 0x3EEC_1CA5
"""Of the weekly run; each writing to the ledger has a lock of its own."""
_TRY: Final = text("SELECT pg_try_advisory_lock(:key, hashtext(coalesce(current_schema(), '')))")
"""Services that share a database have a schema each."""


@contextmanager
def session_lock(where: str) -> Iterator[bool]:
    """Try to have the only weekly run on a schema for the block; say whether that is so.

    Raises
    ------
    LedgerError
        When the server does not answer.
    """
    url = url_of(where)
    with ExitStack() as held:
        with told(name_of(url)):
            connection = held.enter_context(engine_of(url).connect())
            got = connection.execute(_TRY, {"key": _KEY})
            is_ours = bool(got.scalar())
            connection.commit()  # the lock is the session's, and no transaction is to stay open
        yield is_ours
