"""What would mend a shortage: the cheapest of each kind, tried alone and solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final

from caseload_balancer.insight.drafts import (
    KINDS,
    Draft,
    Drafts,
    RepairKind,
    joining,
    teams_of,
    unlocking,
)
from caseload_balancer.insight.edits import Cap, Edit
from caseload_balancer.insight.places import Crowd
from caseload_balancer.insight.unmet import Unmet, least_unmet
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan.words import listed

MOST_TRIED: Final = 12
"""Candidates of one kind that are tried: those with the most to give come first."""


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
        self._drafts = Drafts(week, unmet)

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
            found += self._best(self._drafts.splits())
        if limits:
            found += self._best(self._drafts.limits())
        return tuple(
            sorted(
                {repair.sentence: repair for repair in found}.values(),
                key=lambda repair: (repair.after, list(KINDS).index(repair.kind), repair.size),
            )
        )

    def _for_crowd(self, crowd: Crowd) -> Iterator[Repair]:
        cases = self._drafts.cases(crowd)
        teams = teams_of(cases)
        enough = 10 * crowd.too_many  # an FTE a child is more than enough
        yield from self._smallest("fte", lambda tenths: joining(tenths, teams), most=enough)
        yield from self._best(self._drafts.places(crowd))
        yield from self._best(self._drafts.lending(crowd, cases))
        yield from self._best(self._drafts.rights(crowd, cases))
        yield from self._best(self._drafts.rules(cases))
        yield from self._best(unlocking(cases))

    def _try(self, draft: Draft) -> Repair | None:
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

    def _best(self, drafts: Iterator[Draft]) -> list[Repair]:
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
            return self._try(Draft(kind, shown, edits(size)))

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


def _first(drafts: Iterator[Draft]) -> list[Draft]:
    return [draft for draft, _ in zip(drafts, range(MOST_TRIED), strict=False)]
