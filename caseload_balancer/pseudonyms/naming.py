"""Ids and words to pseudonyms: HMAC-SHA256, a letter for what it is of in front."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from caseload_balancer.errors import DataError, DataProblem

Kind = Literal["case", "worker", "family", "team", "area", "skill", "adjustment"]

LETTERS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        "case": "C",
        "worker": "W",
        "family": "F",
        "team": "T",
        "area": "A",
        "skill": "S",
        "adjustment": "K",
    }
)
"""What a pseudonym begins with. The same text of two kinds has two pseudonyms."""

_BYTES: Final = 10
"""Of the 32 that HMAC-SHA256 gives: 16 letters and digits. Among a million ids two alike come by
chance once in some two million keys (birthdays, 2^80); they would be found, and refused."""


class Pseudonyms:
    """Pseudonyms under one key: the same text has the same one wherever it stands.

    Parameters
    ----------
    key
        At least 32 bytes. Who has it can try an id and see whether it is a pseudonym's.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._given: dict[str, tuple[Kind, str]] = {}

    def __repr__(self) -> str:
        return f"<Pseudonyms of {len(self._given):,}>"

    def of(self, kind: Kind, text: str) -> str:
        """Return the pseudonym of a text.

        Raises
        ------
        DataError
            When another text has the same one.
        """
        digest = hmac.digest(self._key, f"{kind}\0{text}".encode(), hashlib.sha256)
        name = LETTERS[kind] + base64.b32encode(digest[:_BYTES]).decode().rstrip("=")
        if self._given.setdefault(name, (kind, text)) != (kind, text):
            says = (
                f"two {kind} ids have the same pseudonym under this key, so nothing was made. Make "
                "another key."
            )
            raise DataError([DataProblem("pseudonyms", None, None, "collision", says)])
        return name

    def behind(self, pseudonym: str) -> tuple[Kind, str] | None:
        """Return what a pseudonym that was given here stands for; None where none was."""
        return self._given.get(pseudonym)
