"""The checklist of handovers: a line for each child whose worker changes, to tick by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caseload_balancer.domain.wording import CASE_WORDS
from caseload_balancer.plan import Plan
from caseload_balancer.plan.meeting.families import siblings_along
from caseload_balancer.plan.meeting.handing_over import falls_due, to_mind
from caseload_balancer.plan.rows import Move
from caseload_balancer.workbooks.pack.tables import CellValue, PackSheet, SheetColumn

STEPS: Final = (
    "child and family told",
    "both workers have met",
    "visit together",
    "record and dates handed over",
    "school, health and others told",
    "case system changed",
)
"""What a handover takes; local, each to be ticked with a date."""


def handover_sheet(plan: Plan) -> PackSheet:
    """Return a line for each child who changes worker, in the order of who hands over."""
    moves = sorted(plan.moves, key=lambda row: (row.from_worker_id, row.to_worker_id, row.case_id))
    return PackSheet(
        title="Handover",
        about="A checklist for each child who changes worker, by who hands over. Tick it by hand.",
        columns=(
            SheetColumn("hands over", 11, "worker"),
            SheetColumn("takes on", 11, "worker"),
            SheetColumn("child", 12),
            SheetColumn("case", 18, "sentence"),
            SheetColumn("falls due next", 22, "sentence"),
            SheetColumn("mind", 32, "sentence"),
            *(SheetColumn(step, 11, "tick") for step in STEPS),
        ),
        rows=tuple(_rows(plan, moves)),
        empty="No child changes worker.",
    )


def _rows(plan: Plan, moves: list[Move]) -> Iterator[tuple[CellValue, ...]]:
    due = {row.case_id: row for row in plan.due}
    together = siblings_along(plan)
    gone = {row.worker_id for row in plan.workers if not row.can_hold}
    for row in moves:
        next_due = due.get(row.case_id)
        yield (
            row.from_worker_id,
            row.to_worker_id,
            row.case_id,
            CASE_WORDS[row.case_type],
            None if next_due is None else falls_due(next_due),
            "; ".join(to_mind(row, together.get(row.case_id, []), gone)) or None,
            *(None for _ in STEPS),
        )
