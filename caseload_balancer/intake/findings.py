"""What a reading turns up on the way: problems that stop it, and notices that do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from caseload_balancer.domain.cross_checks import TABLES
from caseload_balancer.domain.remarks import Remark
from caseload_balancer.errors import DataProblem

SHOWN_AT_MOST: Final = 40
_TOUCH_THE_PLAN: Final = frozenset(
    {
        "holder_is_nobody",
        "unknown_holder",
        "rounded",
        "divided",
        # Of the sector's files:
        "fte_assumed",
        "employment_assumed",
        "holder_assumed",
        "later_holder",
        "holders_disagree",
        "word_for_nobody",
    }
)
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
        What was found and what was done. May quote ids, and no other cell.
    is_warning
        True when a person should look: something was left out, or guessed from the header.
        False when the meaning is the same as before.
    row
        Number of the first row it is about; None when it is about no one row.
    is_question
        True when what was found is hardly meant, and only a person can say.
    """

    table: str
    column: str | None
    rule: str
    message: str
    is_warning: bool
    row: int | None = None
    is_question: bool = False

    def __str__(self) -> str:
        where = self.table if self.row is None else f"{self.table} row {self.row}"
        return f"{where}: {self.message}"

    def without_values(self) -> str:
        """Return the notice as it may stand in a log: one that quotes ids by its rule alone."""
        if self.row is None and not self.is_question:
            return str(self)
        column = f", column {self.column}" if self.column else ""
        row = "" if self.row is None else f" row {self.row}"
        return f"{self.table}{row}{column}: {self.rule}"


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

    def ask(self, table: str, rule: str, message: str, *, column: str | None = None) -> None:
        """Note something that is hardly meant, as a question."""
        self.notices.append(Notice(table, column, rule, message, is_warning=True, is_question=True))

    def tell(self, table: str, rule: str, message: str, *, column: str | None = None) -> None:
        """Note something that was put right without loss."""
        self.notices.append(Notice(table, column, rule, message, is_warning=False))

    def remark(self, remarks: Iterable[Remark]) -> None:
        """Note what is said of rows that do not stop the reading."""
        self.notices += [
            Notice(one.table, one.column, one.rule, one.message, one.is_warning, one.row)
            for one in remarks
        ]

    def of_the_plan(self) -> tuple[Remark, ...]:
        """Return the notices so far that a reader of the plan should know of too."""
        return tuple(
            Remark(one.table, one.row, one.column, one.rule, one.message, one.is_warning)
            for one in self.notices
            if one.rule in _TOUCH_THE_PLAN
        )

    def sorted_problems(self) -> tuple[DataProblem, ...]:
        """Return the problems in table and row order, those of a whole table first."""
        return tuple(sorted(self.problems, key=lambda p: (_place(p.table), p.row or 0)))

    def sorted_notices(self) -> tuple[Notice, ...]:
        """Return the notices in table order, warnings first."""
        return tuple(
            sorted(
                self.notices,
                key=lambda n: (not n.is_warning, _place(n.table), n.row or 0),
            )
        )


def _place(table: str) -> tuple[int, str]:
    """Return where a table stands: ours in their order, then those they were made of."""
    return (_PLACES.index(table), "") if table in _PLACES else (len(_PLACES), table)


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
