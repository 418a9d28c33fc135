"""The files that a week is read from, and what is in them as a digest."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

_PASSED_OVER: Final = (".", "~")
"""What hidden files begin with, and the one that Excel puts beside an open workbook and locks."""
_NAMES: Final = "names"
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
    """Return the SHA-256 of each file by its name, but of a list of workers' names.

    No plan depends on names, and a hash of them could be tried against a list of people.
    """
    return {
        file.name: digest_of(file)
        for file in files_of(source)
        if file.stem.casefold() != _NAMES or file == source
    }


def digest_of(file: Path) -> str:
    """Return the SHA-256 of what is in a file."""
    digest = sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
