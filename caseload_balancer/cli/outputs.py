"""Where a plan is written: whether it can be, asked before any time is spent, and what was."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.text import Text

from caseload_balancer.errors import OutputError
from caseload_balancer.output import MANIFEST, PLAN_FILE_NAMES, refuse_filled
from caseload_balancer.output.whole_files import refuse_what_is_no_file
from caseload_balancer.workbooks.decision_sheet import PACK_NAME


def check_writable(folder: Path) -> None:
    """Make sure that a plan can be written to a folder, and leave no trace of having asked.

    Raises
    ------
    OutputError
        When the folder cannot be made or written to, when a file in it is held open by a
        program that would keep it from being replaced, or when decisions have been filled in on
        the pack that is there.
    """
    if _check_folder(folder):
        for name in PLAN_FILE_NAMES:
            _check_not_held(folder / name)
        if PACK_NAME in PLAN_FILE_NAMES:
            refuse_filled(folder / PACK_NAME)


def _check_folder(folder: Path) -> bool:
    """Make sure that files can be written to a folder; say whether it is there already."""
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    if not existing.is_dir():
        raise OutputError(f"cannot write to {folder}: {existing} is not a folder.")
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or 'denied'}.") from None
    return existing == folder


def check_file_writable(file: Path) -> None:
    """Make sure that a file can be written, and leave no trace of having asked.

    Raises
    ------
    OutputError
        When it is a folder, its folder cannot be written to, or a program holds it open.
    """
    if file.is_dir():
        raise OutputError(f"cannot write to {file}: it is a folder.")
    _check_folder(file.parent)
    _check_not_held(file)


def _check_not_held(file: Path) -> None:
    """Open a file for appending, write nothing: what a spreadsheet program on Windows refuses."""
    refuse_what_is_no_file(file)
    if file.exists():
        try:
            with file.open("ab"):
                pass
        except OSError:
            raise OutputError(
                f"cannot replace {file}: it is write-protected or open in another program. "
                "Close it and try again."
            ) from None


def written_to(folder: Path, *more: str) -> Text:
    """Return the line that says which files of a plan were written where, and what else."""
    return Text(
        f"\nWritten to {folder}: {', '.join((*PLAN_FILE_NAMES, MANIFEST, *more))}", style="bold"
    )
