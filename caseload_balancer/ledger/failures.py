"""What a database says, in a sentence without any cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from caseload_balancer.errors import LedgerError

_FULL = ("is full", "no space left", "53100")
_LOCKED = ("is locked", "lock timeout", "55p03", "40p01")
_FOREIGN = ("not a database", "malformed", "file is encrypted", "no such table", "42p01")
_READ_ONLY = ("readonly", "read-only", "permission denied", "insufficient privilege")
_GONE = (
    "unable to open",
    "no such file",
    "connection",
    "could not connect",
    "server closed",
    "does not exist",
    "authentication",
    "disk i/o error",
)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn every failure of the database in the block into a `LedgerError`.

    Parameters
    ----------
    where
        What the ledger is called in the sentence.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise _in_words(where, error) from None
    except OSError as error:
        why = error.strerror or "denied"
        raise LedgerError(f"the ledger '{where}' cannot be used: {why}.", "gone") from None


def _in_words(where: str, error: SQLAlchemyError) -> LedgerError:
    original = error.orig if isinstance(error, DBAPIError) else None
    state = str(getattr(original, "sqlstate", None) or "")
    said = f"{state} {original or type(error).__name__}".lower()
    untouched = "What is in it is as it was."
    if any(word in said for word in _FULL):
        return LedgerError(
            f"the ledger '{where}' could not be written: the disk is full. {untouched} Make room "
            "and run again.",
            "full",
        )
    if any(word in said for word in _LOCKED):
        return LedgerError(
            f"the ledger '{where}' is in use by another program. {untouched} Run again when that "
            "has ended.",
            "locked",
        )
    if any(word in said for word in _FOREIGN):
        return LedgerError(
            f"'{where}' is no ledger, or is damaged. Restore it from a backup, or give another "
            "path.",
            "not_a_ledger",
        )
    if any(word in said for word in _READ_ONLY):
        return LedgerError(
            f"the ledger '{where}' may not be written by this user. {untouched}", "cannot_write"
        )
    if any(word in said for word in _GONE):
        return LedgerError(
            f"the ledger '{where}' cannot be reached: it is not there, or its server or disk does "
            f"not answer. {untouched} Run again when it does.",
            "gone",
        )
    kind = type(original or error).__name__
    return LedgerError(f"the ledger '{where}' could not be used ({kind} {state}). {untouched}")
