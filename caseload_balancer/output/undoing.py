"""Files that are put in place for a block, and taken back where it fails.

For what must agree with something that is not a file, such as a record in a database: the files are
written first, because a record can say no to the very end and cannot be taken back once it is made.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from caseload_balancer.errors import OutputError
from caseload_balancer.output.leftovers import remove, unused_name
from caseload_balancer.output.whole_files import write_together


@contextmanager
def placed_together(folder: Path, files: Mapping[str, str | bytes]) -> Iterator[None]:
    """Write files together for the block; where it ends with an error all is as it was before.

    Whoever is killed in the block leaves the new files.

    Raises
    ------
    OutputError
        When they cannot be written; what was there before is untouched.
    """
    folder = folder.resolve()
    try:
        before = _kept(folder, files)
    except OSError as error:
        raise OutputError(
            f"cannot write beside the folder '{folder}': {error.strerror or error}."
        ) from error
    try:
        write_together(folder, files)
        try:
            yield
        except BaseException:
            _put_back(folder, before, files)
            raise
    finally:
        if before is not None:
            shutil.rmtree(before, ignore_errors=True)


def set_aside(folder: Path, copy: Path) -> Path | None:
    """Keep the files of a folder in another one, all or none.

    Parameters
    ----------
    copy
        The other folder; where there is one that has other files, a number goes behind its name.

    Returns
    -------
    Path or None
        Where they are kept; None where they were already.

    Raises
    ------
    OutputError
        When they cannot be read or written.
    """
    wanted, number = copy.name, 1
    try:
        files = _content_of(folder)
        while copy.exists():
            if _content_of(copy) == files:
                return None
            number += 1
            copy = copy.with_name(f"{wanted}-{number}")
    except OSError as error:
        raise OutputError(f"cannot read '{folder}': {error.strerror or error}.") from error
    write_together(copy, files)
    return copy


def _kept(folder: Path, files: Iterable[str]) -> Path | None:
    """Keep the files that are to be replaced beside their folder; None where there is none."""
    if not folder.exists():
        return None
    beside = folder.with_name(unused_name(f"{folder.name}.before"))
    beside.mkdir(mode=0o700)
    try:
        for name in files:
            if (folder / name).is_file():
                _link(folder / name, beside / name)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return beside


def _link(file: Path, other: Path) -> None:
    """Have a file under another name too: without taking room, where the system can do that."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copy2(file, other)


def _put_back(folder: Path, before: Path | None, files: Iterable[str]) -> None:
    """Have a folder be as it was; what cannot be put back is left, and another run mends it."""
    with suppress(OSError):
        if before is None:
            away = folder.with_name(unused_name(folder.name))
            folder.rename(away)
            shutil.rmtree(away, ignore_errors=True)
            return
        for name in files:
            if (before / name).exists():
                (before / name).replace(folder / name)
            else:
                remove(folder / name)


def _content_of(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.iterdir())
        if path.is_file() and not path.is_symlink()
    }
