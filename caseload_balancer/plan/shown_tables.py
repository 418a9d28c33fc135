"""A table to look at: text on the left, numbers on the right, and nothing left out in silence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.arguments import refusal
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.plan.html import HtmlTable, table_fragment

Kind = type[str] | type[int] | type[float] | type[bool]

_NUMBERS: Final = (int, float)
_MOST_DECIMALS: Final = 3
"""Of a number that is looked at; the frames have all of them."""
_ROWS_SHOWN: Final = 300
"""Rows that a notebook shows of one table; it says how many more there are."""


@dataclass(frozen=True, repr=False)
class Table:
    """One table of a plan or of an answer; in a notebook it shows itself.

    Parameters
    ----------
    title
        What stands above it.
    columns
        Each column and what its cells are: text, whole numbers, numbers or yes and no.
    rows
        Cells in the order of the columns; a tuple is a list of ids, None is blank.
    """

    title: str
    columns: Mapping[str, Kind]
    rows: tuple[tuple[Any, ...], ...]

    __hash__ = content_hash

    @classmethod
    def of(cls, title: str, columns: Mapping[str, Kind], rows: Iterable[object]) -> Table:
        """Make a table of objects that have the columns as attributes."""
        return cls(title, columns, tuple(tuple(getattr(row, c) for c in columns) for row in rows))

    def pick(self, *names: str) -> Table:
        """Return the table with these columns alone, in this order.

        Raises
        ------
        ArgumentError
            When there is no such column: names those there are.
        """
        known = list(self.columns)
        for name in names:
            if name not in self.columns:
                message = f"'{name}' is no column of it. There are {', '.join(known)}."
                raise refusal("pick", "names", message)
        places = [known.index(name) for name in names]
        return Table(
            self.title,
            {name: self.columns[name] for name in names},
            tuple(tuple(row[place] for place in places) for row in self.rows),
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        heads, numbers, cells = self._shown()
        widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
        lines = [
            "  ".join(
                cell.rjust(width) if number else cell.ljust(width)
                for cell, width, number in zip(row, widths, numbers, strict=True)
            ).rstrip()
            for row in (heads, *cells)
        ]
        return "\n".join((self.title, *lines))

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return table_fragment(self.as_html(), most_rows=_ROWS_SHOWN)

    def as_html(self) -> HtmlTable:
        """Return what the templates take: titles with whether they are numbers, and cells."""
        heads, numbers, cells = self._shown()
        return self.title, list(zip(heads, numbers, strict=True)), cells

    def _shown(self) -> tuple[list[str], list[bool], list[list[str]]]:
        heads = [name.replace("_", " ") for name in self.columns]
        numbers = [kind in _NUMBERS for kind in self.columns.values()]
        places = [_decimals(row[at] for row in self.rows) for at in range(len(heads))]
        return (
            heads,
            numbers,
            [[_cell(*pair) for pair in zip(row, places, strict=True)] for row in self.rows],
        )


def _decimals(cells: Iterable[object]) -> int:
    """Return how many decimals the numbers of a column need, all alike."""
    numbers = [cell for cell in cells if isinstance(cell, float) and math.isfinite(cell)]
    enough = (n for n in range(_MOST_DECIMALS) if numbers == [round(one, n) for one in numbers])
    return next(enough, _MOST_DECIMALS)


def _cell(cell: object, decimals: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return ", ".join(map(str, cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and math.isfinite(cell):
        return f"{cell:,.{decimals}f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
