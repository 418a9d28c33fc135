"""Allocate only: each child who needs a worker goes to the one with the most places free."""

from __future__ import annotations

from dataclasses import dataclass

from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated
from caseload_balancer.simulation.practices.placing import PlacingByHand, most_spare_places


@dataclass(frozen=True)
class AllocateOnly:
    """To the most spare places, must-hold children first; nobody is moved by choice."""

    name: str = "allocate-only"

    def allocate(self, monday: Monday) -> Allocated:
        """Place those who need a worker."""
        placing = PlacingByHand(monday)
        placing.place_all(most_spare_places)
        return Allocated(placing.allocation())
