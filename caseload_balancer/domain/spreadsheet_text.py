"""Tables as text that spreadsheets read: text they must not run as a formula, and back.

An apostrophe in front makes a spreadsheet show the text and run nothing (OWASP, "CSV
Injection"). `guard` and `unguard` undo each other for every text, so nothing is lost on the way.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
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


def cell_text(value: object) -> str:
    """Return a value as it stands in a cell, guarded; the reading understands it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return guard(";".join(value))
    return guard(str(value))


def csv_text(
    titles: Iterable[str], rows: Iterable[Iterable[object]], *, line_end: str = "\n"
) -> str:
    """Return a table as CSV with commas, its cells as they are given."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue()


def _is_for_nothing(text: str) -> bool:
    return text.lstrip("'").casefold() in BLANK_WORDS
