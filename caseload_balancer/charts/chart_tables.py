"""The numbers of a chart: the rows that are drawn, for a table under it and for a frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseload_balancer.arguments import a_text, checked
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.plan.shown_tables import Table

Cell = type[str] | type[int] | type[float]


@dataclass(frozen=True, repr=False)
class ChartTable:
    """The numbers of a chart, as they are drawn and in the order in which they are.

    Parameters
    ----------
    title
        What stands above the chart.
    words
        What the chart shows, in a sentence or two: what to say to who cannot see it.
    columns
        Each column and what its cells are: text, whole numbers or numbers.
    rows
        Cells in the order of the columns; None is blank.
    """

    title: str
    words: str
    columns: Mapping[str, Cell]
    rows: tuple[tuple[Any, ...], ...]

    __hash__ = content_hash

    def __repr__(self) -> str:
        return f"{self._as_table()!r}\n{self.words}"

    def _repr_html_(self) -> str:
        return self._as_table()._repr_html_()

    def _as_table(self) -> Table:
        return Table(self.title, self.columns, self.rows)

    def column(self, name: str) -> tuple[Any, ...]:
        """Return the cells of one column."""
        place = list(self.columns).index(name)
        return tuple(row[place] for row in self.rows)

    @property
    def headings(self) -> tuple[tuple[str, bool], ...]:
        """Each column as people read it, and whether it is of numbers."""
        return tuple(
            (name.replace("_", " "), kind is not str) for name, kind in self.columns.items()
        )

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows as text, for a table on a page."""
        return tuple(tuple(map(_shown, row)) for row in self.rows)

    @checked(backend=a_text)
    def to_frame(self, backend: str | None = None) -> Any:
        """Return the numbers as a data frame.

        Parameters
        ----------
        backend
            ``pandas``, ``polars`` or ``pyarrow``; by default the first that is installed.
        """
        from caseload_balancer.plan.frame_columns import (  # noqa: PLC0415 - loads narwhals
            COUNT,
            NUMBER,
            TEXT,
        )
        from caseload_balancer.plan.frames import make_frame  # noqa: PLC0415 - loads narwhals

        types = {str: TEXT, int: COUNT, float: NUMBER}
        columns = {name: types[kind] for name, kind in self.columns.items()}
        return make_frame(columns, self.rows, backend)


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.1f}" if isinstance(cell, float) else str(cell)
