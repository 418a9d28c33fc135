"""Whether a case is closed: a date, or a word that systems of record write."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

CLOSED_WORDS: Final = frozenset(
    {
        "closed",
        "case closed",
        "ended",
        "ceased",
        "nfa",
        "no further action",
        "closed nfa",
        "closed no further action",
    }
)
OPEN_WORDS: Final = frozenset(
    {
        "open",
        "opened",
        "reopened",
        "re opened",
        "active",
        "current",
        "live",
        "new",
        "ongoing",
        "in progress",
        "allocated",
        "unallocated",
        "assigned",
        "unassigned",
        "awaiting allocation",
        "waiting",
        "pending",
    }
)


def plain(text: str) -> str:
    """Return words without case, and with one blank for whatever stands between them."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def says_closed(status: str | None) -> bool:
    """Say whether a status is a word for closed."""
    return status is not None and plain(status) in CLOSED_WORDS


def says_open(status: str | None) -> bool:
    """Say whether a status is a word for open."""
    return status is not None and plain(status) in OPEN_WORDS


def is_over(closed_on: date | None, status: str | None, on: date | None) -> bool:
    """Say whether a case with this date and this status is closed on a day.

    A case that its status calls open, or that closes only later, is open: a child without a worker
    is worse than a place that is taken for nothing.

    Parameters
    ----------
    on
        The day; None, when the week is not known, is after every date.
    """
    if closed_on is None:
        return says_closed(status)
    return (on is None or closed_on <= on) and not says_open(status)


def contradicts_itself(closed_on: date | None, status: str | None, on: date | None) -> bool:
    """Say whether date and status cannot both be right on a day."""
    if closed_on is None or on is None:
        return False
    return says_open(status) if closed_on <= on else says_closed(status)
