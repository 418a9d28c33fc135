"""A document of sections as one page: the papers that a run has to answer with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from caseload_balancer.plan.html.rendering import render


class DocumentGrid(Protocol):
    """A table of a document."""

    @property
    def title(self) -> str:
        """What stands above it."""

    @property
    def columns(self) -> Sequence[str]:
        """Titles."""

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """Cells as text."""


class DocumentSection(Protocol):
    """A part of a document."""

    @property
    def heading(self) -> str:
        """What it is about."""

    @property
    def lines(self) -> Sequence[str]:
        """Paragraphs; one that begins with ``- `` is a point of a list."""

    @property
    def grids(self) -> Sequence[DocumentGrid]:
        """Tables, after the paragraphs."""


def document_page(title: str, lead: str, sections: Sequence[DocumentSection]) -> str:
    """Return a document as a page of its own: no script, nothing fetched, everything escaped."""
    return render("document", title=title, lead=lead, sections=sections)
