"""What is known of one week before anybody proposes an allocation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from caseload_balancer.checker.capacity import cap_of, points_available_to
from caseload_balancer.checker.co_work import carried_of
from caseload_balancer.checker.groups import Group, Unit, groups_of, units_of
from caseload_balancer.checker.presence import WorkerPresence, presence_of
from caseload_balancer.checker.scope import WIDEST, scope_step
from caseload_balancer.checker.start_of_week import StartOfWeek
from caseload_balancer.checker.transfers import is_due, is_outside
from caseload_balancer.checker.workload import points_of_group
from caseload_balancer.domain import Case, Snapshot, Worker
from caseload_balancer.policy import Policy


@dataclass(frozen=True, eq=False)
class JudgedWeek(StartOfWeek):
    """A snapshot seen through a policy: presence, caps, groups and points.

    Parameters
    ----------
    snapshot
        The week.
    policy
        The figures it is judged by.
    """

    snapshot: Snapshot
    policy: Policy

    @cached_property
    def presence(self) -> Mapping[str, WorkerPresence]:
        """Each worker's presence, under their id."""
        adjustments = self.adjustments_by_worker
        return {
            worker.worker_id: presence_of(
                worker,
                adjustments.get(worker.worker_id, ()),
                self.snapshot.as_of,
                self.policy,
            )
            for worker in self.snapshot.workers
        }

    @cached_property
    def cap(self) -> Mapping[str, int]:
        """Children each worker may hold."""
        return {
            worker.worker_id: cap_of(
                worker, self.presence[worker.worker_id], self.team_by_id, self.policy
            )
            for worker in self.snapshot.workers
        }

    @cached_property
    def points_available(self) -> Mapping[str, int]:
        """Tenths of a point each worker has for their own cases, co-working taken off."""
        found = {
            worker.worker_id: points_available_to(
                worker, self.presence[worker.worker_id], self.policy
            )
            for worker in self.snapshot.workers
        }
        carried = Counter[str]()
        for of_case in self._co_work.values():
            carried.update(of_case)
        return {
            worker_id: max(1, tenths - carried[worker_id]) if tenths else 0
            for worker_id, tenths in found.items()
        }

    @cached_property
    def _co_work(self) -> Mapping[str, Mapping[str, int]]:
        """Tenths of a point that each co-worker of a case carries of it, under its ``case_id``."""
        return {
            case.case_id: carried_of(self, case, self._whole_points[case.case_id])
            for case in self.snapshot.cases
            if case.co_worker_ids
        }

    def can_go_on(self, holder: str | None) -> bool:
        """Say whether there is a holder, and one who can hold cases this week."""
        return holder is not None and self.presence[holder].can_hold

    def has_cases(self, holder: str | None) -> bool:
        """Say whether there is a holder, and one who is at work, if only until a last day."""
        return holder is not None and self.presence[holder].at_work

    def is_last_days(self, case: Case) -> bool:
        """Say whether the holder of `case` cannot go on, but is here until a last day."""
        holder = self.holder(case)
        return holder is not None and self.presence[holder].here

    def in_progress(self, case: Case) -> bool:
        """Say whether `case` is work that is not taken from a holder who can go on."""
        holder = self.holder(case)
        if not self.can_go_on(holder) or self.asks(case) or holder in case.excluded_worker_ids:
            return False
        rules, due = self.policy.stays, case.next_due_on
        if case.case_type in rules.case_types:
            return True
        if due is None or case.next_due is None:
            return False
        left = (due - self.snapshot.as_of).days
        words = case.next_due.casefold()
        meets = any(word.casefold() in words for word in rules.due_words)
        return meets and 0 <= left <= rules.due_within_days

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Children alone and families."""
        return groups_of(self.snapshot.cases)

    @cached_property
    def families(self) -> tuple[Group, ...]:
        """Groups that more than one worker could hold."""
        return tuple(group for group in self.groups if len(group.cases) > 1)

    @cached_property
    def group_of(self) -> Mapping[str, Group]:
        """The group of each case, under its ``case_id``."""
        return {case.case_id: group for group in self.groups for case in group.cases}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What moves as a whole."""
        return units_of(self.groups, self.holder)

    @cached_property
    def unit_of(self) -> Mapping[str, Unit]:
        """The unit of each case, under its ``case_id``."""
        return {case_id: unit for unit in self.units for case_id in unit.case_ids}

    @cached_property
    def due_transfers(self) -> frozenset[str]:
        """Ids of the cases that are to go to another team now."""
        return frozenset(
            case_id for unit in self.units if is_due(self, unit) for case_id in unit.case_ids
        )

    @cached_property
    def points(self) -> Mapping[str, int]:
        """Tenths of a point of each case for its holder, under its ``case_id``."""
        return {
            case_id: tenths - sum(self._co_work.get(case_id, {}).values())
            for case_id, tenths in self._whole_points.items()
        }

    @cached_property
    def _whole_points(self) -> Mapping[str, int]:
        """Tenths of a point of each case, under its ``case_id``."""
        rules = self.policy.points
        return {
            case_id: tenths
            for group in self.groups
            for case_id, tenths in points_of_group(group.cases, self.snapshot.as_of, rules).items()
        }

    @cached_property
    def staying(self) -> Mapping[str, tuple[Case, ...]]:
        """Cases that may stay where they are: a worker's base, whatever the plan does."""
        found: dict[str, list[Case]] = defaultdict(list)
        for unit in self.units:
            if unit.holder is not None and (unit.locked or self.has_cases(unit.holder)):
                found[unit.holder].extend(unit.cases)
        return {worker_id: tuple(cases) for worker_id, cases in found.items()}

    def homeless(self, case: Case) -> bool:
        """Say whether `case` may not wait and has no worker here."""
        return self.must_hold(case) and not self.has_cases(self.holder(case))

    def gives_way_to(self, unit: Unit) -> bool:
        """Say whether scope and family give way to a unit: a child of it must have a worker."""
        return not unit.locked and any(self.homeless(case) for case in unit.cases)

    def may_exceed_cap(self, case: Case) -> bool:
        """Say whether a manager's yes lets `case` be one more than somebody's cap."""
        for_all = self.policy.cap.may_exceed_for == "must_hold"
        if not (case.may_exceed_cap or (for_all and self.must_hold(case))):
            return False
        return self.gives_way_to(self.unit_of[case.case_id])

    def scope_beyond(self, case: Case, worker: Worker) -> int:
        """Return the steps by which `worker` is too far for `case` and for each of its siblings."""
        widest = WIDEST[self.policy.eligibility.scope]
        siblings = self.group_of[case.case_id].cases
        if any(self.scope_step(one, worker) <= widest for one in siblings):
            return 0
        return self.scope_step(case, worker) - widest

    def is_transfer(self, case: Case, worker_id: str) -> bool:
        """Say whether `case`, with this worker, has made the transfer that is due."""
        due = case.case_id in self.due_transfers
        return due and not is_outside(self, case, self.worker_by_id[worker_id])

    def scope_step(self, case: Case, worker: Worker) -> int:
        """Return how far outside its own team `case` is with `worker`."""
        return scope_step(case, worker, self.team_by_id)
