"""The archive a workbook is: of the right kind, and of a size that a week can have."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from caseload_balancer.intake.workbooks.refusals import UnfitWorkbookError

PARTS_AT_MOST: Final = 2_000
UNPACKED_AT_MOST: Final = 400 * 2**20
"""Bytes, of all parts together."""
PACKED_MUCH_SMALLER: Final = 250
"""Times. Real sheets pack to a tenth or a thirtieth; bombs to a thousandth."""
_SMALL: Final = 20 * 2**20
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS: Final = "Open it and save it as 'Excel Workbook (.xlsx)'."
_DAMAGED: Final = "the workbook is damaged. Open it in the spreadsheet program and save it again."


def damaged() -> UnfitWorkbookError:
    """Return the refusal of a file that only looks like a workbook."""
    return UnfitWorkbookError("damaged_workbook", _DAMAGED)


class Archive:
    """The parts of a workbook, each read as text of XML when it is asked for.

    Raises
    ------
    UnfitWorkbookError
        When the file is of another kind, has a password or macros, or unpacks to too much.
    """

    def __init__(self, content: bytes) -> None:
        if content.startswith(_OLD_OFFICE):
            raise _old_kind(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise damaged() from None
        parts = self._zip.infolist()
        self.names = frozenset(part.filename for part in parts)
        _check_kind(self.names)
        unpacked = sum(part.file_size for part in parts)
        bomb = unpacked > _SMALL and unpacked > PACKED_MUCH_SMALLER * len(content)
        if len(parts) > PARTS_AT_MOST or unpacked > UNPACKED_AT_MOST or bomb:
            raise UnfitWorkbookError(
                "workbook_too_large",
                f"the workbook unpacks to {unpacked // 2**20:,} MB in {len(parts):,} parts, more "
                "than any week has. It was not opened.",
            )
        if any(part.flag_bits & 1 for part in parts):
            raise UnfitWorkbookError("workbook_password", f"the file has a password. {_SAVE_AS}")

    def part(self, name: str) -> bytes:
        """Return one part.

        Raises
        ------
        UnfitWorkbookError
            When it is not there or cannot be unpacked.
        """
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
            raise damaged() from None
        except (ValueError, RuntimeError):
            raise damaged() from None


def _old_kind(content: bytes) -> UnfitWorkbookError:
    if _ENCRYPTED in content:
        return UnfitWorkbookError(
            "workbook_password",
            "the workbook has a password. Open it, take the password away, and save it again.",
        )
    return UnfitWorkbookError("workbook_kind", f"the file is an old .xls workbook. {_SAVE_AS}")


def _check_kind(names: frozenset[str]) -> None:
    if "xl/workbook.xml" in names and "xl/vbaProject.bin" not in names:
        return
    if "xl/vbaProject.bin" in names:
        kind = "holds macros (.xlsm)"
    elif "xl/workbook.bin" in names:
        kind = "is a binary workbook (.xlsb)"
    elif "content.xml" in names:
        kind = "is an OpenDocument sheet (.ods)"
    else:
        raise damaged()
    raise UnfitWorkbookError("workbook_kind", f"the file {kind}. {_SAVE_AS}")
