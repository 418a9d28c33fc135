"""The sheets of workers and teams, before and after."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.domain.wording import counted
from caseload_balancer.plan import Plan
from caseload_balancer.plan.drift.rows import TeamWeek
from caseload_balancer.plan.rows import WorkerWeek
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn
from caseload_balancer.workbooks.pack.wording import BAND_WORDS, ROLE_WORDS

_Row = tuple[CellValue, ...]


def workers_sheet(plan: Plan) -> PackSheet:
    """Return each worker before and after, with bars for the load."""
    return PackSheet(
        title="Workers",
        about="Each worker before and after the plan: children, cap and load.",
        columns=(
            SheetColumn("worker", 10, "worker"),
            SheetColumn("who", 23, "sentence"),
            SheetColumn("team", 9, "sentence"),
            SheetColumn("FTE", 6, "hundredths"),
            SheetColumn("cap", 6, "count"),
            SheetColumn("children before", 10, "count"),
            SheetColumn("children after", 10, "count"),
            SheetColumn("come", 7, "count"),
            SheetColumn("go", 7, "count"),
            SheetColumn("load before", 13, "load"),
            SheetColumn("load after", 13, "load"),
            SheetColumn("band after", 10, "sentence"),
            SheetColumn("points of work after", 10, "tenths"),
            SheetColumn("points there is time for", 10, "tenths"),
            SheetColumn("overdue", 10, "count"),
            SheetColumn("due soon", 7, "count"),
            SheetColumn("note", 20, "sentence"),
        ),
        rows=tuple(_worker(row) for row in plan.workers),
        empty="There are no workers who hold cases.",
    )


def teams_sheet(plan: Plan) -> PackSheet:
    """Return the service, its localities and their teams, before and after."""
    return PackSheet(
        title="Teams",
        about="The service, its localities and their teams, before and after the plan.",
        columns=(
            SheetColumn("team", 26, "sentence"),
            SheetColumn("workers", 10, "count"),
            SheetColumn("FTE", 8, "tenths"),
            SheetColumn("cap", 7, "count"),
            SheetColumn("children before", 10, "count"),
            SheetColumn("children after", 10, "count"),
            SheetColumn("load before", 13, "load"),
            SheetColumn("load after", 13, "load"),
            SheetColumn("workers over cap", 10, "count"),
            SheetColumn("waiting before", 10, "count"),
            SheetColumn("waiting after", 10, "count"),
            SheetColumn("changes of worker", 10, "count"),
            SheetColumn("overdue", 10, "count"),
            SheetColumn("assessments in time", 13),
            SheetColumn("children with somebody who goes", 12, "count"),
            SheetColumn("agency FTE", 9, "tenths"),
            SheetColumn("agency, pounds a week", 10, "count"),
        ),
        rows=tuple(_team(row) for row in plan.teams),
        strong=frozenset(n for n, row in enumerate(plan.teams) if row.level != "team"),
    )


def _worker(row: WorkerWeek) -> _Row:
    return (
        row.worker_id,
        f"{ROLE_WORDS[row.role]}, {row.employment}",
        ", ".join(row.team_ids),
        row.fte,
        row.cap,
        row.before.children,
        row.after.children,
        row.arriving,
        row.leaving,
        row.before.percent,
        row.after.percent,
        BAND_WORDS[row.after.band],
        row.after.points,
        row.points_available,
        row.overdue,
        row.due_soon,
        "; ".join(_notes(row)) or None,
    )


def _notes(row: WorkerWeek) -> Iterator[str]:
    if row.after.children > row.cap:
        yield f"over the cap by {row.after.children - row.cap}"
    if not row.can_hold:
        yield "cannot go on"
    elif not row.takes_cases:
        yield "is given no more cases"
    if row.co_worked:
        yield f"co-works {counted(row.co_worked, 'case')} of others"


def _team(row: TeamWeek) -> _Row:
    return (
        row.called,
        row.workers,
        row.fte,
        row.cap,
        row.before.children,
        row.after.children,
        row.before.percent,
        row.after.percent,
        row.over_cap,
        row.waiting_before,
        row.waiting,
        row.moved,
        row.overdue,
        f"{row.assessments_in_time} of {row.assessments}" if row.assessments else None,
        row.children_touched,
        row.agency_fte,
        None if row.agency_cost is None else round(row.agency_cost),
    )
