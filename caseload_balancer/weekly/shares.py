"""Whether a path is on a network share, where locks are often not kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/self/mountinfo")
_SHARES: Final = frozenset(
    {"afs", "cifs", "fuse.sshfs", "ncpfs", "nfs", "nfs4", "smb2", "smb3", "smbfs"}
)
_REMOTE_DRIVE: Final = 4
"""What Windows calls a drive on another machine."""


def is_on_a_share(path: Path) -> bool:
    """Say whether a path is known to be on another machine; where nobody knows, it is not."""
    if sys.platform == "win32":
        return _is_remote(path)
    try:
        lines = _MOUNTS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return share_among(lines, path.resolve())


def share_among(mounts: list[str], path: Path) -> bool:
    """Say whether the mount that a path is on is one of a network.

    Parameters
    ----------
    mounts
        Lines as Linux has them: the fifth word is where, the first after a dash of what kind.
    path
        An absolute path; what is not there yet is where its folder is.
    """
    depth, kind = -1, ""
    for line in mounts:
        before, _, after = line.partition(" - ")
        where = Path(before.split()[4].replace(r"\040", " "))
        if path.is_relative_to(where) and len(where.parts) > depth:
            depth, kind = len(where.parts), after.split()[0]
    return kind in _SHARES


def _is_remote(path: Path) -> bool:
    import ctypes  # noqa: PLC0415 - for Windows only
    from typing import Any  # noqa: PLC0415 - as above

    anchor = path.absolute().anchor
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there elsewhere
    return anchor.startswith("\\\\") or kernel.GetDriveTypeW(anchor) == _REMOTE_DRIVE
