"""The zip around a workbook: looked at by its directory, before a byte is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.workbooks.guard.limits import WorkbookLimits

ZIP_MARK: Final = b"PK\x03\x04"
OLE_MARK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks of 2003 and earlier begin, and all workbooks that a password protects."""

_READ_AT_ONCE: Final = 1 << 20
_STORED_OR_DEFLATED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (zipfile.BadZipFile, zlib.error)


def refused(
    file: str, rule: str, message: str, *, row: int | None = None, column: str | None = None
) -> DataError:
    """Return the error that a workbook is not read."""
    return DataError([DataProblem(file, row, column, rule, message)])


def first_bytes(path: Path) -> bytes:
    """Return how a file begins."""
    with path.open("rb") as file:
        return file.read(len(OLE_MARK))


@contextmanager
def opened(path: Path, limits: WorkbookLimits) -> Iterator[zipfile.ZipFile]:
    """Open the zip of a workbook whose directory keeps to the limits.

    Raises
    ------
    DataError
        When it is no such zip, or larger than a workbook of people can be.
    """
    name = path.name
    begins = first_bytes(path)
    if begins == OLE_MARK:
        raise refused(
            name,
            "protected_or_old_workbook",
            "the workbook has a password, or is of Excel 2003 or earlier (.xls). Take the "
            "password away, or save it as an Excel workbook (.xlsx).",
        )
    if not begins.startswith(ZIP_MARK):
        raise refused(name, "not_a_workbook", "this is no Excel workbook (.xlsx). Save it as one.")
    if path.stat().st_size > limits.file_bytes:
        raise _too_large(name, f"has more than {limits.file_bytes // 1_000_000} MB")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise _damaged(name) from None
    with archive:
        _check_directory(name, archive, limits)
        yield archive


def _check_directory(name: str, archive: zipfile.ZipFile, limits: WorkbookLimits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise _too_large(name, f"has more than {limits.parts:,} parts")
    if len({part.filename for part in parts}) < len(parts):
        raise _damaged(name)
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _too_large(name, f"unpacks to more than {limits.unpacked_bytes // 1_000_000} MB")
    for part in parts:
        if part.flag_bits & _ENCRYPTED or part.compress_type not in _STORED_OR_DEFLATED:
            raise _damaged(name)
        if part.file_size > limits.ratio_above_bytes and (
            part.file_size > limits.ratio * max(part.compress_size, 1)
        ):
            raise _too_large(
                name, f"holds a part that unpacks to over {limits.ratio} times its size"
            )


def chunks(name: str, archive: zipfile.ZipFile, part: str) -> Generator[bytes]:
    """Yield what is in a part, never more than the directory says it is.

    Raises
    ------
    DataError
        When the part is not there or damaged.
    """
    try:
        with archive.open(part) as content:
            while chunk := content.read(_READ_AT_ONCE):
                yield chunk
    except (KeyError, EOFError, NotImplementedError, OSError, ValueError, *_BROKEN):
        raise _damaged(name) from None


def _damaged(name: str) -> DataError:
    return refused(
        name,
        "damaged_workbook",
        "the workbook is damaged. Open it in Excel, save it again as .xlsx, and use that file.",
    )


def _too_large(name: str, what: str) -> DataError:
    return refused(
        name,
        "workbook_too_large",
        f"the workbook {what}: more than a week's tables come to. Copy the tables that are needed "
        "into a new workbook.",
    )
