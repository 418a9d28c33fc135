"""A policy as a practice: every Monday is planned by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseload_balancer.policy import Policy
from caseload_balancer.problem.problems import build_problem
from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated
from caseload_balancer.solving import solve_problem

_SLOWER_AT_MOST: Final = 8.0
"""How many times its seconds a plan may take before the clock ends it.

The seconds grant work that is counted: a slow or busy machine then makes the same plans.
"""


@dataclass(frozen=True, eq=False)
class ByPolicy:
    """The plan of a policy, carried out as it stands.

    Parameters
    ----------
    policy
        The policy.
    time_limit
        Seconds for each Monday.
    seed
        Of every search.
    """

    policy: Policy
    time_limit: float
    seed: int = 0

    @property
    def name(self) -> str:
        """The policy's name."""
        return self.policy.name

    def allocate(self, monday: Monday) -> Allocated:
        """Plan the week."""
        plan = solve_problem(
            build_problem(monday.snapshot, self.policy),
            time_limit=_SLOWER_AT_MOST * self.time_limit,
            granted=self.time_limit,
            seed=self.seed,
            handle_signals=False,
        )
        return Allocated(plan.allocation, proven=plan.status == "optimal")
