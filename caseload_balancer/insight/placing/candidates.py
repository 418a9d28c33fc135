"""What it would mean for each worker to hold a case, everything else as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.wording import children
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.placing.candidate_rows import Candidate, rank_candidates
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.policy import GoalName
from caseload_balancer.problem.eligibility import against_giving
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.group_costs import GROUP_COSTS
from caseload_balancer.problem.groups import find_groups
from caseload_balancer.problem.index import NOBODY, Index
from caseload_balancer.problem.limits import CHILDREN, POINTS
from caseload_balancer.problem.pair_costs import PAIR_COSTS, is_unforced_move
from caseload_balancer.problem.refusals import Refusal, by_policy
from caseload_balancer.problem.terms import worker_values
from caseload_balancer.problem.use import (
    against_room,
    limits_beside,
    measure_added,
    measure_use,
    start_of,
    use_at_start,
)
from caseload_balancer.problem.wait_costs import WAIT_COSTS

UNLIMITED: Final = 1 << 40
"""Stands where a policy sets no limit."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Placing:
    """Children who move together, and everybody else where they stand.

    Parameters
    ----------
    facts
        The whole week's facts.
    near
        The facts of the children's group alone: enough for all that is about one child.
    unit
        Their numbers in `facts`.
    worker
        Shape (cases,) of `facts`: who has each case, `NOBODY` for the children in question.
    """

    facts: Facts
    near: Facts
    unit: tuple[int, ...]
    worker: Ints

    @classmethod
    def of(cls, facts: Facts, case: int, worker: Ints | None = None) -> Placing:
        """Take a case, and the siblings who move with it, off whoever has it.

        Parameters
        ----------
        case
            Number of the case.
        worker
            Shape (cases,): who has each case; by default everybody who can stays.
        """
        groups = facts.groups
        unit = groups.unit_cases[int(groups.unit_of_case[case])]
        standing = (start_of(facts) if worker is None else worker).copy()
        standing[list(unit)] = NOBODY
        return cls(facts=facts, near=_near(facts, case), unit=unit, worker=standing)

    @cached_property
    def holder(self) -> int:
        """Number of the holder at the start, or `NOBODY`."""
        return int(self.facts.holder[self.unit[0]])

    @cached_property
    def may_stay(self) -> bool:
        """Whether the holder can go on, or must because a child is locked."""
        return bool(self.facts.stays[self.unit[0]])

    @property
    def may_wait(self) -> bool:
        """Whether the children may be left without a worker."""
        return not self.may_stay

    @cached_property
    def near_unit(self) -> tuple[int, ...]:
        """The children's numbers in `near`."""
        ids = (self.facts.index.cases[number].case_id for number in self.unit)
        return tuple(self.near.index.case_number[case_id] for case_id in ids)

    @cached_property
    def rest(self) -> tuple[int, ...]:
        """Numbers of the siblings who stay where they are."""
        group = self.facts.groups.group
        same = np.flatnonzero(group == group[self.unit[0]]).tolist()
        return tuple(number for number in same if number not in self.unit)

    @cached_property
    def use(self) -> Ints:
        """Use by all others, shape (limits, workers)."""
        return measure_use(self.facts, self.worker)

    @cached_property
    def limit(self) -> Ints:
        """Hard limits, shape (limits, workers)."""
        unlimited = np.full_like(self.use, UNLIMITED)
        return limits_beside(self.facts, unlimited, self.worker, self.unit)

    @cached_property
    def added(self) -> Ints:
        """What the children would use at each worker beside the others, shape (limits, workers)."""
        everybody = np.arange(len(self.facts.index.workers))
        return measure_added(self.facts, self.unit, everybody, self.worker)

    def barred(self, worker: int) -> tuple[Refusal, ...]:
        """Return what is against the worker at all; empty for a holder who can stay."""
        if worker == self.holder and self.may_stay:
            return ()
        return against_giving(self.near, self.near_unit, worker)

    def no_room(self, worker: int) -> tuple[Refusal, ...]:
        """Return the limits, and the budget of moves, that the children would break."""
        used, added, hard = (rows[:, worker] for rows in (self.use, self.added, self.limit))
        return (*against_room(self.facts, worker, used, added, hard), *self._over_budget(worker))

    def _over_budget(self, worker: int) -> Iterator[Refusal]:
        budget = self.facts.policy.limits.move_budget
        moves = self._unforced(worker)
        if budget is not None and moves and self._spent + moves > budget:
            already = f"{children(self._spent)} of at most {budget} change worker already"
            yield by_policy("move-budget", "limits.move_budget", already)

    @cached_property
    def _spent(self) -> int:
        """Moved children among the others that count against the budget."""
        held = np.flatnonzero(self.worker != NOBODY)
        return int(is_unforced_move(self.facts, held, self.worker[held]).sum())

    def _unforced(self, worker: int) -> int:
        cases, workers = self._pairs([worker])
        return int(is_unforced_move(self.near, cases, workers).sum())

    def _pairs(self, workers: Sequence[int]) -> tuple[Ints, Ints]:
        cases = np.tile(np.array(self.near_unit, np.int64), len(workers))
        return cases, np.repeat(np.array(workers, np.int64), len(self.near_unit))

    def terms(self, workers: Sequence[int]) -> list[dict[GoalName, int]]:
        """Return for each worker what the children add to each goal there; zeros left out."""
        added: list[dict[GoalName, int]] = [defaultdict(int) for _ in workers]
        cases, pairs = self._pairs(workers)
        if len(workers):
            for goal, cost in PAIR_COSTS.items():
                sums = cost(self.near, cases, pairs).reshape(len(workers), -1).sum(axis=1)
                for one, value in zip(added, sums.tolist(), strict=True):
                    one[goal] += value
        start = use_at_start(self.facts)
        for one, worker in zip(added, workers, strict=True):
            before = self.use[:, worker]
            lighter = worker_values(self.facts, worker, before, start[:, worker])
            more = before + self.added[:, worker]
            heavier = worker_values(self.facts, worker, more, start[:, worker])
            for goal, value in heavier.items():
                one[goal] += value - lighter[goal]
            if self._spread(worker):
                for goal, each in GROUP_COSTS.items():
                    one[goal] += int(each(self.near)[self.near.groups.group[self.near_unit[0]]])
        return [_without_zeros(one) for one in added]

    def _spread(self, worker: int) -> int:
        """Return whether the children's group would be with one worker more."""
        others = {int(self.worker[number]) for number in self.rest} - {NOBODY}
        return int(bool(others) and worker not in others)

    def waiting_terms(self) -> dict[GoalName, int]:
        """Return what the children add to each goal while they wait; zeros left out."""
        # The price of waiting work depends on the whole service's load, the rest on the child.
        return _without_zeros(
            {
                goal: int(cost(self.facts)[list(self.unit)].sum())
                if goal == "imbalance"
                else int(cost(self.near)[list(self.near_unit)].sum())
                for goal, cost in WAIT_COSTS.items()
            }
        )

    def candidates(self) -> tuple[Candidate, ...]:
        """Return every worker: by rank, then those with too little room, then the others."""
        workers = range(len(self.facts.index.workers))
        barred = {worker: self.barred(worker) for worker in workers}
        possible = [worker for worker in workers if not barred[worker]]
        terms = dict(zip(possible, self.terms(possible), strict=True))
        rows = [
            self._candidate(worker, barred[worker] or self.no_room(worker), terms.get(worker, {}))
            for worker in workers
        ]
        return rank_candidates(rows)

    def _candidate(
        self, worker: int, refusals: tuple[Refusal, ...], terms: Mapping[GoalName, int]
    ) -> Candidate:
        facts = self.facts
        used, added = self.use[:, worker], self.added[:, worker]
        before = int(used[POINTS.row])
        name = facts.index.workers[worker].worker_id
        recent = [self.near.history.recent_workers[number] for number in self.near_unit]
        most = max(len(workers | {name}) for workers in recent)
        return Candidate(
            worker_id=name,
            rank=None,
            holds_now=worker == self.holder,
            refusals=refusals,
            terms=terms,
            tiers=by_tier(terms, facts.policy),
            children_before=int(used[CHILDREN.row]),
            children_after=int(used[CHILDREN.row] + added[CHILDREN.row]),
            cap=int(facts.presence.cap[worker]),
            load_before=load_percent(facts, worker, before),
            load_after=load_percent(facts, worker, before + int(added[POINTS.row])),
            known_worker=any(self.near.history.knows(one, worker) for one in self.near_unit),
            workers_in_window=most,
            third_worker=any(name not in workers and len(workers) + 1 >= 3 for workers in recent),
        )


def _without_zeros(terms: Mapping[GoalName, int]) -> dict[GoalName, int]:
    return {goal: value for goal, value in terms.items() if value}


def _near(facts: Facts, case: int) -> Facts:
    """Return the facts of a case's group alone, with every worker."""
    snapshot = facts.index.snapshot
    group = facts.groups.group
    members = np.flatnonzero(group == group[case]).tolist()
    cases = tuple(facts.index.cases[number] for number in members)
    ids = {one.case_id for one in cases}
    index = Index.of(
        # Rows of a snapshot that has been checked need no second check.
        Snapshot.model_construct(
            as_of=snapshot.as_of,
            cases=cases,
            workers=snapshot.workers,
            adjustments=snapshot.adjustments,
            teams=snapshot.teams,
            spells=tuple(spell for spell in snapshot.spells if spell.case_id in ids),
        )
    )
    return Facts(
        policy=facts.policy,
        index=index,
        presence=facts.presence,
        groups=find_groups(index, facts.concessions.apart),
        concessions=facts.concessions,
    )
