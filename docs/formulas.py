"""Formulas of the docs as MathML, set by the browser itself: no script, no font, no request.

A block fenced as ``formula`` is written as one would type it, so that it reads as well where
nothing sets it: names of settings with their dots, letters with one index (``p_c``), ``floor``
brackets, and words. Two spaces or more begin another column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<article>a(?= [a-z]{2}))"
    r"|(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<sum>\u03a3)(?:_(?:\{(?P<over>[^}]*)\}|(?P<each>\w)))?"
    r"|(?P<letter>[A-Za-z\u03b1-\u03c9](?![a-z_])|[A-Za-z\u03b1-\u03c9](?=_\w\b)"
    r"|cap(?=_w\b))(?:_(?P<index>\w)\b)?"
    r"|(?P<key>[a-z]\w*(?:\.\w+)+|[a-z]+(?:_\w+)+)"
    r"|(?P<word>[A-Za-z][\w'-]*)"
    r"|(?P<square>\u00b2)"
    r"|(?P<power>\^)"
    r"|(?P<sign>\.\.|.)"
)
DEFINED = re.compile(r"(\S+)\s*(=\s.*)")
"""A line that says what a letter or a word is."""
CALLED = frozenset({"min", "max"})


def as_mathml(source: str, *_: Any, **__: Any) -> str:
    """Return a block of formulas as one ``<math>``, a row a line; what superfences asks for."""
    lines = source.rstrip().splitlines()
    defines = any(DEFINED.match(line) for line in lines)
    rows = "".join(_row(line, defines=defines) for line in lines)
    return (
        '<div class="formula" role="group" tabindex="0" aria-label="Formula">'
        f'<math displaystyle="true"><mtable columnalign="left" displaystyle="true">{rows}'
        "</mtable></math></div>"
    )


def _row(line: str, *, defines: bool) -> str:
    """Return a line as a row; where something is defined, equals signs stand below each other."""
    indent = len(line) - len(line.lstrip())
    space = f'<mspace width="{0.45 * indent:.2f}em"/>' if indent and not defines else ""
    cells = re.split(r"\s{2,}", line.strip())
    if defines and not indent and not DEFINED.match(line):
        return f'<mtr><mtd columnspan="2">{_set(line.strip())}</mtd></mtr>'
    if defines:
        named = DEFINED.match(line)
        cells = [named[1], named[2]] if named else ["", line.strip()]
    set_cells = (f"<mtd>{space * (not n)}{_set(text)}</mtd>" for n, text in enumerate(cells))
    return f"<mtr>{''.join(set_cells)}</mtr>"


def _set(text: str) -> str:
    """Return one cell: exponents go up, words that follow each other are one text."""
    found: list[str] = []
    raised = False
    for one in _atoms(text):
        if one == "^":
            raised = True
        elif one == "\u00b2":
            found[-1] = f"<msup><mrow>{found[-1]}</mrow><mn>2</mn></msup>"
        elif raised:
            found[-1] = f"<msup><mrow>{found[-1]}</mrow><mrow>{one}</mrow></msup>"
            raised = False
        else:
            found.append(one)
    joined = "".join(found)
    return joined.replace("</mtext><mtext>", "\u00a0")


def _atoms(text: str) -> Iterator[str]:
    for one in TOKEN.finditer(text):
        kind, said = one.lastgroup, one[0]
        if one["sum"]:
            below = one["over"] or one["each"]
            sign = "<mo>\u2211</mo>"
            yield f"<munder>{sign}<mrow>{_set(below)}</mrow></munder>" if below else sign
        elif one["letter"]:
            letter = f"<mi>{one['letter']}</mi>"
            yield f"<msub>{letter}<mi>{one['index']}</mi></msub>" if one["index"] else letter
        elif kind == "key":
            yield f'<mi class="key" mathvariant="normal">{escape(said)}</mi>'
        elif kind in {"word", "article"}:
            plain = said in CALLED
            yield f"<mi>{said}</mi>" if plain else f"<mtext>{escape(said)}</mtext>"
        elif kind == "number":
            yield f"<mn>{said}</mn>"
        elif kind in {"square", "power"}:
            yield said
        elif kind == "sign":
            yield f"<mo>{escape(said)}</mo>"
