"""Small files that a person writes to ask a question: decisions and scenarios."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from caseload_balancer.errors import MissingInputError


def read_text(path: str | PathLike[str], *, what: str) -> str:
    """Return the text of a file in UTF-8, with or without a byte-order mark.

    Parameters
    ----------
    what
        What it is a file of: ``decisions``.

    Raises
    ------
    MissingInputError
        When the file is not there.
    UnicodeDecodeError
        When it is in another encoding.
    """
    file = Path(path)
    if not file.is_file():
        raise MissingInputError(f"there is no file of {what} '{path}'.")
    return file.read_text(encoding="utf-8-sig")
