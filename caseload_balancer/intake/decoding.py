"""Bytes of a file to text, without ever replacing a letter."""

from __future__ import annotations

import codecs
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_text
from caseload_balancer.intake.findings import Findings

_MARKS: Final = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LOOKED_AT: Final = 4096
_HALF_EMPTY: Final = 0.3


def an_encoding(value: Any) -> str:
    """Accept a text encoding that Python knows."""
    encoding = a_text(value)
    try:
        b"a".decode(encoding)
    except (LookupError, ValueError) as error:
        if not isinstance(error, UnicodeError):  # one letter alone is too short for UTF-16
            message = f"must be a text encoding: {value!r} is no text encoding Python knows."
            raise UnfitError(message) from error
    return encoding


def decode(content: bytes, encoding: str, table: str, findings: Findings) -> str | None:
    """Return the text of a file, or None after reporting why it cannot be read.

    Text in another encoding than asked for is reported, and returned as Windows writes it where it
    can be, so that all that is wrong comes at once.

    A byte-order mark says more than `encoding` and is believed first.
    """
    if content.startswith(_WORKBOOKS):
        findings.problem(
            table,
            "workbook",
            "the file is a workbook under the name of a CSV file. Open it in the spreadsheet "
            "program and save it as 'CSV UTF-8'.",
        )
        return None
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            findings.tell(table, "byte_order_mark", f"the file is marked as {name}.")
            content, encoding = content[len(mark) :], codec
            break
    else:
        if unmarked := _unmarked_utf16(content[:_LOOKED_AT], encoding):
            findings.problem(
                table,
                "not_decodable",
                f"the file looks like UTF-16 without a mark. Save it as 'CSV UTF-8', or pass "
                f"encoding='{unmarked}'.",
            )
            return None
    try:
        return content.decode(encoding)
    except UnicodeError as error:
        findings.problem(table, "not_decodable", _where_it_broke(content, encoding, error))
    try:
        # Refused all the same; this only shows what else is wrong.
        return content.decode("cp1252")
    except UnicodeError:
        return None


def _unmarked_utf16(head: bytes, encoding: str) -> str | None:
    """Say which UTF-16 the bytes are in: plain letters then have an empty byte each."""
    if codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")) or not head:
        return None
    half = max(1, len(head) // 2)
    if head[1::2].count(0) / half > _HALF_EMPTY:
        return "utf-16-le"
    if head[0::2].count(0) / half > _HALF_EMPTY:
        return "utf-16-be"
    return None


def _where_it_broke(content: bytes, encoding: str, error: UnicodeError) -> str:
    advice = "Save the file as 'CSV UTF-8', or pass encoding='cp1252' if it comes from Windows."
    if not isinstance(error, UnicodeDecodeError):
        return f"the file is not in {encoding}. {advice}"
    line = content.count(b"\n", 0, error.start) + 1
    return (
        f"byte 0x{content[error.start]:02x} at offset {error.start:,} (line {line:,}) is not "
        f"{encoding}. {advice}"
    )
