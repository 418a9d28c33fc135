"""Adds what makes a week untidy: split siblings, locks, exclusions, requests and misfits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws
from caseload_balancer.datasets.figures import COURT_FAMILIES
from caseload_balancer.datasets.shapes import Shape

MANAGER_KEEPS_EVERY = 3  # local: one waiting family in three is recorded under a manager


def touch(
    shape: Shape, families: Sequence[Family], posts: Sequence[StaffPost], draws: Draws
) -> None:
    """Spread the exceptions that `shape` counts over families drawn at random."""
    held = [f for f in families if f.holder is not None and not f.holder.away]
    deck = _Deck(draws.shuffled(held))
    _involve_colleagues(shape, deck, posts, draws)
    for family in deck.take(shape.may_separate, lambda f: len(f.types) > 1 and not f.in_court):
        family.youngest_may_separate = True
    for family in deck.take(shape.locked, lambda f: f.in_court):
        family.locked = True
    for family in deck.take(shape.change_requested, lambda f: len(f.types) == 1):
        family.change_requested = True
    for family in deck.take(shape.misfits // 2, _could_be_stepped_up):
        family.types[0] = "child_protection"
    courts = Counter(f.holder.worker_id for f in families if f.in_court and f.holder is not None)
    third = shape.misfits - shape.misfits // 2
    for family in deck.take(third, lambda f: _could_be_third(f, courts)):
        family.in_court = True
    if shape.managers:
        waiting = [family for family in families if family.holder is None]
        for family in waiting[::MANAGER_KEEPS_EVERY]:
            family.kept_by_manager = True


class _Deck:
    """Families from which each exception takes its own, so that no family has two."""

    def __init__(self, families: list[Family]) -> None:
        self._families = families

    def take(self, count: int, fits: Callable[[Family], bool]) -> list[Family]:
        taken = [family for family in self._families if fits(family)][:count]
        for family in taken:
            self._families.remove(family)
        return taken


def _involve_colleagues(
    shape: Shape, deck: _Deck, posts: Sequence[StaffPost], draws: Draws
) -> None:
    """Give a sibling to another worker of the team, or rule one out."""
    colleagues = _colleagues(posts)

    def others(family: Family) -> list[StaffPost]:
        known = {stretch.worker_id for stretch in family.stretches}
        return [post for post in colleagues[family.team] if post.worker_id not in known]

    for family in deck.take(shape.split, lambda f: _could_be_split(f) and bool(others(f))):
        family.stray = draws.pick(others(family))
    for family in deck.take(shape.excluded, lambda f: bool(others(f))):
        family.excluded = (draws.pick(others(family)).worker_id,)


def _colleagues(posts: Sequence[StaffPost]) -> dict[int, list[StaffPost]]:
    """Workers of each team who could hold a sibling or be excluded."""
    found: dict[int, list[StaffPost]] = defaultdict(list)
    for post in posts:
        if post.role in {"social_worker", "senior"} and not post.heavy and not post.away:
            found[post.team].append(post)
    return found


def _could_be_split(family: Family) -> bool:
    """Siblings whose holder keeps the published load whoever has the youngest."""
    return len(family.types) > 1 and family.holder is not None and not family.holder.heavy


def _could_be_stepped_up(family: Family) -> bool:
    """Child in need with a newly qualified worker, who may not hold child protection."""
    newly_qualified = family.holder is not None and family.holder.role == "asye"
    return newly_qualified and family.types == ["child_in_need"]


def _could_be_third(family: Family, courts: Counter[str]) -> bool:
    full = family.holder is not None and courts[family.holder.worker_id] == COURT_FAMILIES
    return full and family.main_type == "looked_after"
