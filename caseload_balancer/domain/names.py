"""How ids and names are compared: spelled alike, and nearest to a slip of the pen."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Final

_LOOKS_LIKE: Final = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u0456\u0458\u0455\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03b5\u03bf\u03c1\u03c7\u03c5\u03b9\u03ba\u03bd\u03c4\u03b2\u03b7\u0131\u2019",
    "aeopcxyijskmtbhaeopxuikvtbni'",
)
"""Letters of other alphabets, in lower case, that look like Latin ones (Unicode TR 39)."""


def spelling(text: str) -> str:
    """Return what is left of an id when case, leading zeros and look-alike letters say nothing.

    Two ids of one spelling are one id that a spreadsheet or a typist changed.
    """
    if text.isascii():
        folded = text.casefold().strip()
    else:
        folded = unicodedata.normalize("NFKC", text).casefold().strip().translate(_LOOKS_LIKE)
    return folded.lstrip("0") or "0"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'W7'?`` for the nearest known name, or nothing."""
    names = list(known)
    alike = [other for other in names if spelling(other) == spelling(name)]
    close = alike or difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""


def name_key(name: str) -> str:
    """Return what names of one person have in common: words in any order, case or blanks.

    ``Hazlett, Dustin`` and ``Dustin Hazlett`` are one.
    """
    plain = unicodedata.normalize("NFKC", name).replace("\u2019", "'").casefold()
    words = "".join(c if c.isalnum() or c in "'-" else " " for c in plain).split()
    return " ".join(sorted(words))
