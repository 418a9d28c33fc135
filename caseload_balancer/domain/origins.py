"""Where the tables of a snapshot came from, so that answers can speak of it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.remarks import Remark


@dataclass(frozen=True)
class Origin:
    """How tables came in; not part of what they say.

    Parameters
    ----------
    library
        Library of the data frames, such as ``polars``; None for files and for Python objects.
    row_numbers
        For each table the number a reader knows each row by; without, rows count from 1.
    remarks
        What was left out or read in a way that a reader of a plan should know of.
    """

    library: str | None = None
    row_numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    __hash__ = content_hash

    def without(self, tables: Container[str]) -> Origin:
        """Return the origin without what it knows of the rows of `tables`."""
        kept = {name: rows for name, rows in self.row_numbers.items() if name not in tables}
        remarks = tuple(remark for remark in self.remarks if remark.table not in tables)
        return Origin(self.library, kept, remarks)

    def then(self, tidied: Origin) -> Origin:
        """Return the origin of tables that were tidied once more since they came in."""
        rows = {
            table: [self.row_number(table, number - 1) for number in numbers]
            for table, numbers in tidied.row_numbers.items()
        }
        remarks = (*self.remarks, *tidied.remarks)
        return Origin(self.library, rows or self.row_numbers, remarks)

    def row_number(self, table: str, position: int) -> int:
        """Return the number a reader knows the row at `position` of `table` by."""
        known = self.row_numbers.get(table)
        return position + 1 if known is None or position >= len(known) else known[position]
