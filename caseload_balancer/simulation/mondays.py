"""One Monday as a practice sees it: who holds what, who may be given what, and who needs a worker.

The one place of the room that asks the library's rules, so that a practice and a plan go by the
same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Snapshot, Worker
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY


@dataclass(frozen=True, eq=False)
class Monday:
    """One Monday under the rules of a policy; numbers are those of `case_ids` and `worker_ids`.

    Parameters
    ----------
    snapshot
        The week.
    policy
        Whose rules hold.
    transferred
        Ids of children who went to another team since they last changed worker.
    """

    snapshot: Snapshot
    policy: Policy
    transferred: frozenset[str] = frozenset()

    @cached_property
    def facts(self) -> Facts:
        """What the library makes of the week."""
        return Facts.of(self.snapshot, self.policy)

    @cached_property
    def case_ids(self) -> tuple[str, ...]:
        """Ids of the cases, in order."""
        return tuple(case.case_id for case in self.facts.index.cases)

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The workers, in order of their ids."""
        return self.facts.index.workers

    @property
    def holder(self) -> Ints:
        """Shape (cases,): the number of each case's worker, `NOBODY` where it has none."""
        return self.facts.holder

    @property
    def can_be_given(self) -> Bools:
        """Shape (cases, workers): whether the rules let the case be given to the worker."""
        return self.facts.can_be_given

    @property
    def must_hold(self) -> Bools:
        """Shape (cases,): whether the case may never wait."""
        return self.facts.must_hold

    @property
    def cap(self) -> Ints:
        """Shape (workers,): children each may hold."""
        return self.facts.presence.cap

    @property
    def points(self) -> Ints:
        """Shape (cases,): tenths of a point."""
        return self.facts.points

    @property
    def points_available(self) -> Ints:
        """Shape (workers,): tenths of a point each has for cases."""
        return self.facts.presence.points_available

    @property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of the children who stay together: siblings with one worker, or with none."""
        return self.facts.groups.unit_cases

    @cached_property
    def sent(self) -> Bools:
        """Shape (cases,): whether the case went to a team that its worker is not in."""
        found = np.zeros(len(self.case_ids), np.bool_)
        for number, case in enumerate(self.facts.index.cases):
            if case.case_id in self.transferred and self.holder[number] != NOBODY:
                found[number] = case.team_id not in self.workers[self.holder[number]].team_ids
        return found

    @cached_property
    def asked(self) -> Bools:
        """Shape (cases,): whether the child or a parent asked for another worker."""
        return np.array([case.change_requested for case in self.facts.index.cases], np.bool_)

    @cached_property
    def needs_worker(self) -> Bools:
        """Shape (cases,): nobody holds it, or its worker is not to go on and may be changed."""
        ends = ~self.facts.holder_can_go_on | self.asked | self.sent
        found: Bools = (self.holder == NOBODY) | (ends & ~self.facts.locked)
        return found

    @cached_property
    def forced(self) -> Bools:
        """Shape (cases,): whether a change of worker now would not be by choice.

        A child goes with a sibling who asked for another worker or went to another team.
        """
        found: Bools = (self.holder == NOBODY) | self.facts.forced | self.sent
        for unit in map(list, self.units):
            found[unit] = found[unit].any()
        return found

    def last_day(self, worker: int) -> date | None:
        """Return the last day of a worker who goes but is still here; None for others."""
        leaves_on = self.workers[worker].leaves_on
        if leaves_on is None or leaves_on < self.snapshot.as_of:
            return None
        return leaves_on

    def as_it_is(self) -> dict[str, str | None]:
        """Return the allocation that changes nothing."""
        return {
            case_id: self.workers[worker].worker_id if worker != NOBODY else None
            for case_id, worker in zip(self.case_ids, self.holder.tolist(), strict=True)
        }

    def reasons(self, allocation: Mapping[str, str | None]) -> dict[str, SpellReason]:
        """Return why each spell that an allocation ends has ended."""
        found: dict[str, SpellReason] = {}
        now = self.as_it_is()
        for number, case_id in enumerate(self.case_ids):
            if now[case_id] is not None and allocation[case_id] != now[case_id]:
                found[case_id] = self._reason(number)
        return found

    def _reason(self, case: int) -> SpellReason:
        if self.asked[case]:
            return "CHCHAN"
        if self.sent[case]:
            return "TSPROC"
        if self.facts.holder_can_go_on[case]:
            return "MANAGE"
        gone = self.workers[self.holder[case]].leaves_on is not None
        return "LEFTRL" if gone else "ABSENC"
