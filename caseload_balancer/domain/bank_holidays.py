"""The bank holidays of England, as a table: a library of all countries takes long to load."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files


@cache
def bank_holidays() -> frozenset[date]:
    """Return the bank holidays from 1990 to 2101, and so around every date that a week may hold.

    Up to the last year that is decided they are those of gov.uk; later ones follow the rules of
    today, as the package ``holidays`` knows them, which the tests hold the table against.
    """
    text = files(__package__).joinpath("bank_holidays_england.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(map(date.fromisoformat, lines))
