"""Ids: text that comes back as it went in, from any spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from caseload_balancer.domain.words import ID_PATTERN, LONG_NUMBER, SCIENTIFIC_ID
from caseload_balancer.intake.cells import CellError, Note, parts, text_of
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell

LONGEST_ID: Final = 64
_RUN_AS_FORMULA: Final = ("=", "+", "-", "@")
_PATTERN: Final = re.compile(ID_PATTERN)
_ALLOWED: Final = re.compile(r"[A-Za-z0-9_.:/#&'()+@ -]")


def identity(cell: Cell, note: Note) -> str:
    """Return an id: never stripped of zeros, never repaired but for blanks around it."""
    text = text_of(cell)
    trimmed = text.strip(" ")
    if trimmed != text:
        note("trimmed_id")
    _refuse_look_alikes(trimmed)
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
    if len(trimmed) > LONGEST_ID:
        raise CellError("id_too_long", f"{quoted(trimmed)} is longer than {LONGEST_ID} characters.")
    if not _PATTERN.fullmatch(trimmed):
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


def _refuse_look_alikes(text: str) -> None:
    if text.isascii():
        return
    character = next(c for c in text if not c.isascii())
    name = unicodedata.name(character, "without a name").lower()
    plain = unicodedata.normalize("NFKC", text).strip()
    fix = f"Write {quoted(plain)}." if plain.isascii() else "Use plain letters and digits."
    raise CellError(
        "look_alike_id",
        f"{quoted(text)} holds U+{ord(character):04X} ({name}), which is easily taken for "
        f"another character or for none. {fix}",
    )


def _what_is_wrong(text: str) -> str:
    if not _ALLOWED.match(text[0]) or not all(map(_ALLOWED.match, text)):
        odd = next(c for c in text if not _ALLOWED.match(c))
        advice = " Separate ids with a semicolon." if odd == "," else " Take it out."
        return f"holds {quoted(odd)}, which no id may.{advice}"
    return "must begin with a letter, a digit or an underscore."
