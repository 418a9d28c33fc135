"""Two plans of one week to choose between, told in a manager's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from caseload_balancer.domain.wording import children, counted, percent
from caseload_balancer.plan import Plan
from caseload_balancer.plan.html import answer_fragment

_NAMED: Final = 8
_FULL: Final = 100


@dataclass(frozen=True)
class PlanPair:
    """Two plans, each the best there is at some value of one rate.

    Parameters
    ----------
    number
        Of the question, from 1.
    about
        What the two differ in the price of.
    first, second
        The plans.
    """

    number: int
    about: str
    first: Plan
    second: Plan

    def __str__(self) -> str:
        return "\n".join(self._lines())

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return answer_fragment(f"Question {self.number}", "\n".join(self._lines()), [])

    def _lines(self) -> Iterator[str]:
        yield f"Question {self.number}. Which of these two would you rather carry out this week?"
        for name, plan in (("1", self.first), ("2", self.second)):
            yield f"{name}: {outline(plan)}"
        differs = [
            f"{row.case_id}: {_place(row.worker_id)} / {_place(other)}"
            for row in self.first.cases
            if row.worker_id != (other := self.second.allocation[row.case_id])
        ]
        shown = ", ".join(differs[:_NAMED])
        more = len(differs) - _NAMED
        yield f"Children with another worker (1 / 2): {shown}{f' and {more} more' * (more > 0)}."


def _place(worker_id: str | None) -> str:
    return worker_id or "waiting"


def outline(plan: Plan) -> str:
    """Return what a manager compares plans by, as one sentence."""
    chosen = sum(not (row.forced or row.transfer) for row in plan.moves)
    (many,) = (
        row.three_or_more for row in plan.continuity if (row.children, row.when) == ("all", "after")
    )
    loads = [
        row.after.percent
        for row in plan.workers
        if row.takes_cases and row.after.percent is not None
    ]
    parts = [
        f"{children(chosen)} {'changes' if chosen == 1 else 'change'} worker by choice",
        f"{children(many)} with three or more workers in a year",
        f"{len(plan.waiting)} wait",
    ]
    if plan.waiting:
        longest = max(row.days_waited for row in plan.waiting)
        parts.append(f"the longest for {counted(longest, 'day')}")
    if loads:
        over = sum(load > _FULL for load in loads)
        parts.append(f"{counted(over, 'worker')} over 100 %")
        parts.append(f"loads from {percent(min(loads))} to {percent(max(loads))}")
    return f"{', '.join(parts)}."
