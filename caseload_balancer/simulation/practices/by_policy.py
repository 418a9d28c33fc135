"""A policy as a practice: every Monday is planned by `allocate`."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.policy import Policy
from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated
from caseload_balancer.solving import allocate


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
        plan = allocate(
            monday.snapshot,
            self.policy,
            time_limit=self.time_limit,
            seed=self.seed,
            handle_signals=False,
        )
        return Allocated(plan.allocation, proven=plan.status == "optimal")
