"""What would mend a shortage: the cheapest of each kind, tried alone and solved again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import Final

from caseload_balancer.domain.wording import listed
from caseload_balancer.insight.edits import Cap, Edit, PolicyChange, Separate
from caseload_balancer.insight.separate_parts import Part, find_parts, keep_parts
from caseload_balancer.insight.shortage.drafts import (
    KINDS,
    Draft,
    Drafts,
    RepairKind,
    joining,
    teams_of,
    together,
    unlocking,
)
from caseload_balancer.insight.unmet.places import Crowd, count_too_many, find_demand
from caseload_balancer.insight.unmet.unmet import Unmet, least_unmet, siblings_who_stay_together
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.facts import Facts

MOST_TRIED: Final = 40
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
        The fewest children unmet in each part of it.
    time_limit, seed
        Of each solve.
    """

    def __init__(
        self, week: Week, unmet: Mapping[Part, Unmet], *, time_limit: float, seed: int
    ) -> None:
        self._week = week.with_tables(spells=())
        self._unmet = {part: found.children for part, found in unmet.items()}
        self._before = sum(self._unmet.values())
        self._in_trouble = frozenset[str]().union(
            *(part.case_ids for part, number in self._unmet.items() if number)
        )
        self._time_limit = time_limit
        self._seed = seed
        self._drafts = Drafts(week, Unmet.of_all(unmet.values()))

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
        if self._before:
            found += self._smallest("cap", self._cap, most=200 - self._cap_now)
        if families:
            found += self._fewest(self._drafts.splits(self._in_trouble))
        if limits:
            found += self._fewest(self._drafts.limits())
        return tuple(
            sorted(
                {repair.sentence: repair for repair in found}.values(),
                key=lambda repair: (repair.after, list(KINDS).index(repair.kind), repair.size),
            )
        )

    def _for_crowd(self, crowd: Crowd) -> Iterator[Repair]:
        cases = self._drafts.cases(crowd)
        ids = [case.case_id for case in cases]
        teams = teams_of(cases)
        enough = 10 * crowd.too_many  # an FTE a child is more than enough
        yield from self._smallest("fte", lambda tenths: joining(tenths, teams), ids, most=enough)
        places = self._drafts.places(crowd)
        yield from self._smallest("places", places.raised, ids, most=places.most)
        yield from self._fewest(self._drafts.lending(crowd, cases), ids)
        yield from self._fewest(self._drafts.rights(crowd, cases), ids)
        yield from self._fewest(self._drafts.rules(cases), ids)
        yield from self._fewest(unlocking(cases), ids)

    def _try(self, draft: Draft, concerned: Collection[str], *, below: int) -> Repair | None:
        """Apply a draft and solve again; None where it does not leave fewer than `below`."""
        after = self._unmet_after(draft.edits, concerned, below)
        if after is None:
            return None
        words = listed([edit.words for edit in draft.edits])
        left = f"then {after:,} {'is' if after == 1 else 'are'} still too many"
        return Repair(
            kind=draft.kind,
            size=draft.size,
            sentence=f"{words}: {left if after else 'then none is too many'}",
            edits=draft.edits,
            before=self._before,
            after=after,
        )

    def _unmet_after(
        self, edits: Sequence[Edit], concerned: Collection[str], below: int
    ) -> int | None:
        """Return the fewest unmet of the week with some edits, None where not fewer than `below`.

        Only the parts that the edits touch are solved again; and not even those where the flow of
        children one by one says that too many are left.
        """
        mended, elsewhere = self._mended(edits, concerned)
        if elsewhere + _one_by_one(mended) >= below:
            return None
        found = least_unmet(mended, time_limit=self._time_limit, seed=self._seed).children
        return found + elsewhere if found + elsewhere < below else None

    def _mended(self, edits: Sequence[Edit], concerned: Collection[str]) -> tuple[Week, int]:
        """Return the parts that some edits touch, with them made, and the unmet elsewhere."""
        of_policy = [edit for edit in edits if isinstance(edit, PolicyChange)]
        ids = {*concerned, *(name for edit in edits for name in self._named(edit))}
        if of_policy or any(isinstance(edit, Cap) for edit in edits):
            ids |= self._in_trouble
        changed = reduce(lambda week, edit: edit.apply(week), of_policy, self._week)
        parts = find_parts(changed) if of_policy else tuple(self._unmet)
        near = [part for part in parts if part.has_any(ids)]
        again = frozenset[str]().union(*(part.case_ids for part in near))
        mended = reduce(lambda week, edit: edit.apply(week), edits, keep_parts(self._week, near))
        return mended, sum(
            number for part, number in self._unmet.items() if part.case_ids.isdisjoint(again)
        )

    def _named(self, edit: Edit) -> Iterator[str]:
        """Yield the ids of children and workers whose rows an edit changes."""
        if isinstance(edit, Separate):
            families = siblings_who_stay_together(self._week.snapshot)
            yield from (case.case_id for case in families.get(edit.family_id, ()))
        for column in ("case_id", "worker_id"):
            name = getattr(edit, column, None)
            if name is not None:
                yield name

    def _fewest(self, drafts: Iterable[Draft], concerned: Collection[str] = ()) -> list[Repair]:
        """Return the fewest drafts that mend as much as all of them.

        One is known to be the fewest, and so are two; more are taken one after the other, and
        then those are given up that it goes without.
        """
        every = [draft for draft, _ in zip(drafts, range(MOST_TRIED), strict=False)]

        def tried(some: Sequence[Draft], below: int) -> Repair | None:
            return self._try(together(some), concerned, below=below) if some else None

        if not every:
            return []
        mended, elsewhere = self._mended(together(every).edits, concerned)
        enough = elsewhere + _one_by_one(mended)
        best: Repair | None = None
        taken: list[Draft] = []
        while best is None or best.after > enough:
            more: tuple[Draft, Repair] | None = None
            least = self._before if best is None else best.after
            for draft in (one for one in every if one not in taken):
                repair = tried([*taken, draft], least)
                if repair is not None:
                    more, least = (draft, repair), repair.after
                    if least <= enough:
                        break
            if more is None:
                break
            taken.append(more[0])
            best = more[1]
        for draft in tuple(taken):
            fewer = tried(
                [one for one in taken if one is not draft], 1 + (best.after if best else 0)
            )
            if fewer is not None:
                best = fewer
                taken.remove(draft)
        return [] if best is None else [best]

    def _smallest(
        self,
        kind: RepairKind,
        edits: Callable[[int], tuple[Edit, ...]],
        concerned: Collection[str] = (),
        *,
        most: int,
    ) -> list[Repair]:
        """Return the smallest size that mends as much as `most` does: more never mends less."""
        if not most:
            return []

        def of(size: int, below: int) -> Repair | None:
            shown = Decimal(size) / 10 if kind == "fte" else Decimal(size)
            return self._try(Draft(kind, shown, edits(size)), concerned, below=below)

        best = of(most, self._before)
        low, high = 1, most
        while best is not None and low < high:
            middle = (low + high) // 2
            tried = of(middle, best.after + 1)
            if tried is not None:
                best, high = tried, middle
            else:
                low = middle + 1
        return [] if best is None else [best]

    @property
    def _cap_now(self) -> int:
        return self._week.policy.cap.children_per_fte

    def _cap(self, more: int) -> tuple[Edit, ...]:
        return (Cap(children_per_fte=self._cap_now + more),)


def _one_by_one(week: Week) -> int:
    """Return the children too many, each taken by itself: no plan leaves fewer unmet."""
    return count_too_many(find_demand(Facts.of(week.snapshot, week.policy)))
