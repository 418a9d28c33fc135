"""Two folders that take each other's place in one step, where the system can do that."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

_EXCHANGE: Final = 2
_FROM_HERE: Final = -100
_KEPT_AT_MOST: Final = 200
"""Files that are nobody's of a plan and would have to be linked into the new folder."""


def can_be_exchanged(folder: Path) -> bool:
    """Return whether another folder may take the place of this one without anybody noticing.

    Not where somebody stands in it, where it is more than a folder of files, or where it is
    somebody else's: then its files are replaced one by one.
    """
    if exchange_of_system() is None or folder.is_symlink() or folder.is_mount():
        return False
    status = folder.stat()
    if status.st_uid != os.getuid():
        return False
    here = Path.cwd()
    if any(os.path.samestat(status, above.stat()) for above in (here, *here.parents)):
        return False
    entries = list(os.scandir(folder))
    return len(entries) <= _KEPT_AT_MOST and all(
        entry.is_file(follow_symlinks=False) for entry in entries
    )


def exchange(one: Path, other: Path) -> None:
    """Have two folders take each other's place.

    Raises
    ------
    OSError
        When the file system cannot do that.
    """
    call = exchange_of_system()
    if call is None:
        raise OSError("this system cannot exchange folders")
    number = call(os.fsencode(one), os.fsencode(other))
    if number != 0:
        raise OSError(number, os.strerror(number))


def exchange_of_system() -> Any:
    """Return what exchanges two paths and returns an error's number; None where nothing does."""
    if sys.platform == "win32":
        return None
    import ctypes  # noqa: PLC0415 - for writing only

    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):

        def swap(one: bytes, other: bytes) -> int:
            done = library.renamex_np(one, other, _EXCHANGE)
            return 0 if done == 0 else ctypes.get_errno()

        return swap
    if not hasattr(library, "renameat2"):
        return None

    def exchange_at(one: bytes, other: bytes) -> int:
        done = library.renameat2(_FROM_HERE, one, _FROM_HERE, other, _EXCHANGE)
        return 0 if done == 0 else ctypes.get_errno()

    return exchange_at
