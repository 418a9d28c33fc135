"""What stands on a sheet, before any workbook is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Style = Literal[
    "text",
    "sentence",
    "worker",
    "label",
    "count",
    "tenths",
    "hundredths",
    "load",
    "date",
    "choice",
    "note",
    "tick",
    "key",
]
"""How a column looks.

``text`` on one line, ids too; ``sentence`` on as many as it takes;
``worker`` an id, with the display name where there is one; ``label`` in bold; ``load`` in %
with a bar; ``choice`` and ``note`` to be filled in, ``tick`` by hand on paper; ``key`` hidden.
"""

CellValue = str | int | float | date | None


@dataclass(frozen=True)
class SheetColumn:
    """A column.

    Parameters
    ----------
    title
        Its heading.
    width
        In characters.
    style
        How its cells look.
    choices
        The name of the list a cell is chosen from; see `Choices`.
    """

    title: str
    width: float
    style: Style = "text"
    choices: str = ""


@dataclass(frozen=True, kw_only=True)
class PackSheet:
    """One sheet: one table, or plain lines under a title.

    Parameters
    ----------
    title
        On its tab, and at the top of each printed page.
    about
        What it is for, in one sentence: for the contents.
    columns, rows
        Each row has a cell a column; None is blank.
    empty
        What to say where there are no rows.
    strong
        Positions of rows in bold.
    heading
        Plain sheets have this above their lines, and no headings of columns.
    even_rows
        All rows are as tall as the tallest: sorting moves what is in rows, not how tall they are.
    one_page
        Printed on one page, however small.
    """

    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    empty: str = ""
    strong: frozenset[int] = field(default=frozenset())
    heading: str = ""
    even_rows: bool = False
    one_page: bool = False


@dataclass(frozen=True)
class Choices:
    """A list that cells are chosen from, kept on the hidden sheet.

    Parameters
    ----------
    name
        By which columns ask for it.
    items
        What can be chosen.
    says
        What to say to somebody who types something else.
    """

    name: str
    items: tuple[str, ...]
    says: str


def plain_sheet(
    title: str,
    about: str,
    heading: str,
    lines: Iterable[tuple[str, CellValue]],
    *,
    one_page: bool = True,
) -> PackSheet:
    """Return a sheet of labels with a sentence each."""
    return PackSheet(
        title=title,
        about=about,
        columns=(SheetColumn("", 26, "label"), SheetColumn("", 112, "sentence")),
        rows=tuple(lines),
        heading=heading,
        one_page=one_page,
    )
