"""The tables of one week as the cross-checks see them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseload_balancer.domain.adjustments import Adjustment
from caseload_balancer.domain.cases import Case
from caseload_balancer.domain.spells import Spell
from caseload_balancer.domain.teams import Team
from caseload_balancer.domain.words import Row
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataProblem

RowNumber = Callable[[str, int], int]
"""Gives the number a reader knows a row by, from its table and position."""

TITLES = {"starts_on": "from", "ends_on": "to"}
"""Columns whose titles are no Python names."""


def by_position(_table: str, position: int) -> int:
    """Return row numbers from 1, as a table built in Python has no header."""
    return position + 1


@dataclass(frozen=True)
class CheckedTables:
    """Rows of every table, and how to speak of them.

    Parameters
    ----------
    as_of
        The week's date; None when it is not known.
    unread
        For each table the ids of rows that are there but could not be read.
    unsure
        For each table the columns that could not be read in a row, under the row's own number.
        Such a cell holds nothing, or what stands for a blank one.
    """

    as_of: date | None
    cases: Sequence[Case]
    workers: Sequence[Worker]
    adjustments: Sequence[Adjustment]
    teams: Sequence[Team]
    spells: Sequence[Spell]
    row_number: RowNumber = by_position
    unread: Mapping[str, Container[str]] = field(default_factory=dict)
    unsure: Mapping[str, Mapping[int, Collection[str]]] = field(default_factory=dict)

    def problem(
        self, table: str, position: int, column: str | None, rule: str, message: str
    ) -> DataProblem:
        """Return a problem in the row at `position`, under the row's own number."""
        return DataProblem(table, self.row_number(table, position), column, rule, message)

    def numbers(self, tables: Sequence[str]) -> dict[str, list[int]]:
        """Return the row numbers of each of `tables`."""
        return {
            table: [self.row_number(table, position) for position in range(len(self.rows(table)))]
            for table in tables
        }

    def rows(self, table: str) -> Sequence[Row]:
        """Return the rows of a table by its name."""
        rows: Sequence[Row] = getattr(self, table)
        return rows

    def is_sure(self, table: str, position: int, *columns: str) -> bool:
        """Say whether a row could be read in all of `columns`, or in all it has without any."""
        rows = self.unsure.get(table)
        if not rows:
            return True
        missing = rows.get(self.row_number(table, position), ())
        return not missing or (bool(columns) and not set(columns).intersection(missing))

    def identities(self, table: str, column: str) -> Iterator[tuple[int, str]]:
        """Yield each row's position and id, leaving out ids that could not be read."""
        for position, row in enumerate(self.rows(table)):
            if self.is_sure(table, position, column):
                yield position, getattr(row, column)

    def is_unread(self, table: str, identity: str) -> bool:
        """Say whether `identity` may stand in a row of `table` that could not be read."""
        return identity in self.unread.get(table, ())
