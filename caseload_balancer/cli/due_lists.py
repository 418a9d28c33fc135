"""What is overdue or falls due soon on a terminal: a row a worker, or a team in a large service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.table import Table
from rich.text import Text

from caseload_balancer.domain.wording import listed
from caseload_balancer.plan.drift.rows import DueCase, TeamWeek

_WORKERS_SHOWN_AT_MOST: Final = 40
_NAMED_AT_MOST: Final = 4


def due_table(due: Sequence[DueCase], teams: Sequence[TeamWeek]) -> Table | None:
    """Show who has what overdue and due soon, with the days; None where nothing is."""
    workers = {(row.team_id, row.worker_id) for row in due}
    if not due:
        return None
    if len(workers) > _WORKERS_SHOWN_AT_MOST:
        return _by_team(teams)
    table = _table("team", "worker", "overdue by days", "due in days")
    for (team_id, worker_id), rows in groupby(due, key=lambda row: (row.team_id, row.worker_id)):
        here = list(rows)
        table.add_row(
            team_id or "",
            worker_id or "waiting",
            _named([row for row in here if row.overdue]),
            _named([row for row in here if not row.overdue]),
        )
    return table


def _by_team(teams: Sequence[TeamWeek]) -> Table:
    table = _table("", "overdue", "due soon", "waiting", "with who goes")
    for row in teams:
        figures = (row.overdue, row.due_soon, row.waiting, row.children_touched)
        table.add_row(
            Text(row.called, style="" if row.level == "team" else "bold"),
            *(f"{number:,}" if number else "" for number in figures),
        )
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, header_style="bold")
    return table


def _named(rows: Sequence[DueCase]) -> str:
    return listed(list(_each(rows)), most=_NAMED_AT_MOST) if rows else ""


def _each(rows: Sequence[DueCase]) -> Iterator[str]:
    for row in rows:
        yield f"{row.case_id} {abs(row.days)}"
