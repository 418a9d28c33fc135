"""Sentences on a screen: wrapped by words on a terminal, and never in a pipe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.console import Console
from rich.text import Text

WIDEST: Final = 110
"""Characters of a line that is still read easily; a wider terminal has room for tables."""
_HANG: Final = 2
_ALIGNED: Final = re.compile(r"\S {2,}\S")
"""What only a row of a table has."""
UNWRAPPED: Final = 1_000_000
"""Width of what is no terminal: a file or the next program breaks lines where it wants to."""


def breaks_lines(console: Console) -> bool:
    """Say whether there is a width to keep to."""
    return console.width < UNWRAPPED


def indented(
    text: str, console: Console, *, first: str = "", rest: str = "", style: str = ""
) -> Iterator[Text]:
    """Yield the lines of one paragraph, the first behind `first` and the others behind `rest`."""
    if not breaks_lines(console):
        yield Text(f"{first}{text}", style=style)
        return
    width = min(WIDEST, console.width) - max(len(first), len(rest))
    lines = Text(text, style=style).wrap(console, max(1, width))
    for number, line in enumerate(lines):
        line.rstrip()
        yield Text.assemble(rest if number else first, line)


def paragraphs(text: str, console: Console, *, mark: str = "") -> Text:
    """Return a text of several lines, each a paragraph that hangs from its start on a terminal.

    Parameters
    ----------
    mark
        Stands before each paragraph on a terminal. Rows of a table with columns stay as they are.
    """
    if not breaks_lines(console):
        return Text(text)
    hang = " " * (len(mark) or _HANG)
    lines: list[Text] = []
    for paragraph in text.splitlines():
        if _ALIGNED.search(paragraph):
            lines.append(Text(paragraph))
        else:
            lines += indented(paragraph, console, first=mark, rest=hang)
    return Text("\n").join(lines)
