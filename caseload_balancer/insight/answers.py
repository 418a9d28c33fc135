"""The shape of every answer: words, tables as frames, and a fragment of HTML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.arguments import a_text, checked
from caseload_balancer.plan.html import HtmlTable, answer_fragment

Kind = type[str] | type[int] | type[float] | type[bool]

_NUMBERS: Final = (int, float)


@dataclass(frozen=True)
class Table:
    """One table of an answer.

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

    @classmethod
    def of(cls, title: str, columns: Mapping[str, Kind], rows: Iterable[object]) -> Table:
        """Make a table of objects that have the columns as attributes."""
        return cls(title, columns, tuple(tuple(getattr(row, c) for c in columns) for row in rows))


class Answer(ABC):
    """What a question is answered with: `text` for a person, frames for a program."""

    @property
    @abstractmethod
    def title(self) -> str:
        """One line: what was asked."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The answer in a manager's words, one line a fact."""

    @abstractmethod
    def tables(self) -> Mapping[str, Table]:
        """Return the tables of the answer under the names that `to_frames` gives them."""

    @checked(backend=a_text)
    def to_frames(self, backend: str | None = None) -> dict[str, Any]:
        """Return the tables as data frames.

        Parameters
        ----------
        backend
            ``pandas``, ``polars`` or ``pyarrow``; by default the first that is installed.

        Returns
        -------
        dict
            Name -> frame, with the same types also when a frame is empty.
        """
        from caseload_balancer.plan.frame_columns import (  # noqa: PLC0415 - loads narwhals
            COUNT,
            FLAG,
            NUMBER,
            TEXT,
        )
        from caseload_balancer.plan.frames import make_frame  # noqa: PLC0415 - loads narwhals

        types = {str: TEXT, int: COUNT, float: NUMBER, bool: FLAG}
        return {
            name: make_frame(
                {column: types[kind] for column, kind in table.columns.items()},
                table.rows,
                backend,
            )
            for name, table in self.tables().items()
        }

    def __str__(self) -> str:
        return f"{self.title}\n{self.text}"

    def _repr_html_(self) -> str:
        return answer_fragment(
            self.title,
            self.text,
            html_tables(self.tables().values()),
        )


def html_tables(tables: Iterable[Table]) -> list[HtmlTable]:
    """Return tables as the templates take them: titles with whether they are numbers, cells."""
    return [
        (
            table.title,
            [(c.replace("_", " "), kind in _NUMBERS) for c, kind in table.columns.items()],
            [[_cell(cell) for cell in row] for row in table.rows],
        )
        for table in tables
    ]


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return ", ".join(map(str, cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
