"""``due.csv``: what is overdue and what falls due soon, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Final

from caseload_balancer.domain.spreadsheet_text import guard
from caseload_balancer.plan import Plan

COLUMNS: Final = ("team_id", "worker_id", "case_id", "case_type", "next_due", "next_due_on", "days")


def due_csv(plan: Plan) -> str:
    """Return one row a child with something overdue or due soon, by team and worker.

    A blank ``worker_id`` waits; negative ``days`` are overdue. Text that a spreadsheet would run
    as a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in plan.due:
        words = [guard(str(getattr(row, name) or "")) for name in COLUMNS[:-1]]
        # A negative number is a number: no formula to guard against.
        writer.writerow([*words, row.days])
    return text.getvalue()
