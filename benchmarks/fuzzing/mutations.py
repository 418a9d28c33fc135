"""Documents and cells with something broken in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

NASTY: Final = (
    "", " ", "\t", "\0", "\x07", "\u200b", "\u00a0", "\ufeff", "\ufffd", "\u2028", "\U0001f600",
    '"', '""', "'", "''=1", "=1+1", "@SUM(1)", "-1", "- 1", "--", "+", "#N/A", "#REF!", "NULL",
    "N/A", "none", "NaN", "inf", "-inf", "1e400", "1E+15", "9" * 17, "9" * 5000, "0x10", "1_000",
    "1,000", "1,5", ".5", "5.", "80%", "1.5h", "00", "007", "7", "2026-02-30", "0000-00-00",
    "1900-01-01", "9999-12-31", "05/01/2026", "31/12/26", "45662", "2026-01-05T25:61", "2026-W05",
    "2026-01-05 00:00:00+01:00", "yes", "NO", "maybe", "x", "child_in_need", "CIN", "LAC", "other",
    "W1", "w1", "W1;W2;;", ";", ",", "{", "[", "]", "}", "[[", "true", "a=1", "\r", "\n", "\r\n",
    "a" * 70, "Siobh\u00e1n", "\u0174yn", "\uff37\uff11", "C\u0391", "\ud800", "total", "Total:",
)  # fmt: skip
"""What exports, spreadsheets and typists have put into cells, and what breaks parsers."""

_AT_TEN: Final = datetime.fromisoformat("2026-01-05T10:00")
VALUES: Final = (
    *NASTY, None, True, False, 0, 1, -1, 7, 10**400, 2**63, 0.1, -0.0, float("nan"), float("inf"),
    Decimal("NaN"), Decimal("1E+999999"), Decimal("4.5"), date(2026, 1, 5), date.min, date.max,
    _AT_TEN, _AT_TEN.replace(tzinfo=UTC), _AT_TEN.replace(year=9999),
    timedelta(1), b"W1", [], ["W1"], ["W1", None], [[]], ("Urdu", 7), {}, {"a": 1}, object(), 1j,
)  # fmt: skip
"""What cells of frames may be."""

_CODECS: Final = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1252", "latin-1")
_CELL: Final = re.compile(rb"[^,;\t\r\n=]+")


def nasty_bytes(random: Random) -> bytes:
    """Return one of `NASTY`, or bytes that are no text."""
    if random.random() < 0.1:
        return random.randbytes(random.randint(1, 6))
    return random.choice(NASTY).encode("utf-8", "surrogatepass")


def _other_cell(content: bytes, random: Random) -> bytes:
    cells = list(_CELL.finditer(content))
    if not cells:
        return nasty_bytes(random)
    cell = random.choice(cells)
    return content[: cell.start()] + nasty_bytes(random) + content[cell.end() :]


def _insertion(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + nasty_bytes(random) + content[at:]


def _deletion(content: bytes, random: Random) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + content[at + random.randint(1, 20) :]


def _truncation(content: bytes, random: Random) -> bytes:
    return content[: random.randint(0, len(content))]


def _flipped_byte(content: bytes, random: Random) -> bytes:
    changed = bytearray(content or b"a")
    changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _lines(content: bytes, random: Random) -> bytes:
    """Repeat, drop or swap lines."""
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(3):
        case 0:
            lines.insert(one, lines[other])
        case 1:
            del lines[one]
        case _:
            lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _other_marks(content: bytes, random: Random) -> bytes:
    """Put other marks between cells, or other ends of lines."""
    old, new = random.choice([(b",", b";"), (b",", b"\t"), (b"\n", b"\r"), (b"\n", b"\r\n")])
    return content.replace(old, new)


def _other_codec(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(_CODECS), "replace")


_MUTATIONS: Final[tuple[Callable[[bytes, Random], bytes], ...]] = (
    _other_cell, _other_cell, _other_cell, _insertion, _deletion, _truncation, _flipped_byte,
    _lines, _other_marks, _other_codec,
)  # fmt: skip


def mutated(content: bytes, random: Random) -> bytes:
    """Return a document with one to four things broken in it."""
    for _ in range(random.randint(1, 4)):
        content = random.choice(_MUTATIONS)(content, random)
    return content
