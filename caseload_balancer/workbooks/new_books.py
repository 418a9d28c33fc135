"""A workbook that is written: the same bytes from the same content, nothing in it that runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Any, Final

from caseload_balancer.extras import need

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def new_book(target: IO[bytes], created: date, **properties: str) -> Workbook:
    """Return a workbook that bears a date of its own, not the clock's, and turns no text into more.

    Parameters
    ----------
    target
        Where it is written to when it is closed.
    created
        The date the file bears.
    properties
        ``title``, ``subject``.

    Raises
    ------
    MissingExtraError
        When XlsxWriter is not installed.
    """
    need("writing a workbook", "xlsxwriter")
    from xlsxwriter import Workbook  # noqa: PLC0415 - an extra, for this alone

    book = Workbook(target, _OPTIONS)
    book.set_properties({**properties, "created": at_midnight(created)})
    return book


def load_book_writer() -> None:
    """Load what writes workbooks, where it is installed: it takes a while."""
    import xlsxwriter  # noqa: F401, PLC0415 - an extra, for this alone


def at_midnight(day: date) -> datetime:
    """Return a day as XlsxWriter takes dates."""
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day has no zone


def done(result: Any) -> None:
    """Raise when XlsxWriter left something out: it warns and writes the file without it."""
    if result not in {None, 0}:
        raise RuntimeError(f"XlsxWriter could not write a part of the workbook ({result})")
