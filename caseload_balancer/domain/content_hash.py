"""The hash of what is compared by its content, also where a dictionary is part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any


def content_hash(row: Any) -> int:
    """Return the hash of a data class: stands as its ``__hash__``, for it has dictionaries."""
    return _hash_of(tuple(getattr(row, one.name) for one in fields(row) if one.compare))


def model_hash(model: Any) -> int:
    """Return the hash of a frozen model: stands as its ``__hash__`` in place of Pydantic's own."""
    return _hash_of(tuple(model.__dict__.get(name) for name in type(model).model_fields))


def _hash_of(values: tuple[Any, ...]) -> int:
    """Return a hash of values: equal ones have the same, in whatever order a dictionary is."""
    try:
        return hash(values)
    except TypeError:
        return hash(_with_a_hash(values))


def _with_a_hash(value: Any) -> Any:
    """Return a value with a set of pairs in place of each dictionary."""
    if isinstance(value, Mapping):
        return frozenset((name, _with_a_hash(one)) for name, one in value.items())
    return tuple(map(_with_a_hash, value)) if isinstance(value, tuple | list) else value
