"""TOML as people write it: policies, scenarios, the date of a week."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any


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
    try:
        return tomllib.loads(content.decode("utf-8-sig"), parse_float=parse_float)
    except UnicodeDecodeError:
        raise NotTomlError("it is not UTF-8. Save it so", "not_decodable") from None
    except RecursionError:
        raise NotTomlError("its brackets stand too deep in one another") from None
    except tomllib.TOMLDecodeError as error:
        raise NotTomlError(str(error)) from None
    except (ValueError, ArithmeticError):
        raise NotTomlError("a number in it is too long to be read") from None
