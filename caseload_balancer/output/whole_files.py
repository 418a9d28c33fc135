"""Several files put in place together: all of them whole, or none."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from caseload_balancer.errors import OutputError


def write_together(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder so that all are new afterwards, or all are as before.

    Everything is written beside its place first, then each file is replaced in one step; when
    one cannot be replaced the earlier ones are put back. A reader never sees half a file.

    Parameters
    ----------
    folder
        Made where it is not there, and taken away again when the writing fails.
    files
        What is in each file, under its name. Text is written as UTF-8 with the line ends it has.

    Raises
    ------
    OutputError
        When something cannot be written; what was there before is untouched.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    # A name nobody else uses, for two runs may write into one folder at the same time.
    token = secrets.token_hex(4)
    new = {folder / name: folder / f".{name}.{token}.new" for name in files}
    old = {target: target.with_name(f".{target.name}.{token}.old") for target in new}
    done = False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, beside in new.items():
            content = files[target.name]
            with beside.open("xb") as file:
                file.write(content.encode() if isinstance(content, str) else content)
            if target.exists():
                shutil.copy2(target, old[target])
        _replace(new, old)
        done = True
    except OSError as error:
        raise OutputError(
            f"cannot write to the folder '{folder}': {error.strerror or error}. A file in it may "
            "be write-protected or open in another program."
        ) from error
    finally:
        _remove((*new.values(), *old.values()))
        if not done:
            _remove_folders(missing)


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


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError:
            # Left behind rather than hiding how the writing itself ended.
            continue


def _remove_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        try:
            folder.rmdir()
        except OSError:
            return
