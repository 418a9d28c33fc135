"""The allocation under check, beside the week it is for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from caseload_balancer.checker.eligibility import may_hold
from caseload_balancer.checker.groups import Group, Unit
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Case


@dataclass(frozen=True, eq=False)
class Allocation:
    """Who holds which case after the plan.

    Parameters
    ----------
    week
        What the plan is for.
    worker_of
        The worker of each case under its ``case_id``; None waits. Every case of the week is in
        the map and every worker is of the week: `one_worker` reports where that is not so.
    """

    week: JudgedWeek
    worker_of: Mapping[str, str | None]

    @cached_property
    def held(self) -> Mapping[str, tuple[Case, ...]]:
        """Cases of each worker who holds any, in order of id."""
        found: dict[str, list[Case]] = defaultdict(list)
        for case in sorted(self.week.snapshot.cases, key=lambda case: case.case_id):
            worker_id = self.worker_of[case.case_id]
            if worker_id is not None:
                found[worker_id].append(case)
        return {worker_id: tuple(cases) for worker_id, cases in found.items()}

    @cached_property
    def units_at(self) -> Mapping[str, tuple[tuple[Unit, tuple[Case, ...]], ...]]:
        """Units of each worker who holds any of their cases, and these cases."""
        found: dict[str, list[tuple[Unit, tuple[Case, ...]]]] = defaultdict(list)
        for unit in self.week.units:
            here: dict[str, list[Case]] = defaultdict(list)
            for case in unit.cases:
                worker_id = self.worker_of[case.case_id]
                if worker_id is not None:
                    here[worker_id].append(case)
            for worker_id, cases in here.items():
                found[worker_id].append((unit, tuple(cases)))
        return {worker_id: tuple(units) for worker_id, units in found.items()}

    @cached_property
    def waiting(self) -> tuple[Case, ...]:
        """Cases allocated to nobody."""
        cases = self.week.snapshot.cases
        return tuple(case for case in cases if self.worker_of[case.case_id] is None)

    @cached_property
    def still_to_place(self) -> tuple[Case, ...]:
        """Cases that have nobody, or stay with a holder who is here until a last day only."""
        return tuple(
            case
            for case in self.week.snapshot.cases
            if self.worker_of[case.case_id] is None
            or (
                self.week.is_last_days(case)
                and self.worker_of[case.case_id] == self.week.holder(case)
            )
        )

    @cached_property
    def standing(self) -> tuple[tuple[Case, str], ...]:
        """Cases that stay with a holder who may not hold them, and that holder."""
        return tuple(
            (case, worker_id)
            for worker_id, cases in self.held.items()
            for case in cases
            if self.week.holder(case) == worker_id
            and not may_hold(self.week, case.case_id, worker_id)
        )

    @cached_property
    def unforced_moves(self) -> tuple[tuple[Case, str], ...]:
        """Cases that go to another worker by choice; to whom.

        Their worker could go on, nobody asked, and it is no transfer that is due.
        """
        return tuple(
            (case, worker_id)
            for worker_id, cases in self.held.items()
            for case in cases
            if self.week.holder(case) != worker_id
            and self.week.can_go_on(self.week.holder(case))
            and not self.week.asks(case)
            and not self.week.is_transfer(case, worker_id)
        )

    @cached_property
    def arrivals(self) -> tuple[tuple[Case, str], ...]:
        """Cases that come to a worker who does not have them; to whom."""
        return tuple(
            (case, worker_id)
            for worker_id, cases in self.held.items()
            for case in cases
            if self.week.holder(case) != worker_id
        )

    def workers_with(self, group: Group) -> tuple[str, ...]:
        """Return who holds cases of `group`, in order of id."""
        workers = {self.worker_of[case.case_id] for case in group.cases}
        return tuple(sorted(worker_id for worker_id in workers if worker_id is not None))

    def arriving_groups(self, worker_id: str) -> tuple[Group, ...]:
        """Return the groups a worker meets for the first time this week."""
        return self._arriving_groups.get(worker_id, ())

    @cached_property
    def _arriving_groups(self) -> Mapping[str, tuple[Group, ...]]:
        """The groups each worker meets for the first time, of those who meet any."""
        found: dict[str, dict[Group, None]] = defaultdict(dict)
        for case, worker_id in self.arrivals:
            group = self.week.group_of[case.case_id]
            if all(self.week.holder(one) != worker_id for one in group.cases):
                found[worker_id][group] = None
        return {worker_id: tuple(groups) for worker_id, groups in found.items()}
