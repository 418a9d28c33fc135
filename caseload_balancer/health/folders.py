"""Whether files can be written where they are to go, whole and for their owner only."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from caseload_balancer.errors import OutputError
from caseload_balancer.health.answer import HealthCheck
from caseload_balancer.output.exchanges import can_be_exchanged
from caseload_balancer.output.whole_files import write_together

_PART: Final = "folders"
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_ROOM: Final = 100 * 2**20
"""Bytes free, below which a person should know: a county's plan with its workbook takes some
megabytes, and is there twice while it is replaced."""


def check_folders(out: Path) -> Iterator[HealthCheck]:
    """Write, replace and remove files in the folder for results and in the temporary folder."""
    existing = out.absolute()
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    yield _check("folder for results", existing)
    yield _check("temporary folder", Path(tempfile.gettempdir()))


def _check(what: str, folder: Path) -> HealthCheck:
    if not folder.is_dir():
        return HealthCheck(_PART, what, "wrong", f"{folder} is not a folder")
    try:
        room = Path(tempfile.mkdtemp(prefix=".caseload-doctor-", dir=folder))
    except OSError as error:
        why = error.strerror or "denied"
        return HealthCheck(_PART, what, "wrong", f"{folder} cannot be written to: {why}")
    try:
        return _tried(what, folder, room / "week")
    except (OSError, OutputError) as error:
        says = f"{folder} cannot be written to as results are: {_why(error)}"
        return HealthCheck(_PART, what, "wrong", says)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _tried(what: str, folder: Path, week: Path) -> HealthCheck:
    files = ("one.txt", "two.txt")
    write_together(week, dict.fromkeys(files, "before"))
    write_together(week, dict.fromkeys(files, "after"))
    if any((week / name).read_text(encoding="utf-8") != "after" for name in files):
        return HealthCheck(_PART, what, "wrong", f"{folder} does not keep what is written to it")
    seen = [week, *(week / name for name in files)]
    if os.name != "nt" and any(stat.S_IMODE(one.stat().st_mode) & _OTHERS for one in seen):
        says = f"{folder} does not honour permissions: others may read what is written there"
        return HealthCheck(_PART, what, "look", says)
    free = shutil.disk_usage(folder).free
    if free < _ROOM:
        return HealthCheck(_PART, what, "look", f"{folder} has {free / 2**20:,.0f} MB left")
    how = "in one step" if can_be_exchanged(week) else "one by one"
    own = "" if os.name == "nt" else "new files are for their owner only (0600); "
    return HealthCheck(_PART, what, "well", f"{folder}: {own}files are replaced {how}")


def _why(error: Exception) -> str:
    cause = error.__cause__ or error
    return getattr(cause, "strerror", None) or "denied"
