"""The week with its plan, number by number: what a plan and the questions about it start from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.arrays.evaluation import resource_use
from caseload_balancer.plan.histories import workers_after
from caseload_balancer.plan.loads import Loads, load_percent
from caseload_balancer.plan.words import Change
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import LIMITS
from caseload_balancer.problem.problems import Problem
from caseload_balancer.problem.terms import Term, goal_values, terms
from caseload_balancer.problem.use import limits_as_set


@dataclass(frozen=True, eq=False)
class PlannedWeek:
    """A problem and one assignment of it.

    Parameters
    ----------
    problem
        The week under its policy.
    assignment
        Shape (units,): number of a worker, or -1 for waiting.
    """

    problem: Problem
    assignment: Ints

    @property
    def facts(self) -> Facts:
        """What is derived from the week before any cost is."""
        return self.problem.facts

    @property
    def policy(self) -> Policy:
        """The policy of the problem."""
        return self.problem.policy

    @cached_property
    def allocation(self) -> Mapping[str, str | None]:
        """The worker of each case; None waits."""
        return self.problem.allocation(self.assignment)

    @cached_property
    def worker(self) -> Ints:
        """Shape (cases,): number of the worker of each case, or `NOBODY`."""
        return self.assignment[self.facts.groups.unit_of_case]

    @cached_property
    def before(self) -> Loads:
        """What each worker holds at the start of the week."""
        return Loads.of(self.facts, self.facts.holder)

    @cached_property
    def use(self) -> Ints:
        """Each worker's use under each limit after the plan, shape (limits, workers)."""
        return resource_use(self.problem.arrays, self.assignment)[: len(LIMITS)]

    @cached_property
    def limits(self) -> Ints:
        """The limits as they are set, whoever is over them, shape (limits, workers)."""
        return limits_as_set(self.facts)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What each case, worker and family adds to each goal."""
        return terms(self.problem, self.allocation)

    @cached_property
    def goal_values(self) -> Mapping[GoalName, int]:
        """The value of each goal."""
        return goal_values(self.terms)

    @cached_property
    def workers_before(self) -> tuple[frozenset[str], ...]:
        """Distinct workers of each case in the policy's window, before the plan."""
        return self.facts.history.recent_workers

    @cached_property
    def workers_after(self) -> tuple[frozenset[str], ...]:
        """Distinct workers of each case in the policy's window, after the plan."""
        return workers_after(self.facts, self.workers_before, self.worker)

    @cached_property
    def change(self) -> tuple[Change, ...]:
        """What happens to each case."""
        pairs = zip(self.facts.holder.tolist(), self.worker.tolist(), strict=True)
        return tuple(
            "kept" if holder == worker != NOBODY else self._change_of(case, holder, worker)
            for case, (holder, worker) in enumerate(pairs)
        )

    def _change_of(self, case: int, holder: int, worker: int) -> Change:
        if worker == NOBODY:
            return "waiting" if holder == NOBODY else "returned"
        if holder == NOBODY:
            return "new"
        if self.facts.forced[case]:
            return "forced"
        made = self.facts.transfers.made(np.array([case]), np.array([worker]))
        return "transferred" if made[0] else "moved"

    def unit_of(self, case: int) -> int:
        """Return the unit of a case by number."""
        return int(self.facts.groups.unit_of_case[case])

    def worker_id(self, worker: int) -> str:
        """Return the id of a worker by number."""
        return self.facts.index.workers[worker].worker_id

    def load_before(self, worker: int) -> float | None:
        """Return a worker's load % at the start; None without points available."""
        return load_percent(self.facts, worker, int(self.before.points[worker]))

    def adds_third_worker(self, case: int) -> bool:
        """Say whether the plan adds a worker, who makes it three or more in the window."""
        return len(self.workers_after[case]) >= max(3, len(self.workers_before[case]) + 1)

    def siblings_with(self, case: int, worker: int) -> list[int]:
        """Return the other cases of the case's group that `worker` has in the plan."""
        group = self.facts.groups.group
        others = np.flatnonzero((group == group[case]) & (self.worker == worker))
        return [other for other in others.tolist() if other != case]
