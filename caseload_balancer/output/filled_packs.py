"""A pack that somebody has filled in: it is never replaced."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from caseload_balancer.errors import DataError, OutputError
from caseload_balancer.output.file_names import MANIFEST


def refuse_filled(file: Path) -> None:
    """Make sure that no decisions are lost by writing a pack.

    Raises
    ------
    OutputError
        When there is such a file with something filled in, or one that cannot be read.
    """
    if not file.is_file() or _is_as_written(file):
        return
    from caseload_balancer.workbooks.filled import has_decisions  # noqa: PLC0415 - seldom needed

    try:
        filled = has_decisions(file)
    except (DataError, OSError):
        raise OutputError(
            f"cannot replace {file}: it cannot be read as a pack, so decisions in it might be "
            "lost. Move it away, or write to another folder."
        ) from None
    if filled:
        raise OutputError(
            f"cannot replace {file}: decisions have been filled in on it. Move it away, or write "
            "to another folder."
        )


def _is_as_written(file: Path) -> bool:
    """Say whether a pack has the digest that the manifest beside it lists."""
    try:
        listed = json.loads((file.parent / MANIFEST).read_bytes())["files"][file.name]
        return bool(listed == sha256(file.read_bytes()).hexdigest())
    except (OSError, ValueError, KeyError, TypeError):
        return False
