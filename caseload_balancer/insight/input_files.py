"""Small files that a person writes to ask a question: decisions and scenarios."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from caseload_balancer.errors import MissingInputError


def existing_file(path: str | PathLike[str], *, what: str) -> Path:
    """Return the path of a file that is there.

    Parameters
    ----------
    what
        What it is a file of: ``decisions``.

    Raises
    ------
    MissingInputError
        When the file is not there.
    """
    file = Path(path)
    if not file.is_file():
        raise MissingInputError(f"there is no file of {what} '{path}'.")
    return file
