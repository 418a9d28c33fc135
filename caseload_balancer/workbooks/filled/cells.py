"""The cells of a workbook as text, once the guard has let it through."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from caseload_balancer.extras import need
from caseload_balancer.workbooks.decision_sheet import RUN_NAME
from caseload_balancer.workbooks.escapes import unescaped
from caseload_balancer.workbooks.guard import SheetShape, damaged, look_into


@dataclass(frozen=True)
class TextSheet:
    """A sheet's cells as text; row 1 is the first.

    Parameters
    ----------
    shape
        What the guard saw of it.
    rows
        Every row up to the last one with something in it.
    """

    shape: SheetShape
    rows: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.shape.title


@dataclass(frozen=True)
class TextBook:
    """A workbook's cells as text.

    Parameters
    ----------
    sheets
        Those that were wanted, in the order of the tabs.
    run
        The run in the workbook's hidden name; empty where there is none.
    """

    sheets: tuple[TextSheet, ...]
    run: str

    def sheet(self, title: str) -> TextSheet | None:
        """Return the sheet of a title, in any case."""
        wanted = title.casefold()
        return next((one for one in self.sheets if one.title.strip().casefold() == wanted), None)


def read_book(path: Path, titles: Collection[str]) -> TextBook:
    """Read some sheets of a workbook.

    Parameters
    ----------
    titles
        Those wanted, in any case; what is not there is left out.

    Raises
    ------
    DataError
        When the guard or openpyxl refuses it.
    MissingExtraError
        When openpyxl is not installed.
    """
    wanted = {title.casefold() for title in titles}
    shape = look_into(path)
    need("reading a workbook", "openpyxl")
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra, for workbooks alone

    sheets = [one for one in shape.sheets if one.title.strip().casefold() in wanted]
    with warnings.catch_warnings():
        # Bars and drop-downs are not read: that it would lose them on saving is no news here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            with closing(load_workbook(path, read_only=True, data_only=True)) as book:
                return TextBook(tuple(_sheets(book, sheets)), _run(book.defined_names))
        except Exception:  # noqa: BLE001 - whatever a library of others makes of people's files
            raise damaged(path.name) from None


def _sheets(book: Any, shapes: Sequence[SheetShape]) -> Iterator[TextSheet]:
    for one in shapes:
        # With a last row and column given, nothing beyond what the guard saw is read.
        cells = book[one.title].iter_rows(
            max_row=max(one.rows, 1), max_col=max(one.columns, 1), values_only=True
        )
        yield TextSheet(one, tuple(tuple(map(as_text, row)) for row in cells))


def _run(names: Mapping[str, Any]) -> str:
    found = names.get(RUN_NAME)
    return "" if found is None else str(found.attr_text or "").strip().strip('"')


def as_text(value: Any) -> str:
    """Return a cell as a person reads it: an id that became a number has no ``.0``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    # Within an id two blanks are two blanks.
    return unescaped(str(value)).replace("\xa0", " ").strip()
