"""What would mend a shortage: the cheapest of each kind, tried alone and solved again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final, Literal

from caseload_balancer.domain import Case, Worker
from caseload_balancer.insight.edits import (
    Allow,
    Cap,
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
from caseload_balancer.insight.places import Crowd
from caseload_balancer.insight.unmet import Unmet, least_unmet, siblings_who_stay_together
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan.words import counted, listed
from caseload_balancer.problem.facts import Facts
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

MOST_TRIED: Final = 12
"""Candidates of one kind that are tried: those with the most to give come first."""

_WIDER: Final = {
    "team": ("parent", "the same locality"),
    "parent": ("service", "the whole service"),
}
_ASYE: Final = "newly qualified workers may hold"


@dataclass(frozen=True)
class Repair:
    """One way to mend a shortage, tried by itself.

    Parameters
    ----------
    kind, size
        What is changed, and how much of it; `KINDS` says what the size counts.
    sentence
        The repair and what it does, in a manager's words.
    edits
        What was changed: edits that a scenario takes too.
    before, after
        Children unmet at the least, as the week is and with the edits made.
    """

    kind: RepairKind
    size: Decimal
    sentence: str
    edits: tuple[Edit, ...]
    before: int
    after: int

    @property
    def unit(self) -> str:
        """What the size counts."""
        one, many = KINDS[self.kind]
        return one if self.size == 1 else many


@dataclass(frozen=True)
class _Draft:
    """A repair not tried yet."""

    kind: RepairKind
    size: Decimal
    edits: tuple[Edit, ...]


class Workshop:
    """Drafts repairs of one week and tries them.

    Parameters
    ----------
    week
        The week.
    unmet
        The fewest children unmet as it is.
    time_limit, seed
        Of each solve.
    """

    def __init__(self, week: Week, unmet: Unmet, *, time_limit: float, seed: int) -> None:
        self._week = week
        self._unmet = unmet
        self._time_limit = time_limit
        self._seed = seed
        self._facts = Facts.of(week.snapshot, week.policy)

    def mend(self, crowds: Sequence[Crowd], *, families: bool, limits: bool) -> tuple[Repair, ...]:
        """Return what helps: those that mend most first, and among equals the smallest.

        Parameters
        ----------
        crowds
            Children with too few places; each is mended by itself.
        families, limits
            Whether siblings who stay together, and limits beside the cap, add to the shortage.
        """
        found = [repair for crowd in crowds for repair in self._for_crowd(crowd)]
        if self._unmet.children:
            found += self._smallest("cap", self._cap, most=200 - self._cap_now)
        if families:
            found += self._best(self._splits())
        if limits:
            found += self._best(self._limits())
        return tuple(
            sorted(
                {repair.sentence: repair for repair in found}.values(),
                key=lambda repair: (repair.after, list(KINDS).index(repair.kind), repair.size),
            )
        )

    def _for_crowd(self, crowd: Crowd) -> Iterator[Repair]:
        cases = [self._facts.index.cases[number] for number in crowd.cases]
        teams = _teams(cases)
        enough = 10 * crowd.too_many  # an FTE a child is more than enough
        yield from self._smallest("fte", lambda tenths: _joining(tenths, teams), most=enough)
        yield from self._best(self._places(crowd))
        yield from self._best(self._lending(crowd, cases))
        yield from self._best(self._rights(crowd, cases))
        yield from self._best(self._rules(cases))
        yield from self._best(_unlocking(cases))

    def _try(self, draft: _Draft) -> Repair | None:
        """Apply a draft and solve again; None where it does not help."""
        week = reduce(lambda changed, edit: edit.apply(changed), draft.edits, self._week)
        after = least_unmet(week, time_limit=self._time_limit, seed=self._seed).children
        if after >= self._unmet.children:
            return None
        words = listed([edit.words for edit in draft.edits])
        left = f"then {after:,} {'is' if after == 1 else 'are'} still too many"
        return Repair(
            kind=draft.kind,
            size=draft.size,
            sentence=f"{words}: {left if after else 'then none is too many'}",
            edits=draft.edits,
            before=self._unmet.children,
            after=after,
        )

    def _best(self, drafts: Iterator[_Draft]) -> list[Repair]:
        """Return the draft that mends most, the smallest among equals."""
        tried = []
        for draft in _first(drafts):
            repair = self._try(draft)
            if repair is not None:
                tried.append(repair)
                if not repair.after:  # nothing mends more, and the first are the smallest
                    break
        best = sorted(tried, key=lambda repair: (repair.after, repair.size, repair.sentence))
        return best[:1]

    def _smallest(
        self, kind: RepairKind, edits: Callable[[int], tuple[Edit, ...]], *, most: int
    ) -> list[Repair]:
        """Return the smallest size that mends as much as `most` does: more never mends less."""

        def of(size: int) -> Repair | None:
            shown = Decimal(size) / 10 if kind == "fte" else Decimal(size)
            return self._try(_Draft(kind, shown, edits(size)))

        best = of(most)
        low, high = 1, most
        while best is not None and low < high:
            middle = (low + high) // 2
            tried = of(middle)
            if tried is not None and tried.after <= best.after:
                best, high = tried, middle
            else:
                low = middle + 1
        return [] if best is None else [best]

    @property
    def _cap_now(self) -> int:
        return self._week.policy.cap.children_per_fte

    def _cap(self, more: int) -> tuple[Edit, ...]:
        return (Cap(children_per_fte=self._cap_now + more),)

    def _places(self, crowd: Crowd) -> Iterator[_Draft]:
        """Raise the caps of the crowd's workers as far as the policy allows, evenly."""
        teams = self._week.snapshot.team_by_id
        room: dict[str, int] = {}
        cap: dict[str, int] = {}
        for number in crowd.workers:
            worker = self._facts.index.workers[number]
            if self._facts.presence.takes_cases[number]:
                cap[worker.worker_id] = int(self._facts.presence.cap[number])
                most = children_per_fte(worker, self._week.policy, teams)
                room[worker.worker_id] = most - cap[worker.worker_id]
        added: Counter[str] = Counter()
        for _ in range(min(crowd.too_many, sum(room.values()))):
            widest = max(sorted(room), key=lambda one: room[one] - added[one])
            added[widest] += 1
        if added:
            edits = tuple(
                WorkerCap(worker_id=one, cap=cap[one] + number)
                for one, number in sorted(added.items())
            )
            yield _Draft("places", Decimal(added.total()), edits)

    def _lending(self, crowd: Crowd, cases: Sequence[Case]) -> Iterator[_Draft]:
        for worker in self._with_room(crowd):
            for team_id in _teams(cases):
                if worker.team_ids and team_id not in worker.team_ids:
                    edit = JoinsTeam(worker_id=worker.worker_id, team_id=team_id)
                    yield _Draft("team", Decimal(1), (edit,))

    def _rules(self, cases: Sequence[Case]) -> Iterator[_Draft]:
        rules = self._week.policy.eligibility
        changes: dict[str, dict[str, object]] = {}
        if not rules.asye_may_hold_child_protection:
            changes[f"{_ASYE} child protection cases"] = {"asye_may_hold_child_protection": True}
        if not rules.asye_may_hold_court and any(case.in_court for case in cases):
            changes[f"{_ASYE} cases in court"] = {"asye_may_hold_court": True}
        if rules.scope in _WIDER:
            scope, where = _WIDER[rules.scope]
            changes[f"cases may go to workers of {where}"] = {"scope": scope}
        yield from _of_policy("rule", "eligibility", changes)

    def _rights(self, crowd: Crowd, cases: Sequence[Case]) -> Iterator[_Draft]:
        kinds = {case.case_type for case in cases}
        for case in cases:
            for worker_id in case.excluded_worker_ids:
                yield _Draft(
                    "right", Decimal(1), (Allow(case_id=case.case_id, worker_id=worker_id),)
                )
        for worker in self._with_room(crowd):
            missing = tuple(sorted(kinds - set(worker.may_hold)))
            if worker.may_hold and missing:
                edit = MayHold(worker_id=worker.worker_id, case_types=missing)
                yield _Draft("right", Decimal(1), (edit,))

    def _with_room(self, crowd: Crowd) -> list[Worker]:
        """Return workers outside the crowd who take cases and have places left, the most first."""
        left = self._facts.presence.cap - self._facts.children_held
        outside = [
            number
            for number in range(len(self._facts.index.workers))
            if number not in crowd.workers
            and self._facts.presence.takes_cases[number]
            and left[number] > 0
        ]
        outside.sort(key=lambda number: (-left[number], number))
        return [self._facts.index.workers[number] for number in outside]

    def _splits(self) -> Iterator[_Draft]:
        """Split a family: those who wait first, then those with a worker who is over the cap."""
        families = siblings_who_stay_together(self._week.snapshot)
        waiting, crowded = set(self._unmet.case_ids), set(self._unmet.worker_ids)

        def far(family_id: str) -> int:
            cases = families[family_id]
            if any(case.case_id in waiting for case in cases):
                return 0
            return 1 if any(case.worker_id in crowded for case in cases) else 2

        for family_id in sorted(families, key=lambda one: (far(one), one)):
            yield _Draft("family", Decimal(1), (Separate(family_id=family_id),))

    def _limits(self) -> Iterator[_Draft]:
        limits = self._week.policy.limits
        court, new = limits.court_families + 1, limits.new_families_at_least + 1
        changes: dict[str, dict[str, object]] = {
            f"every worker may hold {counted(court, 'family', 'families')} in court": {
                "court_families": court
            }
        }
        if limits.new_families_per_month_per_open is not None:
            families = counted(new, "new family", "new families")
            changes[f"everybody may take {families}"] = {"new_families_at_least": new}
            changes["no weekly limit of new families"] = {"new_families_per_month_per_open": None}
        if limits.move_budget is not None:
            changes["no limit of moves"] = {"move_budget": None}
        yield from _of_policy("limit", "limits", changes)
        for worker in self._facts.index.workers:
            if worker.max_new is not None:
                yield _Draft("limit", Decimal(1), (MaxNew(worker_id=worker.worker_id),))


def _of_policy(
    kind: RepairKind, section: str, changes: Mapping[str, Mapping[str, object]]
) -> Iterator[_Draft]:
    for called, change in changes.items():
        edit = PolicyChange(settings={section: dict(change)}, called=called)
        yield _Draft(kind, Decimal(1), (edit,))


def _unlocking(cases: Sequence[Case]) -> Iterator[_Draft]:
    for case in cases:
        if case.locked:
            yield _Draft("lock", Decimal(1), (Unlock(case_id=case.case_id),))


def _joining(tenths: int, teams: tuple[str, ...]) -> tuple[Edit, ...]:
    full, rest = divmod(tenths, 10)
    edits = [Joins(count=full, team_ids=teams)] if full else []
    if rest:
        edits.append(Joins(fte=Decimal(rest) / 10, team_ids=teams))
    return tuple(edits)


def _teams(cases: Sequence[Case]) -> tuple[str, ...]:
    """Return the teams of the cases, the team of most first."""
    count = Counter(case.team_id for case in cases if case.team_id is not None)
    return tuple(sorted(count, key=lambda team_id: (-count[team_id], team_id)))


def _first(drafts: Iterator[_Draft]) -> list[_Draft]:
    return [draft for draft, _ in zip(drafts, range(MOST_TRIED), strict=False)]
