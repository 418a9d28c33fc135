"""Makes up two years of spells: who held a family before, and why that ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from caseload_balancer.datasets.drafts import Family, Post, Stretch
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

DEPARTED_SHARE = 0.4  # local: workers who went within two years, for each worker now
DAYS_FOR_TWO, DAYS_FOR_THREE = 45, 120  # local: how long a case is open before it changes hands
RETURNS = 0.05  # local: changes that go back to the worker before


def write_histories(
    families: Sequence[Family], posts: Sequence[Post], today: date, draws: Draws
) -> None:
    """Set every family's spells, so that the published share of children had three workers."""
    before = _Predecessors(posts, draws)
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
        family.stretches = _history(family, workers, open_days, today, before, draws)


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


class _Predecessors:
    """Draws who held a family before, in the same team: still there, or gone since."""

    def __init__(self, posts: Sequence[Post], draws: Draws) -> None:
        self._draws = draws
        self._here: Mapping[int, list[Post]] = defaultdict(list)
        for post in posts:
            self._here[post.team].append(post)
        width = max(3, len(str(len(posts))))
        self._gone: dict[int, list[str]] = defaultdict(list)
        for number, post in enumerate(posts[: max(2, int(len(posts) * DEPARTED_SHARE))], start=1):
            # Departed workers are numbered on from the present ones and spread over the teams.
            team = posts[(number * 5) % len(posts)].team if number > 1 else post.team
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


def _history(
    family: Family,
    workers: int,
    open_days: int,
    today: date,
    before: _Predecessors,
    draws: Draws,
) -> list[Stretch]:
    """Return contiguous spells, oldest first, with `workers` distinct ones within the year."""
    end = today
    if family.holder is None:
        if family.waiting_since is None or (today - family.waiting_since).days >= open_days:
            return []
        end = family.waiting_since
    first = today - timedelta(days=open_days)
    changes = _change_days(first, end, today, workers - 1, draws)
    if open_days > YEAR + DAYS_FOR_TWO and draws.chance(TWO_WORKERS_SHARE):
        changes.insert(0, first + timedelta(days=draws.between(20, open_days - YEAR - 1)))
    reasons = list(REASONS)
    why = [draws.weighted(reasons, list(REASONS.values())) for _ in (*changes, end)]
    holder = family.holder.worker_id if family.holder is not None else None
    held_by = [holder] if holder is not None else []
    for reason in reversed(why[: len(changes)] if holder is not None else why):
        if len(held_by) > 1 and workers < 3 and draws.chance(RETURNS):
            held_by.append(held_by[-2])
            continue
        departed = reason in DEPARTED_REASONS
        held_by.append(before.of(family, departed=departed, without=held_by))
    held_by.reverse()
    starts = [first, *changes]
    ends = [*changes, None if holder is not None else end]
    return [
        Stretch(
            worker_id,
            start,
            None if last is None else max(start, last - timedelta(days=1)),
            None if last is None else reason,
        )
        for worker_id, start, last, reason in zip(held_by, starts, ends, why, strict=True)
    ]


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
