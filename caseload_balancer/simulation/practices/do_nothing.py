"""Do nothing: what a service comes to where nobody allocates."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated


@dataclass(frozen=True)
class DoNothing:
    """Every child stays where they are, and who loses a worker waits, must-hold or not."""

    name: str = "do-nothing"

    def allocate(self, monday: Monday) -> Allocated:
        """Change nothing."""
        return Allocated(monday.as_it_is())
