"""A log that lines are added to: one writing a line, for its owner alone."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from caseload_balancer.errors import OutputError

_OWN_FILE: Final = 0o600
_OWN_FOLDER: Final = 0o700


def add_line(log: Path, text: str) -> None:
    """Add a line to a log, with the time of day in front of it.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    line = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}\n".encode()
    try:
        log.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
        number = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _OWN_FILE)
        try:
            os.write(number, line)
        finally:
            os.close(number)
    except OSError as error:
        raise OutputError(f"cannot write to the log '{log}': {error.strerror or error}.") from None


def check_log(log: Path) -> None:
    """Make sure that lines can be added to a log.

    Raises
    ------
    OutputError
        When they cannot.
    """
    try:
        log.parent.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
        # A pipe that nobody reads from is refused, not waited for.
        unwaited = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
        os.close(os.open(log, unwaited, _OWN_FILE))
    except OSError as error:
        raise OutputError(f"cannot write to the log '{log}': {error.strerror or error}.") from None
