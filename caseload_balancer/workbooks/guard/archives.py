"""The zip around a workbook: looked at by its directory, before a byte is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.workbooks.guard.limits import WorkbookLimits

ZIP_MARK: Final = b"PK\x03\x04"
OLE_MARK: Final = b"\xd0\xcf\x11\xe0"
"""How workbooks of 2003 and earlier begin, and all workbooks that a password protects."""

MACROS: Final = "xl/vbaProject.bin"

_READ_AT_ONCE: Final = 1 << 20
_STORED_OR_DEFLATED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED: Final = 0x1
_ENCRYPTED_WORKBOOK: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS: Final = "Open it and save it as 'Excel Workbook (.xlsx)'."
_OTHER_KINDS: Final = {
    "xl/workbook.bin": "is a binary workbook (.xlsb)",
    "content.xml": "is an OpenDocument sheet (.ods)",
}
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
def opened(path: Path, limits: WorkbookLimits, content: bytes | None) -> Iterator[zipfile.ZipFile]:
    """Open the zip of a workbook whose directory keeps to the limits.

    Parameters
    ----------
    content
        The file's bytes where they were read already.

    Raises
    ------
    DataError
        When it is no such zip, or larger than a workbook of people can be.
    """
    name = path.name
    begins = first_bytes(path) if content is None else content[: len(OLE_MARK)]
    size = path.stat().st_size if content is None else len(content)
    if not begins.startswith((ZIP_MARK, OLE_MARK)):
        raise refused(name, "not_a_workbook", "this is no Excel workbook (.xlsx). Save it as one.")
    if size > limits.file_bytes:
        raise _too_large(name, f"has more than {limits.file_bytes // 1_000_000} MB")
    if begins.startswith(OLE_MARK):
        raise _old_or_protected(name, path.read_bytes() if content is None else content)
    try:
        archive = zipfile.ZipFile(path if content is None else io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise damaged(name) from None
    with archive:
        _check_kind(name, frozenset(archive.namelist()))
        _check_directory(name, archive, limits)
        yield archive


def _old_or_protected(name: str, content: bytes) -> DataError:
    if _ENCRYPTED_WORKBOOK in content:
        return _protected(name)
    return refused(
        name, "workbook_kind", f"the file is a workbook of Excel 2003 or earlier (.xls). {_SAVE_AS}"
    )


def _protected(name: str) -> DataError:
    return refused(
        name,
        "workbook_password",
        "the workbook has a password. Open it, take the password away, and save it again.",
    )


def refused_for_macros(name: str) -> DataError:
    """Return the refusal of a workbook with macros, for those who take none."""
    return refused(name, "workbook_kind", f"the file holds macros (.xlsm). {_SAVE_AS}")


def _check_kind(name: str, parts: frozenset[str]) -> None:
    for part, kind in _OTHER_KINDS.items():
        if part in parts:
            raise refused(name, "workbook_kind", f"the file {kind}. {_SAVE_AS}")


def _check_directory(name: str, archive: zipfile.ZipFile, limits: WorkbookLimits) -> None:
    parts = archive.infolist()
    if len(parts) > limits.parts:
        raise _too_large(name, f"has more than {limits.parts:,} parts")
    if len({part.filename for part in parts}) < len(parts):
        raise damaged(name)
    if sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise _too_large(name, f"unpacks to more than {limits.unpacked_bytes // 1_000_000} MB")
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise _protected(name)
        if part.compress_type not in _STORED_OR_DEFLATED:
            raise damaged(name)
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
        raise damaged(name) from None


def damaged(name: str) -> DataError:
    """Return the refusal of a file that only looks like a workbook."""
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
