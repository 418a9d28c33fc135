"""Frozen dataclasses whose numbers are checked when they are made."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any


def number(default: float, *, least: float, most: float = math.inf) -> Any:
    """Return a field with this default, and the range in which its value must lie."""
    return field(default=default, metadata={"least": least, "most": most})


def count(default: int, *, least: int = 1) -> Any:
    """Return the field of a whole number of things."""
    return field(default=default, metadata={"least": least, "most": math.inf, "whole": True})


def share(default: float) -> Any:
    """Return the field of a share, from 0 to 1."""
    return number(default, least=0.0, most=1.0)


def flag(*, default: bool) -> Any:
    """Return the field of what is done or not."""
    return field(default=default, metadata={"least": False, "most": True})


def factor(default: float) -> Any:
    """Return the field of a factor that makes larger."""
    return number(default, least=1.0)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Parameters that are in their ranges.

    Raises
    ------
    ValueError
        When a value is out of its range.
    """

    def __post_init__(self) -> None:
        """Check each value."""
        for one in fields(self):
            value, least, most = getattr(self, one.name), *_range(one.metadata)
            whole = not one.metadata.get("whole") or float(value).is_integer()
            if not (least <= value <= most and whole):
                limits = f"at least {least}" if math.isinf(most) else f"from {least} to {most}"
                if one.metadata.get("whole"):
                    limits = f"a whole number, {limits}"
                raise ValueError(f"{one.name} is {value!r}, but must be {limits}")


def _range(metadata: Any) -> tuple[float, float]:
    return metadata["least"], metadata["most"]
