"""The key: made once, kept outside the data, read by nobody else."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, shown
from caseload_balancer.errors import DataError, DataProblem, MissingInputError

LEAST_BYTES: Final = 32
"""As many as the SHA-256 that the key goes into gives out (RFC 2104: less would weaken it)."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_MAKE_ONE: Final = "Make one with --new-key."


def new_key() -> str:
    """Return the text of a new key file: 32 bytes from the system's source, as hexadecimals."""
    return f"{secrets.token_hex(LEAST_BYTES)}\n"


def read_key(file: Path) -> bytes:
    """Return the key in a file.

    Raises
    ------
    MissingInputError
        When there is no such file.
    DataError
        When it is no key, a short one, or others may read it.
    """
    if not file.is_file():
        raise MissingInputError(
            f"there is no key at '{file}'. Name the one that weeks were written under before; "
            "for the first week, make one with --new-key."
        )
    if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & _OTHERS:
        raise _refused(file, "key_not_private", f"others may read it: chmod 600 '{file}'")
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except ValueError:
        says = f"it holds something else than hexadecimals. {_MAKE_ONE}"
        raise _refused(file, "not_a_key", says) from None
    if len(key) < LEAST_BYTES:
        says = f"it has {len(key)} bytes, and must have {LEAST_BYTES}. {_MAKE_ONE}"
        raise _refused(file, "short_key", says)
    return key


def a_key(value: Any) -> bytes:
    """Accept a key: at least 32 bytes."""
    if not isinstance(value, bytes):
        raise UnfitError(
            f"must be bytes, as secrets.token_bytes({LEAST_BYTES}) makes, not {shown(value)}."
        )
    if len(value) < LEAST_BYTES:
        raise UnfitError(f"must have {LEAST_BYTES} bytes or more, not {len(value)}.")
    return value


def _refused(file: Path, rule: str, says: str) -> DataError:
    return DataError([DataProblem(file.name, None, None, rule, f"the key cannot be used: {says}")])
