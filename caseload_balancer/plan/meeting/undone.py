"""Who stays though something speaks against it, and why: beside the breaches of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision


def held_back(plan: Plan) -> tuple[Decision, ...]:
    """Return the children who stay with their worker and of whom there is more to tell."""
    return tuple(row for row in plan.cases if row.change == "kept" and not stays_plainly(row))


def stays_plainly(row: Decision) -> bool:
    """Say whether a child stays and there is nothing more to tell."""
    return row.reason == f"Stays with {row.worker_id}."
