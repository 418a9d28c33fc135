"""A week and its plan, put together again to be asked about."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.amounts import difference
from caseload_balancer.plan import Plan
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.concessions import concessions_in
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import build_problem


@dataclass(frozen=True, kw_only=True)
class Change:
    """A child who is with another worker than in the plan.

    Parameters
    ----------
    case_id
        The child.
    from_worker_id, to_worker_id
        The worker in the plan, and the other one; None waits.
    """

    case_id: str
    from_worker_id: str | None
    to_worker_id: str | None

    def __str__(self) -> str:
        start, end = self.from_worker_id or "waiting", self.to_worker_id or "waiting"
        return f"{self.case_id} from {start} to {end}"


def week_of_plan(snapshot: Snapshot, plan: Plan) -> PlannedWeek:
    """Put a week and its plan together again.

    Raises
    ------
    DataError
        When the plan was made from another week.
    """
    if snapshot.fingerprint != plan.inputs_hash:
        message = (
            "the plan was made from another snapshot. Give the one it was made from, or "
            "allocate again."
        )
        raise DataError([DataProblem("plan", None, None, "another_week", message)])
    facts = Facts.of(snapshot, plan.policy)
    problem = build_problem(snapshot, plan.policy, concessions_in(facts, plan.allocation))
    return PlannedWeek(problem, problem.assignment(plan.allocation))


def differences(week: PlannedWeek, assignment: Ints) -> dict[GoalName, int]:
    """Return what another assignment adds to each goal; zeros are left out."""
    return difference(PlannedWeek(week.problem, assignment).goal_values, week.goal_values)


def changes(week: PlannedWeek, assignment: Ints) -> tuple[Change, ...]:
    """Return the children who are with another worker in another assignment, by id."""
    there = week.problem.allocation(assignment)
    return tuple(
        Change(case_id=case_id, from_worker_id=worker_id, to_worker_id=there[case_id])
        for case_id, worker_id in week.allocation.items()
        if there[case_id] != worker_id
    )
