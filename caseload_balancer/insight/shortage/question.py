"""Why the week cannot be met: which children are too many for whom, and what would mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import Final

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.wording import CASE_WORDS, case_words, children, counted, listed
from caseload_balancer.errors import DataError
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.shortage.repairs import Repair, Workshop
from caseload_balancer.insight.unmet.places import Crowd, find_crowds, find_demand
from caseload_balancer.insight.unmet.unmet import Unmet, unmet_by_part, without_limits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import Policy
from caseload_balancer.problem.conflicts import policy_conflicts
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limits import LASTING_NAMES, PASSING_NAMES

_NAMED_AT_MOST: Final = 6


@dataclass(frozen=True)
class Bottleneck:
    """Children for whom there are too few places, whatever happens elsewhere.

    Parameters
    ----------
    case_ids
        The children: those who may not wait, and those whose worker can go on.
    worker_ids
        Everybody who may hold any of them.
    places
        Children these workers may hold together.
    sentence
        The same in a manager's words.
    """

    case_ids: tuple[str, ...]
    worker_ids: tuple[str, ...]
    places: int
    sentence: str

    @property
    def children(self) -> int:
        """How many children."""
        return len(self.case_ids)

    @property
    def too_many(self) -> int:
        """Children beyond the places."""
        return self.children - self.places


@dataclass(frozen=True, repr=False)
class Shortage(Answer):
    """Why a week cannot be met, or that it can.

    *Unmet* is a child who may never wait and does, or a child over a cap. `too_many` is exact for
    children taken one by one under the caps: no plan leaves fewer unmet. The other two figures add
    what else the week must keep to.

    Parameters
    ----------
    as_of
        The date of the week.
    bottlenecks
        All groups of children with too few places, no child and no worker in two of them.
    with_families
        The fewest unmet when siblings stay together, too.
    with_limits
        The fewest unmet when every hard rule is kept.
    repairs
        The cheapest repair of each kind, each applied by itself and solved again.
    """

    as_of: date
    bottlenecks: tuple[Bottleneck, ...]
    with_families: Unmet
    with_limits: Unmet
    repairs: tuple[Repair, ...]

    @property
    def too_many(self) -> int:
        """Children beyond the places there are, each taken alone."""
        return sum(one.too_many for one in self.bottlenecks)

    @property
    def ok(self) -> bool:
        """Whether nothing is missing."""
        return not self.with_limits.children

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Shortage in the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        return "\n".join(_lines(self))

    def tables(self) -> Mapping[str, Table]:
        """Return ``bottlenecks`` and ``repairs``."""
        repairs = Table.of(
            "What would mend it",
            {"kind": str, "size": float, "unit": str, "sentence": str, "before": int, "after": int},
            self.repairs,
        )
        columns = {"too_many": int, "children": int, "places": int}
        ids = {"sentence": str, "case_ids": str, "worker_ids": str}
        bottlenecks = Table.of("Bottlenecks", {**columns, **ids}, self.bottlenecks)
        return {"bottlenecks": bottlenecks, "repairs": repairs}


def shortage(
    snapshot: Snapshot,
    policy: Policy | str | PathLike[str] | None = None,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
) -> Shortage:
    """Say why the week cannot be met: who is too many for whom, and what would mend it.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    time_limit
        Seconds each solve may take; a team takes far less than one.
    seed
        Of the search.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids.
    """
    week = Week.of(snapshot, policy)
    conflicts = policy_conflicts(snapshot, week.policy)
    if conflicts:
        raise DataError(conflicts)
    by_part = unmet_by_part(week, time_limit=time_limit, seed=seed)
    by_part_free = unmet_by_part(without_limits(week), time_limit=time_limit, seed=seed)
    with_limits, with_families = map(Unmet.of_all, (by_part.values(), by_part_free.values()))
    facts = Facts.of(snapshot, week.policy)
    crowds = find_crowds(find_demand(facts))
    too_many = sum(crowd.too_many for crowd in crowds)
    workshop = Workshop(week, by_part, time_limit=time_limit, seed=seed)
    return Shortage(
        as_of=snapshot.as_of,
        bottlenecks=tuple(_bottleneck(facts, crowd) for crowd in crowds),
        with_families=with_families,
        with_limits=with_limits,
        repairs=workshop.mend(
            crowds,
            families=with_families.children > too_many,
            limits=with_limits.children > with_families.children,
        ),
    )


def _bottleneck(facts: Facts, crowd: Crowd) -> Bottleneck:
    case_ids = tuple(facts.index.cases[number].case_id for number in crowd.cases)
    worker_ids = tuple(facts.index.workers[number].worker_id for number in crowd.workers)
    sentence = f"{_who(facts, crowd)} {_with_whom(crowd, worker_ids)}: {crowd.too_many} too many"
    return Bottleneck(case_ids, worker_ids, crowd.places, sentence)


def _who(facts: Facts, crowd: Crowd) -> str:
    cases = [facts.index.cases[number] for number in crowd.cases]
    locked = sum(case.locked for case in cases)
    kinds = Counter(
        "other case" if case.case_type == "other" else CASE_WORDS[case.case_type] for case in cases
    )
    if len(cases) == 1:
        stuck = ", locked" if locked else ""
        return f"{cases[0].case_id} ({case_words(cases[0])}{stuck})"
    parts = [counted(number, kind) for kind, number in sorted(kinds.items())]
    if locked:
        parts.append(f"{locked} locked")
    return f"These {len(cases):,} children ({listed(parts)})"


def _with_whom(crowd: Crowd, worker_ids: tuple[str, ...]) -> str:
    if not worker_ids:
        return "can be held by nobody who is here"
    names = listed(worker_ids, most=_NAMED_AT_MOST)
    if len(worker_ids) == 1:
        return f"can only be held by {names}, who has {counted(crowd.places, 'place')}"
    workers = f"these {len(worker_ids)} workers ({names})"
    return f"can only be held by {workers}, who have {counted(crowd.places, 'place')}"


def _lines(found: Shortage) -> Iterator[str]:
    if found.ok:
        yield (
            "Nothing is missing: there is a plan in which every child who may not wait has a "
            "worker and nobody is over their cap."
        )
        return
    total = found.with_limits
    yield (
        f"In every plan {children(total.at_least)} at least {_is(total.at_least)} over a cap, or "
        "without a worker though they may not wait."
        + ("" if total.exact else f" The fewest found is {total.children:,}.")
    )
    for one in found.bottlenecks:
        yield f"{one.sentence}."
    yield from _added(found)
    if found.repairs:
        yield "What would mend it, each tried alone:"
        for repair in found.repairs:
            yield f"- {repair.size} {repair.unit}: {repair.sentence}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _added(found: Shortage) -> Iterator[str]:
    families = found.with_families.children - found.too_many
    limits = found.with_limits.children - found.with_families.children
    sure = "" if found.with_families.exact and found.with_limits.exact else "up to "
    if families:
        yield f"That siblings stay together and locks hold whole families adds {sure}{families:,}."
    if limits > 0:
        first, *others = (*LASTING_NAMES, *PASSING_NAMES)
        names = listed([first, *(f"on {one}" for one in others)])
        yield f"The limits on {names} add {sure}{limits:,}."
    if families or limits > 0:
        yield f"In the best plan found {_who_is_unmet(found.with_limits)}."


def _who_is_unmet(found: Unmet) -> str:
    parts = []
    if found.case_ids:
        waits = "waits" if len(found.case_ids) == 1 else "wait"
        parts.append(f"{listed(found.case_ids, most=_NAMED_AT_MOST)} {waits}")
    if found.worker_ids:
        names = listed(found.worker_ids, most=_NAMED_AT_MOST)
        parts.append(f"{names} {_is(len(found.worker_ids))} over the cap")
    return listed(parts)
