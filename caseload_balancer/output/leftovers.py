"""Names of what is not in its place yet, and what a run that was killed left of it."""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import sys
import time
import zlib
from pathlib import Path
from typing import Final

_HOST: Final = f"{zlib.crc32(platform.node().encode()):08x}"
_MARK: Final = re.compile(r"\.caseload-(?P<host>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}$")
_A_DAY: Final = 86_400.0


def unused_name(wanted: str) -> str:
    """Return a hidden name that nobody else uses and that tells who made it."""
    # Two runs may write into one folder at the same time, also from two machines.
    return f".{wanted}.caseload-{_HOST}-{os.getpid()}-{secrets.token_hex(4)}"


def sweep(folder: Path) -> None:
    """Remove what runs that have ended left in a folder."""
    try:
        found = list(folder.iterdir())
    except OSError:  # there is none yet, or nobody may look: then there is nothing to remove
        return
    for path in found:
        mark = _MARK.search(path.name)
        if mark is None or not _is_left(path, mark["host"], int(mark["process"])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            remove(path)


def remove(path: Path) -> None:
    """Remove a file, or leave it rather than hide how the writing itself ended."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _is_left(path: Path, host: str, process: int) -> bool:
    """Return whether nobody is at work on it any more."""
    if host == _HOST and process == os.getpid():
        return False
    # On Windows and from another machine nobody knows whether a process still runs.
    if host != _HOST or sys.platform == "win32":
        try:
            return time.time() - path.stat().st_mtime > _A_DAY
        except OSError:
            return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
