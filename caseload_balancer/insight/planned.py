"""A week and its plan, put together again to be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.plan import Plan
from caseload_balancer.policy import GOALS, GoalName, Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import Problem, build_problem
from caseload_balancer.problem.terms import goal_values, terms


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


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan beside the problem it answers.

    Parameters
    ----------
    problem
        The week under the plan's policy.
    plan
        The plan.
    """

    problem: Problem
    plan: Plan

    @classmethod
    def of(cls, snapshot: Snapshot, plan: Plan) -> Planned:
        """Build the problem of `plan` again.

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
        return cls(build_problem(snapshot, plan.policy), plan)

    @property
    def facts(self) -> Facts:
        """The facts of the week."""
        return self.problem.facts

    @property
    def policy(self) -> Policy:
        """The plan's policy."""
        return self.plan.policy

    @cached_property
    def assignment(self) -> Ints:
        """Shape (units,): the plan in the terms of the arrays."""
        return self.problem.assignment(self.plan.allocation)

    @cached_property
    def values(self) -> Mapping[GoalName, int]:
        """The value of each goal in the plan."""
        return goal_values(self.plan.terms)

    def unit_of(self, case: int) -> int:
        """Return the unit of a case by number."""
        return int(self.facts.groups.unit_of_case[case])

    def worker_id(self, worker: int) -> str | None:
        """Return the id of a worker by number; None for waiting."""
        return None if worker < 0 else self.facts.index.workers[worker].worker_id

    def differences(self, assignment: Ints) -> dict[GoalName, int]:
        """Return what another assignment adds to each goal, zeros left out."""
        there = goal_values(terms(self.problem, self.problem.allocation(assignment)))
        gaps = {goal: there[goal] - self.values[goal] for goal in GOALS}
        return {goal: gap for goal, gap in gaps.items() if gap}

    def changes(self, assignment: Ints) -> tuple[Change, ...]:
        """Return the children who are with another worker in another assignment, by id."""
        there = self.problem.allocation(assignment)
        return tuple(
            Change(case_id=case_id, from_worker_id=worker_id, to_worker_id=there[case_id])
            for case_id, worker_id in self.plan.allocation.items()
            if there[case_id] != worker_id
        )
