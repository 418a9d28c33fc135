"""What a reading turns up on the way: problems that stop it, and notices that do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.errors import DataProblem

SHOWN_AT_MOST: Final = 40
_PLACES: Final = ("service", *TABLES)


@dataclass(frozen=True)
class Notice:
    """Something a reading put right, or left out, without stopping.

    Parameters
    ----------
    table
        ``cases``, ``workers``, ..., or ``service``.
    column
        Column name, or None.
    rule
        Stable code, for scripts: ``unknown_column``, ``blank_rows``, ...
    message
        What was found and what was done, without any cell's content.
    is_warning
        True when a person should look: something was left out, or guessed from the header.
        False when the meaning is the same as before.
    """

    table: str
    column: str | None
    rule: str
    message: str
    is_warning: bool

    def __str__(self) -> str:
        return f"{self.table}: {self.message}"


@dataclass
class Findings:
    """Collects problems and notices from every part of one reading."""

    problems: list[DataProblem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def problem(
        self,
        table: str,
        rule: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Note something that stops the reading."""
        self.problems.append(DataProblem(table, row, column, rule, message))

    def warn(self, table: str, rule: str, message: str, *, column: str | None = None) -> None:
        """Note something a person should look at."""
        self.notices.append(Notice(table, column, rule, message, is_warning=True))

    def tell(self, table: str, rule: str, message: str, *, column: str | None = None) -> None:
        """Note something that was put right without loss."""
        self.notices.append(Notice(table, column, rule, message, is_warning=False))

    def sorted_problems(self) -> tuple[DataProblem, ...]:
        """Return the problems in table and row order, those of a whole table first."""
        return tuple(sorted(self.problems, key=lambda p: (_PLACES.index(p.table), p.row or 0)))

    def sorted_notices(self) -> tuple[Notice, ...]:
        """Return the notices in table order, warnings first."""
        return tuple(sorted(self.notices, key=lambda n: (not n.is_warning, _PLACES.index(n.table))))


def quoted(value: object) -> str:
    """Return a cell's content between quotes: short, and with nothing invisible in it."""
    try:
        text = str(value)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        text = "a number of thousands of digits"
    if len(text) > SHOWN_AT_MOST:
        text = text[: SHOWN_AT_MOST - 3] + "..."
    shown = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return f"'{''.join(shown)}'"


def counted(number: int, thing: str) -> str:
    """Return ``1 row`` or ``2,800 rows``."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
