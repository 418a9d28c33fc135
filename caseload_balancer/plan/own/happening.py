"""What happens to a worker's children, told to that worker.

The sentences of a plan are for the meeting: they tell loads, absences and children of others. These
tell the worker's own facts, who hands over to whom, and of a giver the last day, by which to meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from caseload_balancer.domain.wording import counted, listed, ordinal, percent, window
from caseload_balancer.plan.meeting.words import sentence
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.waits import days_waited

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision, WorkerWeek

_DECIDED: Final = {
    "accepted": "agreed as proposed",
    "rejected": "another worker than proposed was decided on",
    "locked": "decided to stay with the worker of today",
    "banned": "decided not to go to a certain worker",
    "picked": "decided by name",
    "exceeds_cap": "agreed to be over the cap",
}


class Happenings:
    """Tells each worker what happens to their children.

    Parameters
    ----------
    plan
        The plan.
    facts
        The week it was made from.
    """

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self._plan, self._facts = plan, facts
        self._workers = {row.worker_id: row for row in plan.workers}
        self._moves = {row.case_id: row for row in plan.moves}
        self._waits = {row.case_id: row for row in plan.waiting}
        self._decided = {row.case_id: _DECIDED[row.decision] for row in plan.agreed}
        self._waited = days_waited(facts).tolist()
        number = facts.index.worker_number
        held = (number.get(row.worker_id or "", -1) for row in plan.cases)
        self._with = np.fromiter(held, np.int64, len(plan.cases))

    def comes(self, row: Decision) -> str:
        """Return what to know of a child who comes, in sentences."""
        case, worker = self._numbers(row)
        parts = []
        giver = self._workers.get(row.previous_worker_id or "")
        if row.change == "new":
            days = self._waited[case]
            parts.append(f"has waited {counted(days, 'day')}" if days else "had no worker")
        elif row.change == "transferred":
            parts.append(f"moves on to team {row.team_id}" if row.team_id else "changes team")
        elif row.change == "forced" and giver is not None and giver.can_hold:
            parts.append("another worker was asked for")
        elif row.change == "forced" and giver is not None:
            parts.append(f"the worker of today cannot go on: {_meet(giver, self._plan)}")
        else:
            parts.append("proposed by choice: the worker of today could go on")
        if self._facts.history.knows(case, worker):
            parts.append("knows you already")
        here = self._siblings_kept(case, worker)
        if here:
            parts.append(f"you have {listed(here)} of the family")
        move = self._moves.get(row.case_id)
        if move is not None and move.third_worker:
            days_back = window(self._plan.policy.churn.window_days)
            parts.append(
                f"you would be the {ordinal(move.workers_in_window)} worker in {days_back}"
            )
        return self._sentences(row, parts)

    def goes(self, row: Decision, giver: WorkerWeek) -> str:
        """Return what to know of a child who leaves a worker, in sentences."""
        parts = []
        if row.change == "transferred":
            parts.append(f"moves on to team {row.team_id}" if row.team_id else "changes team")
        elif row.change in {"forced", "returned"} and not giver.can_hold:
            why = giver.hindrance.removeprefix(f"{giver.worker_id} ")
            parts.append(f"you cannot go on: {why}")
        elif row.change == "forced":
            parts.append("another worker was asked for")
        else:
            load = percent(giver.before.percent)
            parts.append(
                f"proposed by choice: your load before is {load}, with "
                f"{giver.before.children} of {giver.cap} children"
            )
        wait = self._waits.get(row.case_id)
        if wait is not None:
            must = "this child may never wait; " if wait.must_hold else ""
            parts.append(f"the plan names nobody to take the child yet; {must}{wait.action}")
        move = self._moves.get(row.case_id)
        if move is not None and move.third_worker:
            days_back = window(self._plan.policy.churn.window_days)
            number = ordinal(move.workers_in_window)
            parts.append(f"the next worker would be the {number} in {days_back}")
        return self._sentences(row, parts)

    def stays(self, row: Decision) -> str:
        """Return what to know of a child who stays, in sentences."""
        case, worker = self._numbers(row)
        facts, parts = self._facts, ["stays with you"]
        if facts.locked[case]:
            parts.append("the case is locked, or that of a brother or sister")
        elif facts.presence.still_here[worker]:
            parts[0] = (
                "stays with you to your last day: the plan names nobody to take the child yet"
            )
        elif not facts.may_hold[case, worker]:
            parts.append("a rule speaks against it, and the plan names nobody else yet")
        elif facts.transfers.due[case]:
            parts.append("due to move on to another team, which the plan does not do yet")
        elif facts.transfers.stays_until[case]:
            parts.append("moves on to another team on a later day")
        elif facts.history.asked[case]:
            parts.append("another worker was asked for, which the plan does not meet yet")
        return self._sentences(row, parts)

    def _sentences(self, row: Decision, parts: list[str]) -> str:
        said = [*parts, *filter(None, (self._decided.get(row.case_id),))]
        return " ".join(sentence(one) for one in said if one)

    def _numbers(self, row: Decision) -> tuple[int, int]:
        index = self._facts.index
        return index.case_number[row.case_id], index.worker_number[row.worker_id or ""]

    def _siblings_kept(self, case: int, worker: int) -> list[str]:
        """Return the siblings a child comes to: those the worker had and keeps."""
        facts = self._facts
        same = facts.groups.group == facts.groups.group[case]
        kept = np.flatnonzero(same & (self._with == worker) & (facts.holder == worker))
        return [facts.index.cases[one].case_id for one in kept.tolist() if one != case]


def _meet(giver: WorkerWeek, plan: Plan) -> str:
    if giver.leaves_on is None or giver.leaves_on < plan.as_of:
        return "hand over with them, or with their manager"
    return f"meet before {giver.leaves_on}, their last day"
