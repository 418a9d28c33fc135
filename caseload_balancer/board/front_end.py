"""The script and the style of the board: several small modules, given out as one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

MODULES: Final = (
    "evaluator.js",
    "wording.js",
    "decisions.js",
    "standing.js",
    "elements.js",
    "cards.js",
    "exchanges.js",
    "columns.js",
    "menu.js",
    "dragging.js",
    "summary.js",
    "toolbar.js",
    "board.js",
)
"""In the order in which each may use what is before it."""

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./[a-z]+\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:const|class|function|async) )", re.MULTILINE)


def front_file(name: str) -> str:
    """Return a file of the front end as it stands in the package, lines ending in LF."""
    found = files("caseload_balancer.board").joinpath("front", name)
    return found.read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def board_script() -> str:
    """Return the board as one module of script that imports nothing.

    Its default export has ``render({model, el})``, the form that anywidget gives a notebook's
    widgets; docs/board.md says what a host's model has to have.
    """
    parts = [_EXPORT.sub("", _IMPORT.sub("", front_file(name))) for name in MODULES]
    return "\n".join([*parts, "export default { render };\n"])


@cache
def board_style() -> str:
    """Return the style of the board; every rule of it is for what is within ``.cb-board``."""
    return front_file("board.css")


@cache
def page_script() -> str:
    """Return the board with what starts it on a page of its own, as one module of script."""
    board = board_script().replace("export default { render };\n", "")
    return f"{board}\n{_IMPORT.sub('', front_file('page.js'))}"
