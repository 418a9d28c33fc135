"""Dates: ISO 8601, or the one format that was given. Day and month are never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

from caseload_balancer.arguments import UnfitError, a_text
from caseload_balancer.intake.cells import CellError, Note, word
from caseload_balancer.intake.findings import quoted
from caseload_balancer.intake.raw_tables import Cell

_ISO: Final = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)?"
)
_TIME_BEHIND: Final = re.compile(
    r"(?P<day>.*?)[T ] *[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?: ?[AaPp][Mm])?"
)
_ISO_WITH_ZONE: Final = re.compile(_ISO.pattern + r" ?(?:Z|[+-][0-9]{2}:?[0-9]{2})")
_ISO_DATE_LENGTH: Final = len("2026-11-23")
_DAY_OR_MONTH: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_SERIAL: Final = re.compile(r"[0-9]{4,6}(?:\.[0-9]+)?")
_PROBES: Final = (date(2026, 11, 23), date(1999, 2, 5))


def a_date_format(value: Any) -> str:
    """Accept a format that tells day, month and year of any date."""
    date_format = a_text(value)
    for probe in _PROBES:
        try:
            shown = probe.strftime(date_format)
            # Asked first: Python means to refuse to read days and months without a year.
            tells_year = shown != probe.replace(year=probe.year + 1).strftime(date_format)
            same = tells_year and datetime.strptime(shown, date_format).date() == probe  # noqa: DTZ007 - a day has no zone
        except (ValueError, re.error):
            same = False
        if not same:
            raise UnfitError(f"must hold day, month and year, as '%d/%m/%Y' does: {value!r}.")
    return date_format


def is_iso_date(text: str) -> bool:
    """Say whether text is written as ISO 8601 writes a day, with or without a time."""
    return _ISO.fullmatch(text.strip()) is not None


def fits_format(text: str, date_format: str) -> bool:
    """Say whether text is a day in a format, with or without a time behind it."""
    found = _TIME_BEHIND.fullmatch(text)
    return any(_in_format(one, date_format) for one in (text, found["day"] if found else text))


def iso_date(cell: Cell, note: Note) -> date:
    """Return the date of an ISO cell; a time of day is left out and counted."""
    if not isinstance(cell, str):
        return _typed_date(cell, note)
    text = word(cell, note)
    found = _ISO.fullmatch(text)
    if found is None:
        raise CellError("not_a_date", f"{quoted(text)} {_hint(text)}")
    if len(text) > _ISO_DATE_LENGTH:
        note("time_of_day")
    return _day(text, int(found[1]), int(found[2]), int(found[3]))


def formatted_date(cell: Cell, note: Note, date_format: str) -> date:
    """Return the date of a cell written in `date_format`."""
    if not isinstance(cell, str):
        return _typed_date(cell, note)
    text = word(cell, note)
    if (day := _in_format(text, date_format)) is not None:
        return day
    if found := _TIME_BEHIND.fullmatch(text):
        day = _in_format(found["day"], date_format)
        if day is not None:
            note("time_of_day")
            return day
    raise CellError("not_a_date", f"{quoted(text)} is not a date in the format '{date_format}'.")


def _in_format(text: str, date_format: str) -> date | None:
    try:
        return datetime.strptime(text, date_format).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _typed_date(cell: Cell, note: Note) -> date:
    if isinstance(cell, datetime):
        if cell.tzinfo is not None:
            raise CellError("time_zone", f"{quoted(cell)} has a time zone. Give the local date.")
        if (cell.hour, cell.minute, cell.second, cell.microsecond) != (0, 0, 0, 0):
            note("time_of_day")
        return date(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return cell
    raise CellError("not_a_date", f"{quoted(cell)} {_hint(quoted(cell)[1:-1])}")


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError("not_a_date", f"{quoted(text)} is not a day of the calendar.") from None


def _hint(text: str) -> str:
    if _ISO_WITH_ZONE.fullmatch(text):
        return "has a time zone. Give the local date, as 2026-11-23."
    if _SERIAL.fullmatch(text):
        return (
            "looks like a spreadsheet's number for a date. Format the column as yyyy-mm-dd and "
            "export it again."
        )
    behind = _TIME_BEHIND.fullmatch(text)
    if found := _DAY_OR_MONTH.fullmatch(behind["day"] if behind else text):
        return _swapped(*found.groups())
    return "is not a date. Write year-month-day, as 2026-11-23."


def _swapped(first: str, mark: str, second: str, year: str) -> str:
    """Say which days two numbers may be, as day and month or as month and day."""
    readings: dict[str, str] = {}
    for form, day, month in (("%d{0}%m{0}%Y", first, second), ("%m{0}%d{0}%Y", second, first)):
        if _is_day(int(year), int(month), int(day)):
            readings.setdefault(f"{year}-{int(month):02d}-{int(day):02d}", form.format(mark))
    if not readings:
        return "is not a day of the calendar."
    one, *other = readings
    form = f"pass date_format='{readings[one]}'"
    if other:
        return f"may be {one} or {other[0]}. Write the one it is, or {form} if the day is first."
    return f"is not an ISO date. Write {one}, or {form}."


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
