"""The list of loads that most teams keep: allocate, and move the least to get under the cap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices.definition import Allocated
from caseload_balancer.simulation.practices.placing import WorkByHand, most_spare_places


@dataclass(frozen=True)
class ByList:
    """To the most spare places; then, from who is over the cap, the fewest children.

    Of the children of a worker who is over the cap those go first who are not in court, who are
    not must-hold, and who came last.
    """

    name: str = "list"

    def allocate(self, monday: Monday) -> Allocated:
        """Place those who need a worker, then bring everybody under the cap."""
        placing = WorkByHand(monday)
        placing.place_all(most_spare_places)
        for worker in range(len(monday.workers)):
            if monday.facts.presence.can_hold[worker] and placing.spare_places(worker) < 0:
                _relieve(placing, worker)
        return Allocated(placing.allocation())


def _relieve(placing: WorkByHand, worker: int) -> None:
    monday = placing.monday
    held = [
        unit
        for unit in monday.units
        if placing.worker[unit[0]] == worker and not monday.facts.locked[unit[0]]
    ]
    while placing.spare_places(worker) < 0 and held:
        over = -placing.spare_places(worker)
        unit = min(held, key=lambda one: _reluctance(monday, one, over))
        held.remove(unit)
        placing.give(unit, most_spare_places)


def _reluctance(monday: Monday, unit: tuple[int, ...], over: int) -> tuple[int, bool, bool, int]:
    """Return how little a manager likes to move some children: more than needed least of all."""
    cases = list(unit)
    newest = max(
        (
            case.opened_on.toordinal()
            for case in map(monday.facts.index.cases.__getitem__, cases)
            if case.opened_on
        ),
        default=0,
    )
    return (
        max(0, len(cases) - over),
        bool(np.any(monday.facts.index.in_court[cases])),
        bool(np.any(monday.must_hold[cases])),
        -newest,
    )
