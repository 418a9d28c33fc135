"""Who is who on the page: display names, and where to find a worker or a child on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.domain.display_names import DisplayNames
from caseload_balancer.plan.meeting.deciding import to_decide

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan


class People:
    """Names and anchors. Anchors are numbers: an id may hold anything.

    Parameters
    ----------
    plan
        The plan on the page.
    names
        What workers are called.
    """

    def __init__(self, plan: Plan, names: DisplayNames) -> None:
        self._names = names
        self._cards = {row.worker_id: number for number, row in enumerate(plan.workers)}
        self._rows = {row.case_id: number for number, row in enumerate(to_decide(plan))}

    def name(self, worker_id: str) -> str:
        """Return the display name, empty where there is none."""
        return self._names.name(worker_id) or ""

    def card(self, worker_id: str) -> str:
        """Return the anchor of a worker's part; empty for a manager or a duty desk."""
        number = self._cards.get(worker_id)
        return "" if number is None else f"w{number}"

    def row(self, case_id: str) -> str:
        """Return the anchor of a child's row in the list of changes; empty for who stays."""
        number = self._rows.get(case_id)
        return "" if number is None else f"c{number}"
