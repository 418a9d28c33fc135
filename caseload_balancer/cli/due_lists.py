"""What is overdue or falls due soon on a terminal, a row a worker; and a row a team."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from caseload_balancer.domain.display_names import NO_NAMES, DisplayNames
from caseload_balancer.domain.wording import listed
from caseload_balancer.plan.drift.rows import DueCase, TeamWeek

_WORKERS_SHOWN_AT_MOST: Final = 40
_NAMED_AT_MOST: Final = 4
_TEAMS_AT_LEAST: Final = 2
_TITLES: Final = (
    "FTE",
    "children",
    "of",
    "load %",
    "waiting",
    "moved",
    "overdue",
    "due soon",
)
_NARROW_TITLES: Final = (
    "FTE",
    "chil-\ndren",
    "of",
    "load\n%",
    "wait-\ning",
    "moved",
    "over-\ndue",
    "due\nsoon",
)
_FIGURES_WIDTH: Final = 60
_NARROW_FIGURES_WIDTH: Final = 47
"""Characters that the figures of a team take on a line, under either titles."""
_NAME_AT_LEAST: Final = 8


def due_table(due: Sequence[DueCase], names: DisplayNames = NO_NAMES) -> Table | None:
    """Show who has what overdue and due soon, with the days.

    None where nothing is, or where more workers have something than a screen can show.
    """
    workers = {(row.team_id, row.worker_id) for row in due}
    if not 0 < len(workers) <= _WORKERS_SHOWN_AT_MOST:
        return None
    table = _table("team", "worker", "overdue by days", "due in days")
    for (team_id, worker_id), rows in groupby(due, key=lambda row: (row.team_id, row.worker_id)):
        here = list(rows)
        table.add_row(
            team_id or "",
            names.of(worker_id) if worker_id else "waiting",
            _named([row for row in here if row.overdue]),
            _named([row for row in here if not row.overdue]),
        )
    return table


def teams_table(teams: Sequence[TeamWeek], console: Console) -> Table | None:
    """Show the service, its localities and their teams; None where there is one team or none."""
    if sum(row.level == "team" for row in teams) < _TEAMS_AT_LEAST:
        return None
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    widest = max(cell_len(_called(row)) for row in teams)
    titles, figures = _TITLES, _FIGURES_WIDTH
    if widest + figures > console.width:
        titles, figures = _NARROW_TITLES, _NARROW_FIGURES_WIDTH
    names = max(_NAME_AT_LEAST, min(widest, console.width - figures))
    table.add_column("", overflow="fold", width=names)
    for title in titles:
        least = max(len(line) for line in title.splitlines())
        table.add_column(title, header_style="bold", justify="right", min_width=least, no_wrap=True)
    for row in teams:
        load = row.after.percent
        table.add_row(
            Text(_called(row), style="" if row.level == "team" else "bold"),
            f"{row.fte:.1f}",
            f"{row.after.children:,}",
            f"{row.cap:,}",
            "" if load is None else f"{load:.0f}",
            *(f"{n:,}" if n else "" for n in (row.waiting, row.moved, row.overdue, row.due_soon)),
        )
    return table


def _called(row: TeamWeek) -> str:
    return row.called if row.team_id is None else " ".join(filter(None, (row.team_id, row.name)))


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, header_style="bold", overflow="fold")
    return table


def _named(rows: Sequence[DueCase]) -> str:
    return listed(list(_each(rows)), most=_NAMED_AT_MOST) if rows else ""


def _each(rows: Sequence[DueCase]) -> Iterator[str]:
    for row in rows:
        yield f"{row.case_id} {abs(row.days)}"
