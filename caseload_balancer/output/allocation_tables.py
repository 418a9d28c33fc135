"""``allocations.csv``: the plan for a case management system or a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Final

from caseload_balancer.domain.spreadsheet_text import guard
from caseload_balancer.plan import Plan

COLUMNS: Final = ("case_id", "worker_id", "previous_worker_id", "change", "reason")


def allocations_csv(plan: Plan) -> str:
    """Return one row a case in order of id; a blank ``worker_id`` waits.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guard(getattr(row, name) or "") for name in COLUMNS] for row in plan.cases)
    return text.getvalue()
