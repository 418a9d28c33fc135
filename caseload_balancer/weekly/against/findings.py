"""What can be odd about a week's tables: one code a kind, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from caseload_balancer.domain.wording import listed
from caseload_balancer.errors import DataProblem

CODES: Final = MappingProxyType(
    {
        "rows-gone": "Export again; the export may have been cut short or filtered.",
        "rows-added": "Look whether two exports stand in one file, or closed cases came along.",
        "rows-at-limit": "Export again in parts, or as CSV: the program that wrote the file holds "
        "no more rows.",
        "table-gone": "Put the file back beside the others.",
        "headings-changed": "Look whether the export is the right one, and put mapping.toml right.",
        "column-emptied": "Export again with the column.",
        "ids-lost-zeros": "Export again with the column of ids as text; a spreadsheet takes zeros "
        "off.",
        "ids-as-numbers": "Export again with the column of ids as text; a spreadsheet made numbers "
        "of them.",
        "ids-scientific": "Export again with the column of ids as text; a spreadsheet shortened "
        "them.",
        "ids-respelled": "Write ids as they were written last week: every child looks new.",
        "mixed-ids": "Look whether rows of another system, or another export, came along.",
        "dates-swapped": "Set date_format to what the export writes: day and month changed places.",
        "dates-changed": "Look whether the file is the right one: when a case was opened does not "
        "change.",
        "holders-changed": "Look whether the export is this week's, and whether the holders in it "
        "are.",
        "children-changed": "Look whether the export is of the same teams.",
        "workers-changed": "Look whether the export is of the same teams.",
        "team-emptied": "Look whether the team was left out, or was closed.",
        "same-rows": "Look whether the file is last week's with a new date.",
        "date-not-later": "Put the date of the week right.",
        "date-far": "Put the date of the week right, or accept that weeks were left out.",
        "last-week-missing": "Put last week's folder back, or accept that nothing is compared.",
    }
)
"""Every code, and what to do about it."""

_SHOWN: Final = 3


@dataclass(frozen=True, kw_only=True)
class InputFinding:
    """One odd thing about a week's tables.

    Parameters
    ----------
    code
        A key of `CODES`.
    table
        The table it is about; ``service`` for the date of the week.
    says
        What is odd, how much of it, and from which limit on: counts, and no id.
    count
        How many rows, ids or titles are odd; 0 for a date.
    examples
        Some of their ids, for the person at the screen.
    column
        The column it is about, where it is about one.
    """

    code: str
    table: str
    says: str
    count: int = 0
    examples: tuple[str, ...] = ()
    column: str | None = None

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code} is no code of a finding")

    @property
    def fix(self) -> str:
        """What to do about it."""
        return CODES[self.code]

    @property
    def problem(self) -> DataProblem:
        """The finding as something that stops the run."""
        return DataProblem(self.table, None, self.column, self.code, f"{self}")

    @property
    def without_ids(self) -> str:
        """What is odd and what to do, as it may stand in a log."""
        return f"{self.table}: {self.says} {self.fix} ({self.code})"

    def __str__(self) -> str:
        shown = f" Such as {listed(self.examples[:_SHOWN])}." if self.examples else ""
        return f"{self.says}{shown} {self.fix} Or accept it: --accept {self.code}."

    def is_accepted(self, accepted: Iterable[str]) -> bool:
        """Say whether a finding is among those that somebody accepts: ``code``, ``code:table``."""
        return not {self.code, f"{self.code}:{self.table}"}.isdisjoint(accepted)
