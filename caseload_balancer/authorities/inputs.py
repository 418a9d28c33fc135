"""The authorities of a run: where their weeks are, how large they are, what is in them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_path, many, shown
from caseload_balancer.errors import MissingInputError
from caseload_balancer.intake.source_files import digest_of, digests_of, files_of

_WORKBOOKS: Final = (".xlsx", ".xlsm")


def some_authorities(value: Any) -> tuple[Path, ...]:
    """Accept a folder of authorities, or a list of their paths, each with a name of its own."""
    if isinstance(value, str | os.PathLike):
        return authorities_in(Path(a_path(value)))
    paths = tuple(Path(one).absolute() for one in many(a_path, "paths")(value))
    if not paths:
        raise UnfitError("must name one authority at least.")
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(name_of(path), path)
        if other is not path:
            raise UnfitError(
                f"names two that are called {shown(name_of(path))}: an authority is called as its "
                "folder or workbook is, so give one another name."
            )
    return paths


def authorities_in(folder: Path) -> tuple[Path, ...]:
    """Return the weeks in a folder, a folder or a workbook each, in order of name.

    Raises
    ------
    MissingInputError
        When there is no such folder, or none in it.
    """
    try:
        found = sorted(folder.absolute().iterdir())
    except NotADirectoryError:
        raise MissingInputError(
            f"'{folder}' is a file. Give the folder that holds a folder or a workbook for each "
            "authority."
        ) from None
    except OSError:
        raise MissingInputError(f"there is no folder '{folder}'.") from None
    weeks = [path for path in found if not path.name.startswith((".", "~")) and _is_week(path)]
    if not weeks:
        raise MissingInputError(
            f"there is no authority in '{folder}': it must hold a folder with cases.csv, "
            "workers.csv, ... or a workbook for each."
        )
    return some_authorities(weeks)


def _is_week(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in _WORKBOOKS


def name_of(path: Path) -> str:
    """Return what an authority is called: as its folder or workbook."""
    return path.stem if path.suffix.lower() in _WORKBOOKS else path.name


def size_of(path: Path) -> int:
    """Return the bytes of a week's files; 0 where they cannot be seen from here."""
    try:
        return sum(file.stat().st_size for file in files_of(path))
    except OSError:
        return 0


def input_hash(path: Path, reading: Mapping[str, Any]) -> str:
    """Return the SHA-256 of everything that a week is read from.

    Parameters
    ----------
    path
        The folder or workbook: every file in it that may be read counts, with its name, but for a
        list of workers' names, which no result shows.
    reading
        How it is read; files that it names count with what is in them.

    Raises
    ------
    MissingInputError
        When there is no such folder or workbook.
    """
    if not path.exists():
        raise MissingInputError(f"there is no '{path}'.")
    whole = hashlib.sha256()
    named = [Path(value) for value in reading.values() if isinstance(value, os.PathLike)]
    read = {**digests_of(path), **{file.name: digest_of(file) for file in named if file.is_file()}}
    for name, digest in read.items():
        whole.update(f"{name}\0{digest}\0".encode())
    said = {name: str(value) for name, value in reading.items() if value is not None}
    whole.update(json.dumps(said, sort_keys=True).encode())
    return whole.hexdigest()


def longest_first(paths: Iterable[Path]) -> list[Path]:
    """Return the largest weeks first: begun last, one of them would be waited for alone."""
    return sorted(paths, key=lambda path: (-size_of(path), name_of(path)))
