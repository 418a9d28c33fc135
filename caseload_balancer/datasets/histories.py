"""Makes up two years of spells: who held a family before, and why that ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseload_balancer.datasets.drafts import Family, StaffPost, Stretch
from caseload_balancer.datasets.draws import Draws
from caseload_balancer.datasets.figures import (
    DEPARTED_REASONS,
    HISTORY_DAYS,
    REASONS,
    THREE_WORKERS_SHARE,
    THREE_WORKERS_SHARE_OF_OTHERS,
    TWO_WORKERS_SHARE,
    YEAR,
)
from caseload_balancer.domain.words import SpellReason

DEPARTED_SHARE = 0.4  # local: workers who went within two years, for each worker now
FEWEST_DEPARTED = 6  # more than one child's history needs
DAYS_FOR_TWO, DAYS_FOR_THREE = 45, 120  # local: how long a case is open before it changes hands
RETURNS = 0.05  # local: changes that go back to the worker before


def write_histories(
    families: Sequence[Family], posts: Sequence[StaffPost], today: date, draws: Draws
) -> None:
    """Set every family's spells, so that the published share of children had three workers."""
    histories = _Histories(_EarlierHolders(posts, draws), _Reasons(draws), today, draws)
    quota = {True: _Share(THREE_WORKERS_SHARE), False: _Share(THREE_WORKERS_SHARE_OF_OTHERS)}
    for family in draws.shuffled(families):
        looked_after = family.types.count("looked_after")
        open_days = min(HISTORY_DAYS, (today - family.opened_on).days)
        counted = looked_after or len(family.types)
        kept_open = family.holder is not None
        share = quota[looked_after > 0]
        if kept_open and open_days >= DAYS_FOR_THREE and share.behind:
            workers = 3 + draws.chance(0.15)
        elif open_days >= DAYS_FOR_TWO and draws.chance(TWO_WORKERS_SHARE):
            workers = 2
        else:
            workers = 1
        share.count(counted, reached=workers > 2)
        family.stretches = histories.of(family, workers, open_days)


class _Share:
    """Keeps a share of children at a published figure, as they are counted one by one."""

    def __init__(self, wanted: float) -> None:
        self._wanted, self._reached, self._counted = wanted, 0, 0

    @property
    def behind(self) -> bool:
        return self._reached <= self._wanted * self._counted

    def count(self, children: int, *, reached: bool) -> None:
        self._counted += children
        self._reached += children if reached else 0


class _EarlierHolders:
    """Draws who held a family before, in the same team: still there, or gone since."""

    def __init__(self, posts: Sequence[StaffPost], draws: Draws) -> None:
        self._draws = draws
        self._here: Mapping[int, list[StaffPost]] = defaultdict(list)
        for post in posts:
            self._here[post.team].append(post)
        width = max(3, len(str(len(posts))))
        self._gone: dict[int, list[str]] = defaultdict(list)
        for number in range(1, max(FEWEST_DEPARTED, int(len(posts) * DEPARTED_SHARE)) + 1):
            # Numbered on from the present workers, as if their ids had never been used again.
            team = draws.pick(posts).team
            self._gone[team].append(f"W-{len(posts) + number:0{width}d}")
        self._all_gone = [worker_id for ids in self._gone.values() for worker_id in ids]

    def of(self, family: Family, *, departed: bool, without: Sequence[str]) -> str:
        here = [p.worker_id for p in self._here[family.team] if p.may_hold(family.main_type)]
        gone = self._gone[family.team] or self._all_gone
        for pool in (gone, here, self._all_gone) if departed else (here, gone, self._all_gone):
            free = [worker_id for worker_id in pool if worker_id not in without]
            if free:
                return self._draws.pick(free)
        return self._draws.pick(self._all_gone)


class _Reasons:
    """Draws why changes happened, with managed caseloads at their published share."""

    def __init__(self, draws: Draws) -> None:
        self._draws = draws
        self._managed = _Share(REASONS["MANAGE"])
        self._others = [reason for reason in REASONS if reason != "MANAGE"]

    def draw(self, children: int) -> SpellReason:
        managed = self._managed.behind
        self._managed.count(children, reached=managed)
        weights = [REASONS[reason] for reason in self._others]
        other = self._draws.weighted(self._others, weights)
        return "MANAGE" if managed else other


@dataclass(frozen=True)
class _Histories:
    predecessors: _EarlierHolders
    reasons: _Reasons
    today: date
    draws: Draws

    def of(self, family: Family, workers: int, open_days: int) -> list[Stretch]:
        """Return contiguous spells, oldest first, with `workers` distinct ones in the year."""
        first = self.today - timedelta(days=open_days)
        end = self.today if family.waiting_since is None else family.waiting_since
        if end == first:
            return []
        changes = _change_days(first, end, self.today, workers - 1, self.draws)
        if open_days > YEAR + DAYS_FOR_TWO and self.draws.chance(TWO_WORKERS_SHARE):
            changes.insert(0, first + timedelta(days=self.draws.between(20, open_days - YEAR - 1)))
        held = family.holder is not None
        ends = changes if held else [*changes, end]
        why = [self.reasons.draw(len(family.types)) for _ in ends]
        worker_ids = self._workers(family, why, returns=workers < 3)
        before_next = [max(day - timedelta(days=1), first) for day in ends]
        return [
            Stretch(worker_id, start, last, reason)
            for worker_id, start, last, reason in zip(
                worker_ids,
                [first, *changes],
                [*before_next, None] if held else before_next,
                [*why, None] if held else why,
                strict=True,
            )
        ]

    def _workers(self, family: Family, why: Sequence[SpellReason], *, returns: bool) -> list[str]:
        """Return who held the family, oldest first, from the last one back."""
        found = [family.holder.worker_id] if family.holder is not None else []
        for reason in reversed(why):
            if returns and len(found) > 1 and self.draws.chance(RETURNS):
                found.append(found[-2])
                continue
            departed = reason in DEPARTED_REASONS
            found.append(self.predecessors.of(family, departed=departed, without=found))
        return found[::-1]


def _change_days(first: date, end: date, today: date, count: int, draws: Draws) -> list[date]:
    """Return `count` days within the last year, in order, at least a fortnight apart."""
    begin = max(first, today - timedelta(days=YEAR - 10)) + timedelta(days=7)
    days = (end - begin).days - 7
    if count <= 0 or days < 14 * count:
        return []
    slot = days // count
    return [
        begin + timedelta(days=slot * number + draws.below(max(1, slot - 14)))
        for number in range(count)
    ]
