"""The rows of one table that could be read, and what is known of the others."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from caseload_balancer.domain.wording import counted
from caseload_balancer.domain.words import Row
from caseload_balancer.intake.columns import InputTable
from caseload_balancer.intake.findings import Findings


class Everything(Container[str]):
    """The ids of a table of which nobody knows what it holds."""

    def __contains__(self, _: object) -> bool:
        """Say yes: any id may stand there."""
        return True


@dataclass
class ReadTable:
    """The rows of a table that could be read.

    Parameters
    ----------
    rows, row_numbers
        What was read, and the number a reader knows each row by.
    unread
        Ids that may stand in rows that could not be read.
    unsure
        The columns that could not be read in some rows, under the rows' numbers.
    """

    rows: list[Row] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    unread: Container[str] = frozenset()
    unsure: dict[int, frozenset[str]] = field(default_factory=dict)


def drop_repeats(found: ReadTable, table: InputTable, findings: Findings) -> None:
    """Leave out rows that repeat an earlier one in everything."""
    seen: set[Row] = set()
    kept: list[int] = []
    for position, row in enumerate(found.rows):
        # Two rows with a cell that could not be read may differ in it.
        if found.row_numbers[position] in found.unsure:
            kept.append(position)
        elif row not in seen:
            seen.add(row)
            kept.append(position)
    if dropped := len(found.rows) - len(kept):
        findings.warn(table.name, "repeated_rows", f"{counted(dropped, 'repeated row')} left out.")
        found.rows = [found.rows[position] for position in kept]
        found.row_numbers = [found.row_numbers[position] for position in kept]
