"""What the workers are called whom a text on the screen names by their ids."""

from __future__ import annotations

import re
from typing import Final

from rich.text import Text

from caseload_balancer.domain.display_names import DisplayNames

_ALONE: Final = r"(?<![\w.:/#&'+@-]){}(?![\w/#&'+@-]|[.:]\w)"
"""An id that is no part of another one."""
_SHORTEST_NUMBER: Final = 4
"""Digits; shorter ids cannot be told from the numbers of a sentence."""


def with_names(text: str, names: DisplayNames) -> Text:
    """Return a text, and below it who the workers are that stand in it."""
    return Text("\n").join([Text(text), *who_is_who(text, names)])


def who_is_who(text: str, names: DisplayNames) -> list[Text]:
    """Return the line that says who the workers are that stand in a text, where any do."""
    here = [worker_id for worker_id in sorted(names) if _stands_in(worker_id, text)]
    said = f"Who is who: {'; '.join(map(names.of, here))}"
    return [Text(said, style="dim")] if here else []


def _stands_in(worker_id: str, text: str) -> bool:
    if worker_id.isdecimal() and len(worker_id) < _SHORTEST_NUMBER:
        return False
    return re.search(_ALONE.format(re.escape(worker_id)), text) is not None
