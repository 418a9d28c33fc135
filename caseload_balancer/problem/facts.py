"""All that is derived from a snapshot and a policy before any cost is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.problem.co_work import CoWork, measure_co_work
from caseload_balancer.problem.concessions import NONE, Opened
from caseload_balancer.problem.eligibility import (
    is_must_hold,
    measure_may_hold,
)
from caseload_balancer.problem.groups import Groups, find_groups
from caseload_balancer.problem.history import (
    History,
    change_factors,
    count_recent_cases,
    measure_history,
)
from caseload_balancer.problem.index import NOBODY, Index
from caseload_balancer.problem.points import measure_points
from caseload_balancer.problem.presence import Presence, measure_presence
from caseload_balancer.problem.progress import measure_in_progress
from caseload_balancer.problem.reserve import count_places_kept
from caseload_balancer.problem.scope import measure_in_scope, measure_scope_steps
from caseload_balancer.problem.transfers import Transfers, measure_transfers


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of one week, as arrays over cases and workers in canonical order.

    Parameters
    ----------
    policy, index, presence, groups, concessions
        See their classes. All else follows from them, and is worked out when it is first asked
        for: a question about one case needs little of it.
    """

    policy: Policy
    index: Index
    presence: Presence
    groups: Groups
    concessions: Opened = NONE

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        policy: Policy,
        concessions: Opened = NONE,
        *,
        presence: Presence | None = None,
    ) -> Facts:
        """Derive the facts of `snapshot` under `policy`, with what is opened to some children.

        Parameters
        ----------
        presence
            What `measure_presence` returns for it, if that is known.
        """
        index = Index.of(snapshot)
        facts = cls(
            policy=policy,
            index=index,
            presence=measure_presence(index, policy) if presence is None else presence,
            groups=find_groups(index, concessions.apart),
            concessions=concessions,
        )
        if not any(case.co_worker_ids for case in index.cases):
            return facts
        left = facts.co_work.left_of(facts.presence.points_available)
        return replace(facts, presence=replace(facts.presence, points_available=left))

    @property
    def holder(self) -> Ints:
        """Shape (cases,): who holds each case at the start, or `NOBODY`."""
        return self.index.holder

    @cached_property
    def history(self) -> History:
        """What each child has been through."""
        return measure_history(self.index, self.policy)

    @cached_property
    def places_kept(self) -> Ints:
        """Shape (workers,): last places each worker keeps for next week's must-hold children."""
        return count_places_kept(self)

    @cached_property
    def change_factors(self) -> tuple[Fraction, ...]:
        """How much dearer a change of worker is for each child than for an ordinary one."""
        return change_factors(self.index, self.history, self.policy)

    @cached_property
    def recent_cases(self) -> Ints:
        """Shape (workers,): cases that came to each worker of late."""
        return count_recent_cases(self.index, self.policy)

    @cached_property
    def points(self) -> Ints:
        """Shape (cases,): tenths of a point each case is for its holder."""
        return self._whole_points - self.co_work.of_case

    @cached_property
    def _whole_points(self) -> Ints:
        """Shape (cases,): tenths of a point, what co-workers carry included."""
        return measure_points(self.index, self.groups, self.policy)

    @cached_property
    def co_work(self) -> CoWork:
        """What co-workers carry."""
        able = self.presence.can_hold
        return measure_co_work(self.index, self._whole_points, able, self.policy)

    @cached_property
    def may_hold(self) -> Bools:
        """Shape (cases, workers): whether the worker may hold the case."""
        return measure_may_hold(self.index, self.presence, self.policy)

    @cached_property
    def scope_steps(self) -> Ints:
        """Shape (cases, workers): 0 own team, 1 locality, 2 elsewhere."""
        return measure_scope_steps(self.index)

    @cached_property
    def can_be_given(self) -> Bools:
        """Shape (cases, workers): whether the case can be given to the worker by another."""
        others = self.holder[:, None] != np.arange(len(self.index.workers))
        kept: Bools = self.transfers.stays_until[:, None] & others
        return self.may_hold & self.presence.takes_cases & self.in_scope & ~kept

    @cached_property
    def transfers(self) -> Transfers:
        """Which cases move on to another team."""
        return measure_transfers(self)

    @cached_property
    def in_scope(self) -> Bools:
        """Shape (cases, workers): whether the worker is near enough to be given the case."""
        reach = self.concessions.reach
        opened = np.array([reach.get(case.case_id, 0) for case in self.index.cases], np.int64)
        found: Bools = self.near_family | (self.scope_steps <= opened[:, np.newaxis])
        return found

    @cached_property
    def near_family(self) -> Bools:
        """Shape (cases, workers): whether the policy's scope lets the family go to the worker."""
        return measure_in_scope(self.scope_steps, self.groups.group, self.policy)

    @cached_property
    def must_hold(self) -> Bools:
        """Shape (cases,): whether the case may never wait."""
        return np.array([is_must_hold(case, self.policy) for case in self.index.cases], np.bool_)

    @cached_property
    def holder_can_go_on(self) -> Bools:
        """Shape (cases,): whether the case has a holder who can hold it next week."""
        found = np.zeros(len(self.index.cases), np.bool_)
        held = self.holder != NOBODY
        found[held] = self.presence.can_hold[self.holder[held]]
        return found

    @cached_property
    def holder_still_here(self) -> Bools:
        """Shape (cases,): whether the holder cannot go on, but is here until a last day."""
        found = np.zeros(len(self.index.cases), np.bool_)
        held = self.holder != NOBODY
        found[held] = self.presence.still_here[self.holder[held]]
        return found

    @cached_property
    def locked(self) -> Bools:
        """Shape (cases,): whether the case, or a sibling with the same holder, is locked."""
        return self.groups.locked[self.groups.unit_of_case]

    @cached_property
    def stays(self) -> Bools:
        """Shape (cases,): whether the case can stay where it is."""
        return self.holder_can_go_on | self.holder_still_here | self.locked

    @cached_property
    def _holds_of_group(self) -> Bools:
        """Shape (groups, workers): whether the worker holds one of the group at the start."""
        groups = int(self.groups.group.max(initial=-1)) + 1
        found = np.zeros((groups, len(self.index.workers)), np.bool_)
        held = np.flatnonzero(self.holder != NOBODY)
        found[self.groups.group[held], self.holder[held]] = True
        return found

    def has_of_group(self, cases: Ints, workers: Ints) -> Bools:
        """Say for each pair whether the worker holds the case or a sibling of it at the start."""
        return self._holds_of_group[self.groups.group[cases], workers]

    @cached_property
    def forced(self) -> Bools:
        """Shape (cases,): whether a move of the case would be forced."""
        held: Bools = self.holder != NOBODY
        return held & (~self.holder_can_go_on | self.history.asked)

    @cached_property
    def in_progress(self) -> Bools:
        """Shape (cases,): whether the case is work that nobody takes from who can go on."""
        return measure_in_progress(self.index, self.policy) & self.holder_can_go_on & ~self.forced
