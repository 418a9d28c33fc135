"""Repairs of a shortage that could be tried: one class of candidates a method."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from caseload_balancer.domain import Case, Worker
from caseload_balancer.insight.edits import (
    Allow,
    Edit,
    Joins,
    JoinsTeam,
    MaxNew,
    MayHold,
    PolicyChange,
    Separate,
    Unlock,
    WorkerCap,
)
from caseload_balancer.insight.unmet.places import Crowd
from caseload_balancer.insight.unmet.unmet import Unmet, siblings_who_stay_together
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limits import LIMITS, MOVES_LIFTED, Settings
from caseload_balancer.problem.presence import children_per_fte

RepairKind = Literal["fte", "places", "cap", "team", "right", "rule", "lock", "family", "limit"]
KINDS: Final[dict[RepairKind, tuple[str, str]]] = {
    "fte": ("FTE", "FTE"),
    "places": ("place", "places"),
    "cap": ("child a full-time worker", "children a full-time worker"),
    "team": ("worker lent", "workers lent"),
    "right": ("row of the tables", "rows of the tables"),
    "rule": ("rule of the policy", "rules of the policy"),
    "lock": ("lock", "locks"),
    "family": ("family split", "families split"),
    "limit": ("limit", "limits"),
}
"""What each kind's size counts, one and many."""

_WIDER: Final = {
    "team": ("parent", "the same locality"),
    "parent": ("service", "the whole service"),
}
_ASYE: Final = "newly qualified workers may hold"
LIFTING: Final[Mapping[str, type[MaxNew]]] = {"max_new": MaxNew}
"""The edit that lifts a limit of a worker's own column; caps are raised place by place instead."""


@dataclass(frozen=True)
class Draft:
    """A repair not tried yet.

    Parameters
    ----------
    kind, size
        What it changes, and how much of it.
    edits
        How.
    """

    kind: RepairKind
    size: Decimal
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class Places:
    """Places that workers could have beyond their caps, the widest gap first.

    Parameters
    ----------
    cap
        The caps as they are.
    order
        Whose cap is raised by one child, and then whose.
    """

    cap: Mapping[str, int]
    order: tuple[str, ...]

    @property
    def most(self) -> int:
        """How many places there could be more."""
        return len(self.order)

    def raised(self, places: int) -> tuple[Edit, ...]:
        """Return the caps with so many places more."""
        added = Counter(self.order[:places])
        return tuple(
            WorkerCap(worker_id=one, cap=self.cap[one] + number)
            for one, number in sorted(added.items())
        )


class Drafts:
    """Drafts repairs of one week; those with the most to give come first.

    Parameters
    ----------
    week
        The week.
    unmet
        The fewest children unmet as it is.
    """

    def __init__(self, week: Week, unmet: Unmet) -> None:
        self._week = week
        self._unmet = unmet
        self._facts = Facts.of(week.snapshot, week.policy)

    def cases(self, crowd: Crowd) -> list[Case]:
        """Return the cases of a crowd."""
        return [self._facts.index.cases[number] for number in crowd.cases]

    def places(self, crowd: Crowd) -> Places:
        """Raise the caps of the crowd's workers as far as the policy allows, evenly."""
        teams = self._week.snapshot.team_by_id
        room: dict[str, int] = {}
        cap: dict[str, int] = {}
        for number in crowd.workers:
            worker = self._facts.index.workers[number]
            if self._facts.presence.takes_cases[number]:
                cap[worker.worker_id] = int(self._facts.presence.cap[number])
                most = children_per_fte(worker, self._week.policy, teams)
                room[worker.worker_id] = max(0, most - cap[worker.worker_id])
        order: list[str] = []
        for _ in range(min(crowd.too_many, sum(room.values()))):
            widest = max(sorted(room), key=lambda one: room[one] - order.count(one))
            order.append(widest)
        return Places(cap, tuple(order))

    def lending(self, crowd: Crowd, cases: Sequence[Case]) -> Iterator[Draft]:
        """Lend the children's team a worker who has places left."""
        for worker in self._with_room(crowd):
            for team_id in teams_of(cases):
                if worker.team_ids and team_id not in worker.team_ids:
                    edit = JoinsTeam(worker_id=worker.worker_id, team_id=team_id)
                    yield Draft("team", Decimal(1), (edit,))

    def rules(self, cases: Sequence[Case]) -> Iterator[Draft]:
        """Let newly qualified workers hold more, or cases go further."""
        rules = self._week.policy.eligibility
        changes: dict[str, dict[str, object]] = {}
        if not rules.asye_may_hold_child_protection:
            changes[f"{_ASYE} child protection cases"] = {"asye_may_hold_child_protection": True}
        if not rules.asye_may_hold_court and any(case.in_court for case in cases):
            changes[f"{_ASYE} cases in court"] = {"asye_may_hold_court": True}
        if rules.scope in _WIDER:
            scope, where = _WIDER[rules.scope]
            changes[f"cases may go to workers of {where}"] = {"scope": scope}
        yield from _of_policy(
            "rule", {called: {"eligibility": change} for called, change in changes.items()}
        )

    def rights(self, crowd: Crowd, cases: Sequence[Case]) -> Iterator[Draft]:
        """Lift an exclusion, or make a worker's list of case types longer."""
        kinds = {case.case_type for case in cases}
        for case in cases:
            for worker_id in case.excluded_worker_ids:
                if worker_id in self._week.snapshot.worker_by_id:
                    allow = Allow(case_id=case.case_id, worker_id=worker_id)
                    yield Draft("right", Decimal(1), (allow,))
        for worker in self._with_room(crowd):
            missing = tuple(sorted(kinds - set(worker.may_hold)))
            if worker.may_hold and missing:
                edit = MayHold(worker_id=worker.worker_id, case_types=missing)
                yield Draft("right", Decimal(1), (edit,))

    def _with_room(self, crowd: Crowd) -> list[Worker]:
        """Return workers outside the crowd who take cases and have places left, the most first."""
        left = self._facts.presence.cap - self._facts.index.children_held
        outside = [
            number
            for number in range(len(self._facts.index.workers))
            if number not in crowd.workers
            and self._facts.presence.takes_cases[number]
            and left[number] > 0
        ]
        outside.sort(key=lambda number: (-left[number], number))
        return [self._facts.index.workers[number] for number in outside]

    def splits(self, in_trouble: Container[str]) -> Iterator[Draft]:
        """Split a family: those who wait first, then those with a worker who is over the cap."""
        families = {
            family_id: cases
            for family_id, cases in siblings_who_stay_together(self._week.snapshot).items()
            if cases[0].case_id in in_trouble
        }
        waiting, crowded = set(self._unmet.case_ids), set(self._unmet.worker_ids)

        def far(family_id: str) -> int:
            cases = families[family_id]
            if any(case.case_id in waiting for case in cases):
                return 0
            return 1 if any(case.worker_id in crowded for case in cases) else 2

        for family_id in sorted(families, key=lambda one: (far(one), one)):
            yield Draft("family", Decimal(1), (Separate(family_id=family_id),))

    def limits(self) -> Iterator[Draft]:
        """Raise or lift one limit."""
        changes: dict[str, Settings] = {}
        if self._week.policy.limits.move_budget is not None:
            changes["no limit of moves"] = MOVES_LIFTED
        yield from _of_policy("limit", changes)
        for worker in self._facts.index.workers:
            for limit in LIMITS:
                if limit.column in LIFTING and getattr(worker, limit.column) is not None:
                    edit = LIFTING[limit.column](worker_id=worker.worker_id)
                    yield Draft("limit", Decimal(1), (edit,))


def _of_policy(kind: RepairKind, changes: Mapping[str, Settings]) -> Iterator[Draft]:
    for called, settings in changes.items():
        changed = {section: dict(values) for section, values in settings.items()}
        edit = PolicyChange(settings=changed, called=called)
        yield Draft(kind, Decimal(1), (edit,))


def together(drafts: Sequence[Draft]) -> Draft:
    """Return several drafts of one kind as one."""
    edits = tuple(edit for draft in drafts for edit in draft.edits)
    return Draft(drafts[0].kind, sum((draft.size for draft in drafts), Decimal(0)), edits)


def unlocking(cases: Sequence[Case]) -> Iterator[Draft]:
    """Unlock one case."""
    for case in cases:
        if case.locked:
            yield Draft("lock", Decimal(1), (Unlock(case_id=case.case_id),))


def joining(tenths: int, teams: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return so many tenths of an FTE as people: full-time ones and one part-timer."""
    full, rest = divmod(tenths, 10)
    edits = [Joins(count=full, team_ids=teams)] if full else []
    if rest:
        edits.append(Joins(fte=Decimal(rest) / 10, team_ids=teams))
    return tuple(edits)


def teams_of(cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the teams of the cases, the team of most first."""
    count = Counter(case.team_id for case in cases if case.team_id is not None)
    return tuple(sorted(count, key=lambda team_id: (-count[team_id], team_id)))
