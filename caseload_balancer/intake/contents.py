"""The bytes of a file: a real one, of a size that a week can have."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from caseload_balancer.errors import DataError, DataProblem, MissingInputError
from caseload_balancer.intake.findings import quoted

LARGEST_FILE: Final = 256 * 2**20
"""Bytes. The spells of a big county over ten years come to a tenth of it."""


def content_of(path: Path, table: str) -> bytes:
    """Return the bytes of a file.

    Parameters
    ----------
    table
        The table it holds, for messages.

    Raises
    ------
    MissingInputError
        When it is not there, is no plain file (a pipe would be waited for without end), or cannot
        be opened.
    DataError
        When it is larger than `LARGEST_FILE`.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise MissingInputError(f"{quoted(path.name)} is no plain file. Save it as one.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is none"
        raise MissingInputError(
            f"{quoted(path.name)} cannot be opened: {why}. It may be open in another "
            "program, or the drive may be away. Close it and try again."
        ) from error
    if len(content) > LARGEST_FILE:
        message = (
            f"{quoted(path.name)} is larger than {LARGEST_FILE // 2**20} MB. Is it the right file?"
        )
        raise DataError([DataProblem(table, None, None, "too_large", message)])
    return content
