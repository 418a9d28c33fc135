"""What every practice by hand does: find those who need a worker, and give them to somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.simulation.mondays import Monday

_NOBODY = -1


class PlacingByHand:
    """The week's work of somebody who allocates by hand: never against a rule, never over a cap.

    Parameters
    ----------
    monday
        The week.
    """

    def __init__(self, monday: Monday) -> None:
        self.monday = monday
        self.worker = monday.holder.copy()
        held = self.worker[self.worker != _NOBODY]
        self.children: Ints = np.bincount(held, minlength=len(monday.workers)).astype(np.int64)

    def place_all(self, prefer: Callable[[PlacingByHand, int], float]) -> None:
        """Give every child who needs a worker to the best one who can take them.

        Must-hold children come first, then those who have waited longest. Siblings stay together,
        and join those who have a worker where that worker can take them.

        Parameters
        ----------
        prefer
            Tells how good a worker is; the highest is taken, of equals the first by id.
        """
        units = [unit for unit in self.monday.units if self.monday.needs_worker[list(unit)].any()]
        for unit in sorted(units, key=self._urgency):
            if not self.give(unit, prefer):
                self._leave(unit)

    def give(self, unit: tuple[int, ...], prefer: Callable[[PlacingByHand, int], float]) -> bool:
        """Give some children to the best worker who can take them; say whether there is one."""
        able = self.able(unit)
        if not able:
            return False
        with_siblings = self._with_siblings(unit)
        chosen = max(able, key=lambda worker: (worker in with_siblings, prefer(self, worker)))
        self._move(unit, chosen)
        return True

    def able(self, unit: tuple[int, ...]) -> list[int]:
        """Return who may be given some children and has places for all of them."""
        monday, cases = self.monday, list(unit)
        allowed = monday.can_be_given[cases].all(axis=0)
        room = self.children + len(cases) <= monday.cap
        return [
            worker
            for worker in np.flatnonzero(allowed & room).tolist()
            if worker != self.worker[cases[0]]
        ]

    def allocation(self) -> dict[str, str | None]:
        """Return the worker of every case, None for those who wait."""
        workers = self.monday.workers
        return {
            case_id: workers[worker].worker_id if worker != _NOBODY else None
            for case_id, worker in zip(self.monday.case_ids, self.worker.tolist(), strict=True)
        }

    def spare_places(self, worker: int) -> int:
        """Return how many more children a worker may hold; below 0 over the cap."""
        return int(self.monday.cap[worker] - self.children[worker])

    def load(self, worker: int) -> float:
        """Return the points a worker holds, as a share of the points available."""
        held = int(self.monday.points[self.worker == worker].sum())
        return held / max(1, int(self.monday.points_available[worker]))

    def _leave(self, unit: tuple[int, ...]) -> None:
        """Nobody can take them: who is still there keeps them, and the others wait."""
        holder = int(self.worker[unit[0]])
        if holder == _NOBODY:
            return
        facts = self.monday.facts
        here = facts.holder_can_go_on[unit[0]] or self.monday.last_day(holder) is not None
        if not here:
            self._move(unit, _NOBODY)

    def _move(self, unit: tuple[int, ...], worker: int) -> None:
        cases = list(unit)
        before = int(self.worker[cases[0]])
        if before != _NOBODY:
            self.children[before] -= len(cases)
        if worker != _NOBODY:
            self.children[worker] += len(cases)
        self.worker[cases] = worker

    def _with_siblings(self, unit: tuple[int, ...]) -> set[int]:
        group = self.monday.facts.groups.group
        others = np.flatnonzero(group == group[unit[0]])
        return {int(self.worker[case]) for case in others if case not in unit} - {_NOBODY}

    def _urgency(self, unit: tuple[int, ...]) -> tuple[bool, date, int]:
        cases = [self.monday.facts.index.cases[case] for case in unit]
        since = [case.waiting_since or case.opened_on or date.max for case in cases]
        return not self.monday.must_hold[list(unit)].any(), min(since), unit[0]


def most_spare_places(placing: PlacingByHand, worker: int) -> float:
    """Prefer who has the most places free."""
    return placing.spare_places(worker)


def lowest_load(placing: PlacingByHand, worker: int) -> float:
    """Prefer whose load % is lowest."""
    return -placing.load(worker)
