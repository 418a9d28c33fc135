"""Questions whose answer stays the same while allocations of one week are checked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

_Answer = TypeVar("_Answer")


def remembered(ask: Callable[..., _Answer]) -> Callable[..., _Answer]:
    """Have a question be worked out once for each week, or allocation, and ids asked about.

    The answers are kept with what is asked about, its first argument, and go with it. The others
    are ids, and the answer depends on nothing else: nothing of an allocation is remembered of a
    week.
    """
    place = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def asked(about: Any, *ids: str) -> _Answer:
        known: dict[tuple[str, ...], _Answer] = about.__dict__.setdefault(place, {})
        if ids not in known:
            known[ids] = ask(about, *ids)
        return known[ids]

    return asked
