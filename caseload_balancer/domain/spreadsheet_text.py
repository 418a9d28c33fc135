"""Text that a spreadsheet must not run as a formula, and back.

An apostrophe in front makes a spreadsheet show the text and run nothing (OWASP, "CSV
Injection"). `guard` and `unguard` undo each other for every text, so nothing is lost on the way.
"""

from __future__ import annotations

import re
from typing import Final

_RUNS: Final = re.compile(r"'*[=+\-@#\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@#\t\r]")


def guard(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run or take for an error."""
    return f"'{text}" if _RUNS.match(text) else text


def unguard(text: str) -> str:
    """Take away the apostrophe that `guard` put there."""
    return text[1:] if _GUARDED.match(text) else text
