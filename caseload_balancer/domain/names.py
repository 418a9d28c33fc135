"""How ids and names are compared: spelled alike, and nearest to a slip of the pen."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable


def spelling(text: str) -> str:
    """Return what is left of an id when case and leading zeros say nothing.

    Two ids of one spelling are one id that a spreadsheet or a typist changed.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return folded.lstrip("0") or "0"


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'W7'?`` for the nearest known name, or nothing."""
    names = list(known)
    alike = [other for other in names if spelling(other) == spelling(name)]
    close = alike or difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f" Did you mean '{close[0]}'?" if close else ""
