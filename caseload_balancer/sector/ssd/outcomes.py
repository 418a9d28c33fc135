"""What an assessment came to, in the JSON that extracts keep it in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

_PRIVATE_FLAG: Final = "private_fostering_flag"


def says_private_fostering(text: str | None) -> bool:
    """Say whether an outcome has the flag of private fostering."""
    if text is None:
        return False
    try:
        outcome = json.loads(text)
    except ValueError:
        return False
    return any(
        str(value).strip().casefold() in {"y", "yes", "true", "1"}
        for name, value in _pairs(outcome)
        if name.casefold() == _PRIVATE_FLAG
    )


def _pairs(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name), inner
            yield from _pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner)
