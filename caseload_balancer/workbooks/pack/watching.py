"""The sheet of what to keep an eye on."""

from __future__ import annotations

from caseload_balancer.domain.wording import counted
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.watching import watch_list
from caseload_balancer.workbooks.pack.tables import PackSheet, SheetColumn


def watch_sheet(plan: Plan) -> PackSheet:
    """Return what to keep an eye on, whatever is decided about the children."""
    days = counted(plan.policy.timescales.due_soon_days, "day")
    return PackSheet(
        title="Watch list",
        about="What could not be met, what is late, whose wait has to be looked at, who leaves. "
        f"What falls due within {days} is in due.csv.",
        columns=(
            SheetColumn("what", 24, "sentence"),
            SheetColumn("team", 11),
            SheetColumn("worker", 11, "worker"),
            SheetColumn("child", 12),
            SheetColumn("day", 13, "date"),
            SheetColumn("days", 8, "count"),
            SheetColumn("more", 78, "sentence"),
        ),
        rows=tuple(
            (row.what, row.team_id, row.worker_id, row.case_id, row.on, row.days, row.more)
            for row in watch_list(plan)
        ),
        empty="Nothing to watch.",
    )
