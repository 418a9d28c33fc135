"""A day in whatever form Python programs have one."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, shown

DayLike = date | str
"""What is taken for a day: see `as_day`. A Timestamp is a date; a datetime64 is taken too."""

_ISO: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?")


def as_day(value: Any) -> date:
    """Return the day of a date, a datetime, a Timestamp, a datetime64, or text like 2026-11-23.

    A time of day is left out. Day and month are never guessed, and nothing with a time zone is
    taken: which day it is depends on where one is.

    Raises
    ------
    UnfitError
        When it is none of these.
    """
    if type(value).__module__ == "numpy" and hasattr(value, "astype"):
        value = _of_numpy(value)
    if isinstance(value, str) and (found := _ISO.fullmatch(value.strip())):
        return _calendar_day(found[1])
    if isinstance(value, datetime) and value == value:  # noqa: PLR0124 - NaT differs from itself
        if value.tzinfo is not None:
            raise UnfitError("has a time zone. Give the local date, as 2026-11-23.")
        return date(value.year, value.month, value.day)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise UnfitError(f"must be a date, such as 2026-11-23, not {shown(value)}.")


def _of_numpy(value: Any) -> Any:
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return value.astype("datetime64[D]").item() if kind == "M" and not value.ndim else value


def _calendar_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnfitError(f"'{text}' is not a day of the calendar.") from None
