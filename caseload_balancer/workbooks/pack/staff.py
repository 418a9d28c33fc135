"""The sheets of workers and teams, before and after."""

from __future__ import annotations

from caseload_balancer.plan import Plan
from caseload_balancer.plan.drift.rows import TeamWeek
from caseload_balancer.plan.meeting.staff import worker_notes
from caseload_balancer.plan.meeting.words import BAND_WORDS, ROLE_WORDS
from caseload_balancer.plan.rows import WorkerWeek
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn

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
        "; ".join(worker_notes(row)) or None,
    )


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
