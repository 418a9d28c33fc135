"""Read text files, and the whole numbers the public formats are made of, with clear errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

from caseload_balancer.errors import DataError, DataProblem, MissingInputError

LARGEST: Final = 10**12
"""No number of an instance may be further from 0: sums of a million of them fit in 64 bits."""

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")


def refuse(table: str, rule: str, message: str, *, line: int | None = None) -> NoReturn:
    """Raise a `DataError` of one problem.

    Parameters
    ----------
    table
        The format: ``gap``, ``nurse``, ``arrays``.
    rule
        Stable code of the problem.
    message
        What is wrong, and where.
    line
        Line of the file, counted from 1, where the problem is in one.
    """
    raise DataError([DataProblem(table, line, None, rule, message)])


def read_text(path: Path, table: str) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises
    ------
    MissingInputError
        When there is no such file.
    DataError
        When it is not UTF-8.
    """
    if not path.is_file():
        raise MissingInputError(f"there is no file {path}")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(table, "encoding", f"not UTF-8 text: a stray byte at offset {error.start}")


class Numbers:
    """The whole numbers of a text file in order, each with its line.

    Parameters
    ----------
    path
        The file.
    table
        Name of the format, for messages.

    Raises
    ------
    MissingInputError, DataError
        When the file is not there, or holds anything but whole numbers within `LARGEST`.
    """

    def __init__(self, path: Path, table: str) -> None:
        self._table = table
        self._found = list(_whole_numbers(read_text(path, table), table))
        self._next = 0

    def take(self, what: str, *, at_least: int | None = None) -> int:
        """Return the next number.

        Parameters
        ----------
        what
            What the number means, for messages.
        at_least
            The least it may be, where there is one.
        """
        if self._next == len(self._found):
            refuse(self._table, "too_short", f"the file ends where {what} should be")
        value, line = self._found[self._next]
        self._next += 1
        if at_least is not None and value < at_least:
            refuse(
                self._table,
                "out_of_range",
                f"{what} is {value}, but must be {at_least} or more",
                line=line,
            )
        return value

    def take_many(self, count: int, what: str, *, at_least: int | None = None) -> list[int]:
        """Return the next `count` numbers, named in messages by their position from 1."""
        left = len(self._found) - self._next
        if count > left:
            refuse(
                self._table,
                "too_short",
                f"{count} numbers should follow for {what}, but only {left} do",
            )
        values = [value for value, _ in self._found[self._next : self._next + count]]
        if at_least is not None and min(values, default=at_least) < at_least:
            place = next(place for place, value in enumerate(values) if value < at_least)
            self._next += place
            self.take(f"{what}, number {place + 1} of {count},", at_least=at_least)
        self._next += count
        return values

    def end(self) -> None:
        """Check that nothing is left."""
        if self._next < len(self._found):
            left = len(self._found) - self._next
            line = self._found[self._next][1]
            refuse(self._table, "too_long", f"{left} numbers too many, from here on", line=line)


def _whole_numbers(text: str, table: str) -> Iterator[tuple[int, int]]:
    for line, row in enumerate(text.splitlines(), start=1):
        for token in row.split():
            if not _INTEGER.fullmatch(token):
                refuse(table, "not_a_number", f"{token[:20]!r} is not a whole number", line=line)
            value = int(token)
            if abs(value) > LARGEST:
                refuse(table, "out_of_range", f"{token} is beyond {LARGEST}", line=line)
            yield value, line
