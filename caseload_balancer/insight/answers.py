"""The shape of every answer: words, tables as frames, and a fragment of HTML."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from caseload_balancer.arguments import a_text, checked
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.plan.html import HtmlTable, answer_fragment
from caseload_balancer.plan.shown_tables import Kind, Table

__all__ = ["Answer", "Kind", "Table", "html_tables"]


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

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # In the class's own dictionary, where a data class would otherwise put one of its fields.
        cls.__repr__ = Answer.__repr__  # type: ignore[method-assign] # as said
        if "__hash__" not in cls.__dict__:
            cls.__hash__ = content_hash  # type: ignore[assignment] # as said

    def __repr__(self) -> str:
        return f"{self.title}\n{self.text}"

    def __str__(self) -> str:
        return repr(self)

    def _repr_html_(self) -> str:
        return answer_fragment(
            self.title,
            self.text,
            html_tables(self.tables().values()),
        )


def html_tables(tables: Iterable[Table]) -> list[HtmlTable]:
    """Return tables as the templates take them: titles with whether they are numbers, cells."""
    return [table.as_html() for table in tables]
