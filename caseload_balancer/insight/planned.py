"""A week and its plan, put together again to be asked about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.steps import refuse_another_week
from caseload_balancer.insight.amounts import difference
from caseload_balancer.plan import Plan
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.concessions import (
    Opened,
    concessions_in,
    ids_of,
    may_exceed_cap,
)
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.problem.scope import SCOPE_STEPS


@dataclass(frozen=True, kw_only=True)
class HolderChange:
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
    refuse_another_week(plan, snapshot.fingerprint)
    yes = [one.case_id for one in plan.agreed if one.decision == "exceeds_cap"]
    snapshot = _with_yes(snapshot, yes)
    facts = Facts.of(snapshot, plan.policy)
    problem = build_problem(snapshot, plan.policy, concessions_in(facts, plan.allocation))
    return PlannedWeek(problem, problem.assignment(plan.allocation))


def with_exceptions(week: PlannedWeek, case_ids: Iterable[str]) -> PlannedWeek:
    """Return a planned week in which a manager agrees that some children may pass the cap.

    With the siblings who wait with them, and wherever in the service somebody may hold them.
    """
    number, groups = week.facts.index.case_number, week.facts.groups
    units = sorted({week.unit_of(number[one]) for one in case_ids if one in number})
    yes = [week.facts.index.cases[one].case_id for u in units for one in groups.unit_cases[u]]
    if not yes:
        return week
    snapshot = _with_yes(week.problem.snapshot, yes)
    facts = Facts.of(snapshot, week.policy)
    before = concessions_in(facts, week.allocation)
    opened = Opened(
        reach={**before.reach, **dict.fromkeys(yes, max(SCOPE_STEPS.values()))},
        apart=before.apart,
        over_cap=ids_of(facts, may_exceed_cap(facts)),
    )
    problem = build_problem(snapshot, week.policy, opened)
    return PlannedWeek(problem, problem.assignment(week.allocation))


def _with_yes(snapshot: Snapshot, case_ids: Sequence[str]) -> Snapshot:
    """Return the week with a manager's yes to the cap in the rows of some children."""
    yes = set(case_ids)
    return (
        snapshot.with_cases(
            row.model_copy(update={"may_exceed_cap": True})
            for row in snapshot.cases
            if row.case_id in yes
        )
        if yes
        else snapshot
    )


def differences(week: PlannedWeek, assignment: Ints) -> dict[GoalName, int]:
    """Return what another assignment adds to each goal; zeros are left out."""
    return difference(PlannedWeek(week.problem, assignment).goal_values, week.goal_values)


def changes(week: PlannedWeek, assignment: Ints) -> tuple[HolderChange, ...]:
    """Return the children who are with another worker in another assignment, by id."""
    there = week.problem.allocation(assignment)
    return tuple(
        HolderChange(case_id=case_id, from_worker_id=worker_id, to_worker_id=there[case_id])
        for case_id, worker_id in week.allocation.items()
        if there[case_id] != worker_id
    )
