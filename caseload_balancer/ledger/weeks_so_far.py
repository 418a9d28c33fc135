"""The history of a service: caseloads, changes, waiting and staff by week and team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO, Final

from caseload_balancer.arguments import a_path, checked
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.insight.answers import Answer, Table, html_tables
from caseload_balancer.ledger.rows import NotCarriedOut
from caseload_balancer.ledger.team_figures import TeamFigures
from caseload_balancer.plan.html import answer_page

WEEKS_SHOWN: Final = 26
"""Weeks in the text: the newest. The tables have all of them."""

MOST_NAMED: Final = 12
"""Children in the text who are not where the plan had them."""

_COLUMNS: Final[Mapping[str, type[str | int | float]]] = {
    "week": str,
    "level": str,
    "team_id": str,
    "parent_id": str,
    "children": int,
    "cap": int,
    "workers": int,
    "fte": float,
    "agency_fte": float,
    "agency_percent": float,
    "waiting": int,
    "overdue": int,
    "changed": float,  # the first week has none
    "third_workers": int,
    "planned_moves": int,
    "over_cap": int,
}
_OF_SERVICE: Final = tuple(c for c in _COLUMNS if c not in {"level", "team_id", "parent_id"})
_HEADINGS: Final[Mapping[str, str]] = {
    "week": "week",
    "children": "children",
    "cap": "cap",
    "fte": "FTE",
    "agency_percent": "agency %",
    "waiting": "waiting",
    "overdue": "overdue",
    "changed": "changed",
    "third_workers": "3+ workers",
}


@dataclass(frozen=True)
class WeeksSoFar(Answer):
    """What the ledger tells of the weeks: one row for each week and team.

    Parameters
    ----------
    rows
        By week; in each the service, then localities and teams as in its plan.
    not_carried_out
        Children who were, in the newest of the weeks, not where the plan before had them.
    """

    rows: tuple[TeamFigures, ...]
    not_carried_out: tuple[NotCarriedOut, ...] = ()

    @property
    def weeks(self) -> tuple[TeamFigures, ...]:
        """The rows of the service, one a week."""
        return tuple(row for row in self.rows if row.level == "service")

    @property
    def frame(self) -> Any:
        """A data frame with a row for each week and team."""
        return self.to_frames()["teams"]

    @property
    def title(self) -> str:
        """How many weeks, and which."""
        weeks = self.weeks
        if not weeks:
            return "History: no week"
        if len(weeks) == 1:
            return f"History of 1 week, {weeks[0].week}"
        return f"History of {len(weeks):,} weeks, {weeks[0].week} to {weeks[-1].week}"

    @property
    def text(self) -> str:
        """What changed from the first week to the last, and the newest weeks one by one."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        weeks = self.weeks
        if not weeks:
            yield (
                "The ledger has no week, or none between these dates. caseload weekly records one, "
                "and so does Ledger.record."
            )
            return
        first, last = weeks[0], weeks[-1]
        yield (
            f"Children with a worker: {last.children:,} (first week {first.children:,}). Waiting: "
            f"{last.waiting:,} ({first.waiting:,}). With something overdue: {last.overdue:,} "
            f"({first.overdue:,}). With 3 or more workers in 12 months: {last.third_workers:,} "
            f"({first.third_workers:,})."
        )
        changed = [row.changed for row in weeks if row.changed is not None]
        if changed:
            yield (
                f"{counted(sum(changed), 'change')} of worker in {counted(len(changed), 'week')}: "
                f"{sum(changed) / len(changed):.1f} a week."
            )
        if self.not_carried_out:
            number = len(self.not_carried_out)
            are = f"{children(number)} {'is' if number == 1 else 'are'}"
            yield f"In the newest week {are} not where the plan before had them:"
            yield from (f"  {one}" for one in self.not_carried_out[:MOST_NAMED])
            if len(self.not_carried_out) > MOST_NAMED:
                yield f"  and {len(self.not_carried_out) - MOST_NAMED:,} more"
        shown = weeks[-WEEKS_SHOWN:]
        if len(shown) < len(weeks):
            yield f"The newest {len(shown)} weeks:"
        yield from _aligned(shown)

    def tables(self) -> Mapping[str, Table]:
        """Return the service by week, and every team by week."""
        return {
            "weeks": Table.of(
                "The service, week by week",
                {name: _COLUMNS[name] for name in _OF_SERVICE},
                self.weeks,
            ),
            "teams": Table.of("Teams, week by week", _COLUMNS, self.rows),
            "not_carried_out": Table.of(
                "Not where the plan before had them",
                {"case_id": str, "planned": str, "found": str, "change": str, "since_week": str},
                self.not_carried_out,
            ),
        }

    @checked(path=a_path)
    def to_html(self, path: str | PathLike[str] | None = None) -> str:
        """Return the history as a page of its own, and write it where a path is given.

        Raises
        ------
        OutputError
            When the file cannot be written.
        """
        page = answer_page(self.title, self.text, html_tables(self.tables().values()))
        if path is not None:
            from caseload_balancer.output.whole_files import (  # noqa: PLC0415 - for files alone
                write_together,
            )

            write_together(Path(path).absolute().parent, {Path(path).name: page})
        return page

    def draw(self, path: str | PathLike[str] | BinaryIO) -> None:
        """Draw caseload, changes of worker, waiting and agency share as one PNG (extra ``charts``).

        Parameters
        ----------
        path
            A file, or something open for writing bytes.

        Raises
        ------
        MissingExtraError
            When matplotlib is not installed.
        """
        from caseload_balancer.charts.drawing.history import (  # noqa: PLC0415 - loads matplotlib
            draw_history,
        )

        draw_history(self, path)


def _aligned(rows: tuple[TeamFigures, ...]) -> Iterator[str]:
    """Yield a heading and a line a week, in columns."""
    table = [
        tuple(_HEADINGS.values()),
        *(tuple(_shown(getattr(row, name)) for name in _HEADINGS) for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        cells = [cell.rjust(width) for cell, width in zip(line, widths, strict=True)]
        yield "  ".join(cells)


def _shown(cell: object) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
