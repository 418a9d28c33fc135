"""Sheets to a workbook: the same bytes from the same sheets, nothing in it that runs."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from caseload_balancer.workbooks.decision_sheet import LISTS, RUN_NAME
from caseload_balancer.workbooks.new_books import at_midnight, done, new_book
from caseload_balancer.workbooks.pack.heights import HEADING_HEIGHT, head_height, row_heights
from caseload_balancer.workbooks.pack.tables import (
    CellValue,
    Choices,
    PackSheet,
    SheetColumn,
    Style,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FULL_BAR: Final = 120
"""Load % at which a bar is full, the same on every sheet."""

MARKING: Final = "OFFICIAL-SENSITIVE"
"""At the foot of each page: rows about children."""

LONGEST_TEXT: Final = 32_000
"""Letters of a cell; Excel keeps 32,767."""

_A4: Final = 9
_LINE: Final = "#BFBFBF"
_LEFT: Final = {"align": "left", "indent": 1}
_RIGHT: Final = {"align": "right", "indent": 1}
_NUMBERS: Final = frozenset({"count", "tenths", "hundredths", "load"})
_BASE: Final = {"valign": "top", "bottom": 1, "bottom_color": _LINE, "font_size": 10}
_FILL_IN: Final = {"bg_color": "#FFF8DC", "border": 1, "border_color": _LINE, "text_wrap": True}
_STYLES: Final[Mapping[Style, Mapping[str, Any]]] = {
    "text": {"num_format": "@", **_LEFT},
    "sentence": {"num_format": "@", "text_wrap": True, **_LEFT},
    "worker": {"num_format": "@", "text_wrap": True, **_LEFT},
    "label": {"num_format": "@", "text_wrap": True, "bold": True},
    "count": {"num_format": "#,##0", **_RIGHT},
    "tenths": {"num_format": "#,##0.0", **_RIGHT},
    "hundredths": {"num_format": "0.00", **_RIGHT},
    "load": {"num_format": '0" %"', **_RIGHT},
    "date": {"num_format": "yyyy-mm-dd", **_LEFT},
    "choice": {"num_format": "@", **_FILL_IN, **_LEFT},
    "note": {"num_format": "@", **_FILL_IN, **_LEFT},
    "tick": {"border": 1, "border_color": "#7F7F7F"},
    "key": {"num_format": "@"},
}
_HEADER: Final = {
    "bold": True,
    "font_size": 10,
    "font_color": "#FFFFFF",
    "bg_color": "#1F3864",
    "text_wrap": True,
    "valign": "top",
    "border": 1,
    "border_color": "#1F3864",
}
_HEADING: Final = {"bold": True, "font_size": 16, "font_color": "#1F3864"}


@dataclass(frozen=True, kw_only=True)
class PackLabels:
    """What stands on every page and in the properties of the file.

    Parameters
    ----------
    run
        The plan's fingerprint.
    as_of
        The date of the week, also the date the file bears.
    """

    run: str
    as_of: date

    @property
    def week(self) -> str:
        """The week in words."""
        return f"Plan for the week of {self.as_of.isoformat()}"


def write_book(
    sheets: Sequence[PackSheet], choices: Sequence[Choices], labels: PackLabels
) -> bytes:
    """Return a workbook of sheets.

    Parameters
    ----------
    choices
        The lists behind drop-downs; they go on a hidden sheet, for a list typed into a cell's rule
        may have no more than 255 characters.

    Raises
    ------
    MissingExtraError
        When XlsxWriter is not installed.
    """
    content = io.BytesIO()
    book = new_book(content, labels.as_of, title=labels.week, subject=f"Run {labels.run}")
    formats = _Formats(book)
    written = [_Sheet(book.add_worksheet(sheet.title), sheet, formats, labels) for sheet in sheets]
    ranges = _write_lists(book, choices)
    for one in written:
        one.write(ranges)
    done(book.define_name(RUN_NAME, f'="{labels.run}"'))
    book.defined_names[-1][3] = True  # hidden; there is no argument for it
    book.close()
    return content.getvalue()


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._over_text = book.add_format({**_HEADER, **_LEFT})
        self._over_numbers = book.add_format({**_HEADER, **_RIGHT})
        self.heading = book.add_format(_HEADING)
        self._plain = {style: book.add_format({**_BASE, **look}) for style, look in _STYLES.items()}
        self._strong = {
            style: book.add_format({**_BASE, **look, "bold": True, "bg_color": "#E9EDF4"})
            for style, look in _STYLES.items()
        }

    def head(self, style: Style) -> Format:
        """Return the format of a column's heading."""
        return self._over_numbers if style in _NUMBERS else self._over_text

    def of(self, style: Style, *, strong: bool) -> Format:
        """Return the format of a cell."""
        return (self._strong if strong else self._plain)[style]


class _Sheet:
    """One sheet as it is written."""

    def __init__(
        self, tab: Worksheet, sheet: PackSheet, formats: _Formats, labels: PackLabels
    ) -> None:
        self._tab = tab
        self._sheet = sheet
        self._formats = formats
        self._labels = labels

    def write(self, ranges: Mapping[str, tuple[str, str]]) -> None:
        """Write everything.

        Parameters
        ----------
        ranges
            Where each list of choices stands, and what to say to somebody who types another.
        """
        self._set_up_page()
        for number, column in enumerate(self._sheet.columns):
            look = {"hidden": True} if column.style == "key" else {}
            done(self._tab.set_column(number, number, column.width, None, look))
        if self._sheet.heading:
            done(self._tab.set_row(0, HEADING_HEIGHT))
            done(self._tab.write_string(0, 0, self._sheet.heading, self._formats.heading))
        else:
            self._write_head(ranges)
        heights = row_heights(self._sheet)
        looks = [
            [self._formats.of(column.style, strong=strong) for column in self._sheet.columns]
            for strong in (False, True)
        ]
        for number, row in enumerate(self._sheet.rows):
            strong = number in self._sheet.strong
            done(self._tab.set_row(number + 1, heights[number]))
            cells = zip(looks[strong], row, strict=True)
            for position, (look, value) in enumerate(cells):
                done(_write(self._tab, number + 1, position, value, look))
        if not self._sheet.rows:
            done(self._tab.write_string(1, 0, self._sheet.empty))

    def _set_up_page(self) -> None:
        tab = self._tab
        tab.set_landscape()
        tab.set_paper(_A4)
        tab.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        tab.fit_to_pages(1, 1 if self._sheet.one_page else 0)
        tab.hide_gridlines(2)
        done(tab.set_header(f"&L&B{_plain(self._sheet.title)}&R{_plain(self._labels.week)}"))
        run = f"Run {self._labels.run[:12]}"
        done(tab.set_footer(f"&L{run}&C{MARKING}&RPage &P of &N"))

    def _write_head(self, ranges: Mapping[str, tuple[str, str]]) -> None:
        tab, columns, last = self._tab, self._sheet.columns, len(self._sheet.rows)
        tab.repeat_rows(0)
        tab.freeze_panes(1, 1)
        done(tab.set_row(0, head_height(columns)))
        for position, column in enumerate(columns):
            done(tab.write_string(0, position, column.title, self._formats.head(column.style)))
        if not last:
            return
        heads = [
            {"header": one.title, "header_format": self._formats.head(one.style)} for one in columns
        ]
        table = {"columns": heads, "style": None, "name": _table_name(self._sheet.title)}
        done(tab.add_table(0, 0, last, len(columns) - 1, table))
        done(tab.ignore_errors({"number_stored_as_text": "A1:XFD1048576"}))
        for position, column in enumerate(columns):
            self._rule_of(position, column, last, ranges)

    def _rule_of(
        self, position: int, column: SheetColumn, last: int, ranges: Mapping[str, tuple[str, str]]
    ) -> None:
        """Add the bar or the drop-down of a column."""
        if column.style == "load":
            bar = {
                "type": "data_bar",
                "bar_solid": True,
                "bar_color": "#9DB7DD",
                "min_type": "num",
                "max_type": "num",
                "min_value": 0,
                "max_value": FULL_BAR,
                "data_bar_2010": True,
            }
            done(self._tab.conditional_format(1, position, last, position, bar))
        if column.choices:
            source, says = ranges[column.choices]
            rule = {
                "validate": "list",
                "source": source,
                "ignore_blank": True,
                "error_title": "Not in the list",
                "error_message": says,
            }
            done(self._tab.data_validation(1, position, last, position, rule))


def _write(tab: Worksheet, row: int, column: int, value: CellValue, look: Format) -> Any:
    if value is None or value == "":
        return tab.write_blank(row, column, None, look)
    if isinstance(value, str):
        text = value if len(value) <= LONGEST_TEXT else f"{value[:LONGEST_TEXT]} ..."
        return tab.write_string(row, column, text, look)
    if isinstance(value, date):
        return tab.write_datetime(row, column, at_midnight(value), look)
    return tab.write_number(row, column, value, look)


def _write_lists(book: Workbook, choices: Sequence[Choices]) -> dict[str, tuple[str, str]]:
    """Write the hidden sheet of lists, and return where each stands."""
    tab = book.add_worksheet(LISTS)
    tab.hide()
    found = {}
    for column, one in enumerate(choices):
        done(tab.write_string(0, column, one.name))
        for row, item in enumerate(one.items, start=1):
            done(tab.write_string(row, column, item))
        letter = chr(ord("A") + column)
        source = f"={LISTS}!${letter}$2:${letter}${len(one.items) + 1}"
        found[one.name] = (source, one.says)
    return found


def _table_name(title: str) -> str:
    return title.lower().replace(" ", "_")


def _plain(text: str) -> str:
    """Return text in which no character is a code of a page's header."""
    return text.replace("&", "&&")
