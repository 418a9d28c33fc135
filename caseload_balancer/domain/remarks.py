"""What is said of rows that do not stop a week: left out, without effect, or taken in a way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

SHOWN_ALIKE: Final = 3


@dataclass(frozen=True)
class Remark:
    """One thing to know about rows that are used without an error.

    Parameters
    ----------
    table, column
        Where it is; column None when it is about whole rows.
    row
        Number of the first such row, as in a `DataProblem`; None when it is about no one row.
    rule
        Stable code, for scripts: ``closed_cases``, ``no_effect``, ...
    message
        What was found, what was made of it, and the fix. May quote ids.
    is_warning
        True when a person should look.
    """

    table: str
    row: int | None
    column: str | None
    rule: str
    message: str
    is_warning: bool = True

    def __str__(self) -> str:
        return self.message if self.row is None else f"{self.table} row {self.row}: {self.message}"


def a_few_of_each(remarks: Iterable[Remark]) -> Iterator[str]:
    """Yield remarks as sentences; of many of one kind the first few, and how many more.

    Without row numbers and in an order of their own: rows in another order say the same.
    """

    def kind(remark: Remark) -> tuple[str, str, str]:
        return remark.table, remark.column or "", remark.rule

    for _, alike in groupby(sorted(remarks, key=lambda r: (kind(r), r.message)), key=kind):
        found = list(alike)
        for remark in found[:SHOWN_ALIKE]:
            of_rows = remark.row is not None or remark.column is not None
            yield f"{remark.table}: {remark.message}" if of_rows else remark.message
        if (more := len(found) - SHOWN_ALIKE) > 0:
            yield f"... and {more:,} more of this kind in {found[0].table}."
