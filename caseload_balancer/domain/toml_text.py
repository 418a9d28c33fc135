"""TOML as people write it: policies, scenarios, the date of a week."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import Any, Final

LONGEST: Final = 2**20
"""Bytes. A whole policy is a hundredth of it."""
DEEPEST: Final = 20
"""Tables in one another. Nothing that is asked for has more than four."""


class NotTomlError(ValueError):
    """Text that is no TOML; says why, and in which line and column where that is known.

    Parameters
    ----------
    why
        In words.
    rule
        Stable code: ``not_decodable`` or ``not_toml``.
    """

    def __init__(self, why: str, rule: str = "not_toml") -> None:
        super().__init__(why)
        self.rule = rule


def parse_toml(content: bytes, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the tables of a TOML file in UTF-8, with or without a byte-order mark.

    Parameters
    ----------
    parse_float
        What makes a number of the text of a fraction.

    Raises
    ------
    NotTomlError
        When it is none, whatever the parser trips over.
    """
    if len(content) > LONGEST:
        raise NotTomlError("it is longer than 1 MB")
    try:
        tables = tomllib.loads(content.decode("utf-8-sig"), parse_float=parse_float)
    except UnicodeDecodeError:
        raise NotTomlError("it is not UTF-8. Save it so", "not_decodable") from None
    except RecursionError:
        raise NotTomlError("its brackets stand too deep in one another") from None
    except tomllib.TOMLDecodeError as error:
        raise NotTomlError(str(error)) from None
    except (ValueError, ArithmeticError):
        raise NotTomlError("a number in it is too long to be read") from None
    if _is_deeper_than(DEEPEST, tables):
        raise NotTomlError("its tables stand too deep in one another")
    return tables


def quoted(text: str) -> str:
    """Return text in quotes as TOML has it: its basic strings are those of JSON, but for one."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_deeper_than(most: int, tables: dict[str, Any]) -> bool:
    """Say whether tables and lists stand deeper in one another, without going in one by one."""
    level: list[Any] = [tables]
    for _ in range(most):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list))
        ]
        if not level:
            return False
    return True
