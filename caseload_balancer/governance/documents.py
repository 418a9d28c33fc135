"""A document as people read it: sections of paragraphs, lists and tables; as Markdown here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from caseload_balancer.plan.html import document_page

TO_FILL_IN: Final = "To be filled in by the authority."
"""Stands where nothing in the run says it."""

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


@dataclass(frozen=True)
class Grid:
    """A table of a document.

    Parameters
    ----------
    title
        What stands above it.
    columns, rows
        Titles, and cells as text.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part of a document.

    Parameters
    ----------
    heading
        What it is about.
    lines
        Paragraphs; one that begins with ``- `` is a point of a list.
    grids
        Tables, after the paragraphs.
    """

    heading: str
    lines: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document of a run.

    Parameters
    ----------
    name
        Of its files, without ending.
    title, lead
        Its first lines.
    sections
        Its parts.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]

    @property
    def html(self) -> str:
        """The document as a page of its own: nothing runs, nothing is fetched."""
        return document_page(self.title, self.lead, self.sections)

    @property
    def markdown(self) -> str:
        """The document as Markdown, in which nothing of the data is taken for a mark."""
        return "\n\n".join(self._parts()) + "\n"

    def _parts(self) -> Iterator[str]:
        yield f"# {_plain(self.title)}"
        yield _plain(self.lead)
        for section in self.sections:
            yield f"## {_plain(section.heading)}"
            yield from _paragraphs(section.lines)
            for grid in section.grids:
                yield f"### {_plain(grid.title)}"
                yield _table(grid) if grid.rows else "None."


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    points: list[str] = []
    for line in lines:
        if line.startswith("- "):
            points.append(f"- {_plain(line[2:])}")
            continue
        if points:
            yield "\n".join(points)
            points = []
        yield _plain(line)
    if points:
        yield "\n".join(points)


def _table(grid: Grid) -> str:
    rows = [grid.columns, tuple("---" for _ in grid.columns), *grid.rows]
    return "\n".join(
        "| " + " | ".join(cell if cell == "---" else _plain(cell) for cell in row) + " |"
        for row in rows
    )


def _plain(text: str) -> str:
    """Return text of which no letter is a mark of Markdown, or of HTML within it."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
