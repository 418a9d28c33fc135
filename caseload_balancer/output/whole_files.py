"""Several files put in place together: all of them whole, or none.

They are written to a folder beside, made sure to be on the disk, and then that folder takes the
place of the other in one step: whenever the run ends, also by being killed, the old files are there
or the new ones. Where folders cannot be exchanged (another system, a mounted folder, one somebody
stands in) the files are replaced one by one instead, and put back if one cannot be.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from caseload_balancer.errors import OutputError
from caseload_balancer.output.exchanges import can_be_exchanged, exchange
from caseload_balancer.output.leftovers import remove, sweep, unused_name

_OWN_FILE: Final = 0o600
_OWN_FOLDER: Final = 0o700
"""For nobody else to read: the files name children's cases. Who opens a file to others keeps that,
for a file that is replaced keeps its permissions."""

_NEW: Final[int] = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AT_ONCE: Final = 8
"""How many files are made sure to be on the disk side by side."""


def write_together(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder so that all are new afterwards, or all are as before.

    Parameters
    ----------
    folder
        Made where it is not there, and taken away again when the writing fails. Other files in it
        stay.
    files
        What is in each file, under its name. Text is written as UTF-8 with the line ends it has.

    Raises
    ------
    OutputError
        When something cannot be written; what was there before is untouched.
    """
    folder = folder.resolve()
    for name in files:
        refuse_what_is_no_file(folder / name)
    try:
        with _made(folder.parent):
            sweep(folder.parent)
            sweep(folder)
            if not folder.exists():
                _make(folder, files)
            elif len(files) == 1 or not _exchanged(folder, files):
                _replace_each(folder, files)
    except OSError as error:
        raise OutputError(
            f"cannot write to the folder '{folder}': {error.strerror or error}. A file in it may "
            "be write-protected or open in another program."
        ) from error


def refuse_what_is_no_file(path: Path) -> None:
    """Refuse to write where there is a device, a pipe or anything else that is no file.

    A pipe would be waited for, and a device be replaced by a file.

    Raises
    ------
    OutputError
        With what to do.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OutputError(
            f"cannot write to {path}: it is a device or a pipe, no file. Give another name."
        )


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder for the block, and take it away again where that fails."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        for one in reversed(missing):
            one.mkdir(mode=_OWN_FOLDER, exist_ok=True)
        yield
    except BaseException:
        for one in missing:
            try:
                one.rmdir()
            except OSError:
                break
        raise


@contextmanager
def _staged(folder: Path, files: Mapping[str, str | bytes]) -> Iterator[Path]:
    """Write files to a folder beside their own; what is left in it afterwards goes."""
    beside = folder.with_name(unused_name(folder.name))
    beside.mkdir(mode=_OWN_FOLDER)
    try:
        _write((beside / name, content, folder / name) for name, content in files.items())
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _make(folder: Path, files: Mapping[str, str | bytes]) -> None:
    with _staged(folder, files) as beside:
        _settle(beside)
        beside.rename(folder)
        _settle(folder.parent)


def _exchanged(folder: Path, files: Mapping[str, str | bytes]) -> bool:
    """Put a folder with the new files in the old one's place, and return whether that was done."""
    try:
        if not can_be_exchanged(folder):
            return False
        with _staged(folder, files) as beside:
            for other in folder.iterdir():
                if other.name not in files:
                    os.link(other, beside / other.name)
            shutil.copystat(folder, beside)
            _settle(beside)
            exchange(beside, folder)
            _settle(folder.parent)
            for late in beside.iterdir():  # somebody put it there a moment ago
                if late.name not in files and not (folder / late.name).exists():
                    late.rename(folder / late.name)
    except OSError:
        return False  # one by one may do, and tells what does not
    return True


def _replace_each(folder: Path, files: Mapping[str, str | bytes]) -> None:
    new = {folder / name: folder / unused_name(f"{name}.new") for name in files}
    old = {target: folder / unused_name(f"{target.name}.old") for target in new}
    try:
        _write((beside, files[target.name], target) for target, beside in new.items())
        for target in filter(Path.exists, new):
            shutil.copy2(target, old[target])
        _settle(folder)
        _replace(new, old)
        _settle(folder)
    finally:
        _remove((*new.values(), *old.values()))


def _replace(new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    placed: list[Path] = []
    try:
        for target, beside in new.items():
            beside.replace(target)
            placed.append(target)
    except BaseException:
        for target in placed:
            if old[target].exists():
                old[target].replace(target)
            else:
                target.unlink()
        raise


def _write(files: Iterable[tuple[Path, str | bytes, Path]]) -> None:
    """Write files to the disk, each with the permissions of the one it is to replace.

    Parameters
    ----------
    files
        Where each is written, what is in it, and which one it is to replace.
    """
    modes: dict[Path, int] = {}
    with ExitStack() as opened:
        numbers = []
        for path, content, old in files:
            modes[path] = stat.S_IMODE(old.stat().st_mode) if old.is_file() else _OWN_FILE
            number = os.open(path, _NEW, modes[path])
            file = opened.enter_context(os.fdopen(number, "wb"))
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            numbers.append(number)
        # Side by side: a disk settles them all in little more than the time of one.
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(_settle_file, numbers))
    for path, mode in modes.items():
        path.chmod(mode)


def _settle_file(number: int) -> None:
    os.fsync(number)


def _settle(folder: Path) -> None:
    """Have what is in a folder be on the disk, where the system can do that."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some network shares cannot, and not everybody may look into it
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        remove(file)
