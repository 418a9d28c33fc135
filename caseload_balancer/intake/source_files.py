"""The files that a week is read from, and what is in them as a digest."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from caseload_balancer.intake.kept_weeks import kept_in

_PASSED_OVER: Final = (".", "~")
"""What hidden files begin with, and the one that Excel puts beside an open workbook and locks."""
_NAMES: Final = "names"
_READ: Final = (".csv", ".txt", ".tsv", ".toml", ".xlsx", ".xlsm")
"""How the name of whatever a week may be read from ends."""
_CHUNK: Final = 1 << 20


def files_of(source: Path) -> Iterator[Path]:
    """Yield the files of a folder by name, or the one workbook."""
    if not source.is_dir():
        yield source
        return
    for file in sorted(source.iterdir()):
        if file.is_file() and not file.name.startswith(_PASSED_OVER):
            yield file


def digests_of(source: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a week may be read from, by its name.

    Not of a list of workers' names: no plan depends on names, and a hash of them could be tried
    against a list of people. Nor of what nobody reads, as a note beside the tables; in the folder
    of a week that the weekly run planned only the week that is kept there is read.
    """
    if (kept := kept_in(source)) is not None:
        return {kept.name: digest_of(kept)}
    return {
        file.name: digest_of(file)
        for file in files_of(source)
        if file == source or (file.stem.casefold() != _NAMES and file.suffix.casefold() in _READ)
    }


def digest_of(file: Path) -> str:
    """Return the SHA-256 of what is in a file."""
    digest = sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
