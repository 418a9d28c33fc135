"""The rows of a plan: what happens to each child and each worker, and what it is worth."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from caseload_balancer.domain.content_hash import model_hash
from caseload_balancer.domain.words import CaseType, Employment, Role, SpellReason
from caseload_balancer.plan.words import Band, Change, Escalation
from caseload_balancer.policy import GoalName


class PlanRow(BaseModel, defer_build=True):
    """Base of every row of a plan: frozen and strict."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    __hash__ = model_hash


class Decision(PlanRow):
    """What happens to one child.

    Parameters
    ----------
    case_id, case_type, team_id, family_id
        As in the ``cases`` table.
    worker_id
        Who holds the case after the plan; None: it waits.
    previous_worker_id
        The ``worker_id`` the case came with, a manager or duty desk included.
    change
        One word for what happens; docs/plan.md defines them.
    reason
        One sentence for the manager.
    terms
        What the case itself adds to each goal, in the goal's unit, not weighted; zeros left out.
    asked
        Another worker was asked for, and the wish stands.
    """

    case_id: str
    case_type: CaseType
    team_id: str | None
    family_id: str | None
    worker_id: str | None
    previous_worker_id: str | None
    change: Change
    reason: str
    terms: dict[GoalName, int]
    asked: bool = False


class Move(PlanRow):
    """A child whose worker changes.

    Parameters
    ----------
    case_id, case_type
        The case.
    from_worker_id, to_worker_id
        The holder at the start and the worker in the plan.
    forced, transfer
        The holder could not go on, or the change was asked for; the case goes to another team.
    churn, handover
        What the move costs, hundredths of a cost point; 0 for a forced move and a transfer.
    known_worker
        The child has had the new worker before.
    workers_in_window
        Distinct workers in the policy's window (12 months), the new one included.
    third_worker
        The move adds a worker, and makes it three or more in the window.
    reason
        One sentence for the manager.
    """

    case_id: str
    case_type: CaseType
    from_worker_id: str
    to_worker_id: str
    forced: bool
    transfer: bool
    churn: int
    handover: int
    known_worker: bool
    workers_in_window: int
    third_worker: bool
    reason: str

    @property
    def cost(self) -> float:
        """Churn and handover together, in cost points; an ordinary move costs `churn.move`."""
        return (self.churn + self.handover) / 100


class WaitingChild(PlanRow):
    """A child nobody holds after the plan.

    Parameters
    ----------
    case_id, case_type
        The case.
    previous_worker_id
        The ``worker_id`` the case came with: a worker who cannot go on, or a manager or duty desk.
    must_hold
        The policy says the case may never wait.
    days_waited
        Days without a worker so far; 0 for a child whose worker cannot go on from now.
    escalation
        How far the wait has come on the policy's ladder.
    action
        What the policy asks for, in words.
    reason
        Why the case waits, one sentence.
    exception
        Who could take a child that may not wait over the cap, and why that is the least bad, for a
        manager to decide; empty where nobody could, and where a longer search might find a place.
    """

    case_id: str
    case_type: CaseType
    previous_worker_id: str | None
    must_hold: bool
    days_waited: int
    escalation: Escalation
    action: str
    reason: str
    exception: str = ""


class Load(PlanRow):
    """What a worker holds at one time.

    Parameters
    ----------
    children, families
        Children, and the families they come from.
    points
        Points held.
    percent
        Points held of the points available, in %, to a tenth; None without points available.
    band
        The policy's band of that percentage.
    """

    children: int
    families: int
    points: float
    percent: float | None
    band: Band


class WorkerWeek(PlanRow):
    """One worker before and after the plan.

    Parameters
    ----------
    worker_id, role, employment, team_ids, fte
        As in the ``workers`` table.
    can_hold, takes_cases
        Whether the worker can go on holding cases, and can be given more.
    cap, target
        Children the worker may hold, and should hold.
    points_available, co_worked
        Points the worker has for cases of their own, and how many of others they co-work.
    overdue, due_soon
        Children of the worker after the plan with something overdue, or due soon.
    before, after
        The load at the start of the week and after the plan.
    arriving, leaving
        Children the plan brings, and takes away.
    terms
        What the worker adds to each goal, in the goal's unit, not weighted; zeros left out.
    leaves_on
        The worker's last day, as in the ``workers`` table.
    hindrance
        Why the worker cannot go on, or is given no more cases; empty for anybody else.
    """

    worker_id: str
    role: Role
    employment: Employment
    team_ids: tuple[str, ...]
    fte: float
    can_hold: bool
    takes_cases: bool
    cap: int
    target: int
    points_available: float
    co_worked: int
    overdue: int
    due_soon: int
    before: Load
    after: Load
    arriving: int
    leaving: int
    terms: dict[GoalName, int]
    leaves_on: date | None = None
    hindrance: str = ""


class ContinuityCount(PlanRow):
    """How many children have had how many workers in the policy's window (12 months).

    Parameters
    ----------
    children
        ``all``, or ``looked_after`` only: the group the DfE publishes.
    when
        ``before`` or ``after`` the plan.
    none, one, two, three_or_more
        Children with that many distinct workers.
    """

    children: Literal["all", "looked_after"]
    when: Literal["before", "after"]
    none: int
    one: int
    two: int
    three_or_more: int

    @property
    def total(self) -> int:
        """All children of the group."""
        return self.none + self.one + self.two + self.three_or_more


class Agreed(PlanRow):
    """What somebody decided about one case, and the plan keeps to.

    Parameters
    ----------
    case_id
        The case.
    decision
        ``accepted`` and ``picked``: it goes to the worker; ``locked``: it stays with the worker;
        ``rejected`` and ``banned``: it does not; ``exceeds_cap``: it may be one over a cap.
    worker_id
        The worker; None is waiting.
    reason
        Why, as an SSDA903 code: what the case's spell ends with, should it change worker.
    """

    case_id: str
    decision: Literal["accepted", "rejected", "locked", "banned", "picked", "exceeds_cap"]
    worker_id: str | None = None
    reason: SpellReason | None = None

    def __str__(self) -> str:
        why = "" if self.reason is None else f", {self.reason}"
        if self.decision == "exceeds_cap":
            return f"{self.case_id} may be over somebody's cap ({self.decision}{why})"
        away = "not " if self.decision in {"rejected", "banned"} else ""
        where = self._without_a_name if self.worker_id is None else f"with {self.worker_id}"
        return f"{self.case_id} {away}{where} ({self.decision}{why})"

    @property
    def _without_a_name(self) -> str:
        """Where the child is to be, or not to be, where the decision names no worker."""
        if self.decision in {"accepted", "rejected"}:
            return "as planned"
        return "as before" if self.decision == "locked" else "with nobody"
