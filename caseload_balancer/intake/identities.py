"""Ids: text that comes back as it went in, from any spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from caseload_balancer.domain.words import ID_PATTERN, LONG_NUMBER, SCIENTIFIC_ID
from caseload_balancer.intake.cells import CellError, Note, parts, text_of
from caseload_balancer.intake.columns import EXAMPLE
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell

LONGEST_ID: Final = 64
_RUN_AS_FORMULA: Final = ("=", "+", "-", "@")
_PATTERN: Final = re.compile(ID_PATTERN)
_ALLOWED: Final = re.compile(r"[\w.:/#&'\u2019()+@, -]")
_MONTH: Final = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE: Final = re.compile(
    rf"\d{{1,2}}-{_MONTH}(-\d{{2,4}})?|{_MONTH}-\d{{2,4}}"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(19|20)\d\d-\d\d-\d\d"
)
"""What spreadsheets make of ids such as 2-1, 3/26 or MAR26."""
_NAME: Final = re.compile(r"[^\W\d_][^\d,]*, [^\W\d_][^\d,]*")
"""Surname and first name, as some systems write people."""


def identity(cell: Cell, note: Note) -> str:
    """Return an id: never stripped of zeros, never repaired but for blanks around it."""
    text = text_of(cell)
    trimmed = text.strip(" ")
    if trimmed != text:
        note("trimmed_id")
    trimmed = _composed(trimmed, note)
    _refuse_unseen(trimmed)
    if trimmed.startswith(EXAMPLE):
        note("example_row")
    if trimmed.startswith(_RUN_AS_FORMULA):
        raise CellError(
            "formula_id",
            f"{quoted(trimmed)} begins with '{trimmed[0]}', which a spreadsheet runs as a "
            "formula. Give the id without it.",
        )
    if SCIENTIFIC_ID.fullmatch(trimmed):
        raise CellError(
            "damaged_id",
            f"{quoted(trimmed)} is a long number that a spreadsheet shortened; its digits are "
            "lost. Export again with the column as text.",
        )
    if LONG_NUMBER.fullmatch(trimmed):
        raise CellError(
            "damaged_id",
            f"{quoted(trimmed)} is a number of {len(trimmed)} digits, and spreadsheets keep 15. "
            "Put a letter in front of the system's own id.",
        )
    if _DATE.fullmatch(trimmed):
        note("date_like_id")
    if len(trimmed) > LONGEST_ID:
        raise CellError("id_too_long", f"{quoted(trimmed)} is longer than {LONGEST_ID} characters.")
    is_list = "," in trimmed and not _NAME.fullmatch(trimmed)
    if is_list or not _PATTERN.fullmatch(trimmed):
        raise CellError("id_characters", f"{quoted(trimmed)} {_what_is_wrong(trimmed)}")
    return trimmed


def identities(cell: Cell, note: Note) -> tuple[str, ...]:
    """Return a list of ids."""
    if isinstance(cell, str):
        items = [item for item in text_of(cell).split(";") if item.strip(" ")]
    else:
        items = [text_of(item) for item in parts(cell, note)]
    # Blanks after a semicolon are how people write lists, so only those of lone ids are told.
    return tuple(identity(item.strip(" "), note) for item in items)


def _composed(text: str, note: Note) -> str:
    """Return text whose letters and accents are one character each, as most systems write them."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    if composed != text:
        note("spelling")
    return composed


def _refuse_unseen(text: str) -> None:
    """Refuse characters that nobody sees, or that are another form of a plain one."""
    if text.isascii():
        return
    odd = [c for c in text if not c.isprintable() or unicodedata.normalize("NFKC", c) != c]
    if not odd:
        return
    name = unicodedata.name(odd[0], "without a name").lower()
    plain = unicodedata.normalize("NFKC", text).strip()
    fix = f"Write {quoted(plain)}." if plain.isprintable() else "Take it out."
    raise CellError(
        "look_alike_id",
        f"{quoted(text)} holds U+{ord(odd[0]):04X} ({name}), which is easily taken for "
        f"another character or for none. {fix}",
    )


def _what_is_wrong(text: str) -> str:
    if "," in text:
        return "holds ',', which only names may. Separate ids with a semicolon."
    if odd := next((c for c in text if not _ALLOWED.match(c)), ""):
        return f"holds {quoted(odd)}, which no id may. Take it out."
    return "must begin with a letter, a digit or an underscore."
