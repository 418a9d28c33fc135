"""Values of other libraries as Python's own, where nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def is_numpy(value: Any) -> bool:
    """Say whether `value` is one value of numpy."""
    return type(value).__module__ == "numpy" and getattr(value, "ndim", None) == 0


def plain(value: Any) -> Any:
    """Return a numpy value as Python's own, and a float that is a whole number as an int."""
    if is_numpy(value):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def listed_items(value: Any) -> Any:
    """Return the items of a list or a generator as a tuple; leave anything else to be refused."""
    return tuple(value) if isinstance(value, list | Iterator) else value
