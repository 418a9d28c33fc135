"""What is said while a week is planned again, and afterwards."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from caseload_balancer.arrays import WAITING, Ints
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan import Plan
from caseload_balancer.plan.week import PlannedWeek

BEGUN: Final = "Planning again around the decisions."
LOOKING: Final = "Looking for a plan that keeps to every decision and every limit."
PUTTING_DOWN: Final = "A plan was found and checked. Writing it down and putting it on the board."
STOPPED: Final = "Stopped. The plan and the decisions are as they were."
BUSY: Final = "The week is being planned again already."
CHANGED: Final = (
    "Decisions were changed while the week was planned again, so that plan was put away. Plan "
    "again around the decisions as they are now."
)
DEFECT: Final = (
    "Planning again failed: a defect of caseload_balancer, not of your data. The plan and the "
    "decisions are as they were."
)


def time_left(seconds: float) -> str:
    """Say how long it can take at most."""
    left = math.ceil(seconds)
    return f"At most {counted(left, 'second')} more." if left > 0 else "Checking what was found."


def best_so_far(week: PlannedWeek, assignment: Ints, *, keeps: bool) -> str:
    """Say what the best that was found so far would mean.

    Parameters
    ----------
    week
        The week with the plan on the board.
    assignment
        Shape (units,): the best so far.
    keeps
        Whether it keeps every limit and decision.
    """
    if not keeps:
        return LOOKING
    cases = np.array([len(one) for one in week.facts.groups.unit_cases])
    elsewhere = int(cases[assignment != week.assignment].sum())
    waiting = int(cases[assignment == WAITING].sum())
    return f"Best so far: {children(elsewhere)} elsewhere than on the board, {waiting:,} waiting."


def planned_again(before: Plan, after: Plan) -> str:
    """Say what is different, and how good the new plan is."""
    elsewhere = sum(
        worker_id != before.allocation[case_id] for case_id, worker_id in after.allocation.items()
    )
    told = f"{children(elsewhere)} elsewhere than before" if elsewhere else "everybody as before"
    return f"Planned again: {told}. {after.why_stopped}"
