"""An empty week as a workbook: a sheet a table, a note a column, one example row each."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from caseload_balancer.intake.columns import (
    ALL_TABLES,
    EXAMPLE,
    TEXT_KINDS,
    Column,
    InputTable,
    Kind,
)
from caseload_balancer.workbooks.new_books import at_midnight, done, new_book

_AS_OF: Final = date(2026, 11, 23)
_CREATED: Final = date(2026, 1, 1)
_ROWS: Final = 2_000
"""Rows that get drop-downs."""
_A4: Final = 9
_COLUMNS_A_PAGE: Final = 14
"""More would be too small to read on A4."""
_TITLE: Final = {"bold": True, "bottom": 1, "align": "left"}
_CASE, _WORKER, _TEAM = (f"{EXAMPLE}{what}" for what in ("0001", "W1", "T1"))
_EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "cases": {
        "case_id": _CASE, "case_type": "child_in_need", "worker_id": _WORKER, "team_id": _TEAM,
        "opened_on": date(2026, 3, 2), "in_court": "no", "needs": "Urdu",
    },
    "workers": {
        "worker_id": _WORKER, "employment": "permanent", "role": "social_worker", "fte": 0.8,
        "team_ids": _TEAM, "skills": "Urdu",
    },
    "adjustments": {
        "worker_id": _WORKER, "kind": "phased_return", "percent": 50, "from": date(2026, 11, 1),
        "to": date(2026, 12, 31),
    },
    "teams": {"team_id": _TEAM, "name": "North"},
    "spells": {"case_id": _CASE, "worker_id": _WORKER, "from": date(2026, 3, 2)},
}  # fmt: skip
"""Ids that no week of one's own has, so that a row that was left there is noticed."""
_SAYS: Final[Mapping[Kind, str]] = {
    Kind.ID: "An id, as text.",
    Kind.IDS: "Ids, with a semicolon between them.",
    Kind.WORD: "Text of one line.",
    Kind.WORDS: "Texts, with a semicolon between them.",
    Kind.CHOICE: "One of the list.",
    Kind.CHOICES: "Some of: {choices}; with a semicolon between them.",
    Kind.YES_NO: "yes or no; blank is what is usual.",
    Kind.DATE: "A date.",
    Kind.NUMBER: "A number.",
    Kind.WHOLE: "A whole number.",
}


def template() -> bytes:
    """Return the workbook: the same bytes every time.

    Raises
    ------
    MissingInputError
        When XlsxWriter is not installed.
    """
    target = io.BytesIO()
    book = new_book(target, _CREATED)
    formats = {
        "needed": book.add_format({**_TITLE, "font_color": "#FFFFFF", "bg_color": "#1F3864"}),
        "optional": book.add_format({**_TITLE, "bg_color": "#DCE3EF"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "text": book.add_format({"num_format": "@", "align": "left"}),
        "other": book.add_format({"align": "left"}),
    }
    for table in ALL_TABLES.values():
        _add_sheet(book, table, formats)
    service = book.add_worksheet("service")
    _set_up_page(service)
    service.set_column(0, 1, 14)
    service.write_string(0, 0, "as_of", formats["needed"])
    service.write_comment(0, 0, "The date of the week, right of this cell.")
    service.write_datetime(0, 1, at_midnight(_AS_OF), formats["date"])
    book.close()
    return target.getvalue()


def _add_sheet(book: Any, table: InputTable, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    _set_up_page(sheet, len(table.columns))
    sheet.freeze_panes(1, 1)
    example = _EXAMPLES[table.name]
    for place, column in enumerate(table.columns):
        style = formats[_style(column)]
        sheet.set_column(place, place, max(12, len(column.name) + 2), style)
        title = formats["needed" if column.required else "optional"]
        sheet.write_string(0, place, column.name, title)
        sheet.write_comment(0, place, _note(column))
        if column.kind is Kind.CHOICE:
            _add_list(sheet, place, list(column.choices))
        elif column.kind is Kind.YES_NO:
            _add_list(sheet, place, ["yes", "no"])
        elif column.kind is Kind.ID and column.points_to is not None:
            # The first column of every table has its ids.
            _add_list(sheet, place, f"={column.points_to}!$A$2:$A${_ROWS + 1}")
        value = example.get(column.name)
        if isinstance(value, date):
            sheet.write_datetime(1, place, at_midnight(value), style)
        elif isinstance(value, str):
            sheet.write_string(1, place, value, style)
        elif value is not None:
            sheet.write_number(1, place, value, style)


def _set_up_page(sheet: Any, columns: int = 1) -> None:
    """Have a sheet print on A4 on its side, with its titles and ids on each page."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(math.ceil(columns / _COLUMNS_A_PAGE), 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    done(sheet.set_header("&L&B&A"))


def _add_list(sheet: Any, place: int, words: list[str] | str) -> None:
    rule = {"validate": "list", "source": words, "error_type": "warning"}
    done(sheet.data_validation(1, place, _ROWS, place, rule))


def _style(column: Column) -> str:
    if column.kind is Kind.DATE:
        return "date"
    return "text" if column.kind in TEXT_KINDS else "other"


def _note(column: Column) -> str:
    says = _SAYS[column.kind].format(choices=", ".join(column.choices))
    points_to = "" if column.points_to is None else f" It stands in {column.points_to}."
    return f"{says}{points_to} {'Needed.' if column.required else 'May be blank.'}"
