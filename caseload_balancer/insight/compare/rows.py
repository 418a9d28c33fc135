"""The rows of a comparison of two plans: a child, a worker, a goal, and each plan in outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from caseload_balancer.domain.wording import children, percent
from caseload_balancer.insight.amounts import told
from caseload_balancer.plan import Plan
from caseload_balancer.plan.drift.rows import Level, TeamWeek
from caseload_balancer.plan.loads import heaviest
from caseload_balancer.plan.words import Change
from caseload_balancer.policy import GoalName

Cause = Literal["plan", "week", "week and plan", "closed", "referred"]


@dataclass(frozen=True, kw_only=True)
class ChildDifference:
    """A child who is with another worker, or to whom something else happens.

    Parameters
    ----------
    case_id
        The child.
    a_worker_id, b_worker_id
        The worker in each plan; None waits, or is not in that plan.
    a_change, b_change
        What happens to the child in each plan; None where the case is not in it.
    cause
        What makes the difference: the ``plan``; the ``week``, in which somebody else took the
        child or what was planned was not carried out; both; or that the case is in one of the
        weeks only.
    """

    case_id: str
    a_worker_id: str | None
    b_worker_id: str | None
    a_change: Change | None
    b_change: Change | None
    cause: Cause = "plan"

    def __str__(self) -> str:
        places = (
            "not in the plan" if change is None else worker or "waiting"
            for worker, change in (
                (self.a_worker_id, self.a_change),
                (self.b_worker_id, self.b_change),
            )
        )
        return f"{self.case_id}: {' / '.join(places)}"


@dataclass(frozen=True, kw_only=True)
class WorkerDifference:
    """A worker who holds other children, or has another load, after the second plan.

    Parameters
    ----------
    worker_id
        The worker.
    a_children, b_children
        Children held after each plan; 0 where the worker is not in it.
    a_percent, b_percent
        Load % after each plan; None without points available.
    only_a, only_b
        Children the worker has in one of the plans only.
    """

    worker_id: str
    a_children: int
    b_children: int
    a_percent: float | None
    b_percent: float | None
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.worker_id}: {self.a_children} / {children(self.b_children)}, "
            f"{percent(self.a_percent)} / {percent(self.b_percent)}"
        )


@dataclass(frozen=True, kw_only=True)
class TeamDifference:
    """The service, a locality or a team in both plans.

    Parameters
    ----------
    level, team_id
        As in a plan's ``teams``.
    a_children, b_children, a_percent, b_percent
        Children held after each plan, and load %; 0 and None where the team is not in it.
    a_waiting, b_waiting, a_moved, b_moved, a_over_cap, b_over_cap, a_overdue, b_overdue
        Children who wait and who change worker, workers over their cap, and children with
        something overdue.
    """

    level: Level
    team_id: str | None
    a_children: int
    b_children: int
    a_percent: float | None
    b_percent: float | None
    a_waiting: int
    b_waiting: int
    a_moved: int
    b_moved: int
    a_over_cap: int
    b_over_cap: int
    a_overdue: int
    b_overdue: int

    @classmethod
    def of(
        cls, level: Level, team_id: str | None, a: TeamWeek | None, b: TeamWeek | None
    ) -> TeamDifference:
        """Set a row of one plan against the same of another; one of them may be missing."""
        figures: dict[str, Any] = {}
        for plan, row in (("a", a), ("b", b)):
            figures[f"{plan}_children"] = row.after.children if row else 0
            figures[f"{plan}_percent"] = row.after.percent if row else None
            for name in ("waiting", "moved", "over_cap", "overdue"):
                figures[f"{plan}_{name}"] = getattr(row, name) if row else 0
        return cls(level=level, team_id=team_id, **figures)


@dataclass(frozen=True, kw_only=True)
class GoalDifference:
    """One goal in both plans.

    Parameters
    ----------
    goal
        The goal.
    a_value, b_value
        Its value in each plan, in the goal's unit, not weighted.
    """

    goal: GoalName
    a_value: int
    b_value: int

    @property
    def difference(self) -> int:
        """How much more it is in the second plan."""
        return self.b_value - self.a_value

    @property
    def in_words(self) -> str:
        """The goal and the difference: ``change of worker +10.00``."""
        return told(self.goal, self.difference)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What a manager asks first about a plan.

    Parameters
    ----------
    moves, waiting
        Children who change worker, and children without one.
    heaviest
        The heaviest load % after the plan; None where nobody has points available.
    finished
        Whether its search was finished: otherwise a better plan may exist.
    """

    moves: int
    waiting: int
    heaviest: float | None
    finished: bool

    @classmethod
    def of(cls, plan: Plan) -> Outline:
        """Return the outline of a plan."""
        return cls(
            moves=len(plan.moves),
            waiting=len(plan.waiting),
            heaviest=heaviest(row.after for row in plan.workers),
            finished=plan.certainty.complete,
        )
