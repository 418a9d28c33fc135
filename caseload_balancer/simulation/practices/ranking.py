"""A ranking by load, as workload tools of the probation service give it: a case at a time."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated
from caseload_balancer.simulation.practices.placing import PlacingByHand, lowest_load


@dataclass(frozen=True)
class ByRanking:
    """To whoever stands lowest by load %; nobody is moved by choice."""

    name: str = "ranking"

    def allocate(self, monday: Monday) -> Allocated:
        """Place those who need a worker."""
        placing = PlacingByHand(monday)
        placing.place_all(lowest_load)
        return Allocated(placing.allocation())
