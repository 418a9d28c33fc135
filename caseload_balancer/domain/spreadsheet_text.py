"""Text that a spreadsheet must not run as a formula, and back.

An apostrophe in front makes a spreadsheet show the text and run nothing (OWASP, "CSV
Injection"). `guard` and `unguard` undo each other for every text, so nothing is lost on the way.
"""

from __future__ import annotations

import re
from typing import Final

BLANK_WORDS: Final = frozenset(
    {
        "null",
        "(null)",
        "[null]",
        "n/a",
        "none",
        "nil",
        "-",
        "--",
        "ssd_ph",  # the Standard Safeguarding Dataset's words for nothing
        "placeholder_data",
    }
)
"""What exports write where there is no value, in any case.

`NA` and `NaN` are left as they are: `NA` is an id somewhere, and both are words of statistics.
"""

_RUNS: Final = re.compile(r"'*[=+\-@#\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@#\t\r]")


def guard(text: str) -> str:
    """Put an apostrophe before text that would be run, taken for an error or read as nothing."""
    return f"'{text}" if _RUNS.match(text) or _is_for_nothing(text) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put there."""
    guarded = _GUARDED.match(text) or (text.startswith("'") and _is_for_nothing(text))
    return text[1:] if guarded else text


def _is_for_nothing(text: str) -> bool:
    return text.lstrip("'").casefold() in BLANK_WORDS
