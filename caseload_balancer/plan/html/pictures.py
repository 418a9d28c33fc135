"""A picture for a page: drawn elsewhere, shown as an image with its numbers under it."""

from __future__ import annotations

import base64
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing with what it says, for who cannot see it.

    Parameters
    ----------
    title
        What stands above it.
    words
        What it shows, in a sentence or two.
    svg
        The drawing, a whole SVG document.
    headings
        Each column of its table, and whether it is of numbers.
    cells
        The table's rows as text.
    """

    title: str
    words: str
    svg: str
    headings: tuple[tuple[str, bool], ...]
    cells: tuple[tuple[str, ...], ...]

    @property
    def address(self) -> str:
        """The drawing as the ``src`` of an image: inline, two would share ids."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"
