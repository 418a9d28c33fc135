"""Rows that cannot all hold: locks, exclusions, families and workers' limits that clash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from os import PathLike
from typing import Final

import numpy as np

from caseload_balancer.domain import Snapshot
from caseload_balancer.engine.solve import solve
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.asks import Ask, asking_only, find_asks
from caseload_balancer.insight.minimal import irreducible
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan.words import counted, listed
from caseload_balancer.policy import Policy
from caseload_balancer.problem.eligibility import SCOPE_STEPS
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.load_costs import points_limit
from caseload_balancer.problem.problems import build_problem

_NAMED_AT_MOST: Final = 6
_OF_CHILDREN: Final = frozenset({"locked", "excluded_worker_ids", "family_id"})


@dataclass(frozen=True)
class Clash:
    """Rows that cannot all hold without a breach, though all but any one of them can.

    Parameters
    ----------
    asks
        What the rows ask for.
    case_ids
        The children it takes: without any one of them the rest fits. All the week's children
        where several families and workers are in it (`whole_week`).
    whole_week
        The clash shows only when the whole week is looked at.
    """

    asks: tuple[Ask, ...]
    case_ids: tuple[str, ...]
    whole_week: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the asks stand in."""
        return tuple(sorted({ask.column for ask in self.asks}))

    @property
    def sentence(self) -> str:
        """The clash in a manager's words."""
        words = listed([ask.words for ask in self.asks])
        who = "" if self.whole_week else f" for {listed(self.case_ids, most=_NAMED_AT_MOST)}"
        return f"{words}: {_cannot(len(self.asks))}{who}"


@dataclass(frozen=True, repr=False)
class Clashes(Answer):
    """Which rows of a week cannot all hold.

    Parameters
    ----------
    as_of
        The date of the week.
    clashes
        One for each independent contradiction: none shares a lock, exclusion or family with
        another.
    """

    as_of: date
    clashes: tuple[Clash, ...]

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Rows that clash in the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        if not self.clashes:
            return (
                "No rows clash: locks, exclusions, families and workers' own limits can all hold."
            )
        many = counted(len(self.clashes), "set of rows", "sets of rows")
        head = f"{many} cannot all hold. Giving up any one ask of a set resolves it."
        return "\n".join([head, *(f"{clash.sentence}." for clash in self.clashes)])

    def tables(self) -> Mapping[str, Table]:
        """Return ``clashes``, a row each, and ``asks``, a row an ask."""
        columns = {"sentence": str, "columns": str, "case_ids": str}
        asks = tuple(
            (number, ask.column, ask.id, ask.worker_id, ask.words)
            for number, clash in enumerate(self.clashes, start=1)
            for ask in clash.asks
        )
        ask_columns = {"clash": int, "column": str, "id": str, "worker_id": str, "words": str}
        return {
            "clashes": Table.of("Clashes", columns, self.clashes),
            "asks": Table("What the rows ask for", ask_columns, asks),
        }


def clashes(
    snapshot: Snapshot,
    policy: Policy | str | PathLike[str] | None = None,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
) -> Clashes:
    """Find rows that a reader accepts one by one but that cannot all hold.

    To *hold* is to have a plan without a breach. Asked are locks, exclusions, families, and
    workers' own caps, limits of new families, case types and absences; the rules of the policy
    stand. A clash has a lock, an exclusion, a family or a limit of new families in it: people who
    are only too few, away or of the wrong role are a `shortage`.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    time_limit
        Seconds each solve may take.
    seed
        Of the search.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids.
    """
    week = Week.of(snapshot, policy)
    build_problem(snapshot, week.policy)
    search = _Search(week, time_limit, seed)
    return Clashes(snapshot.as_of, (*search.alone(), *search.together()))


class _Search:
    def __init__(self, week: Week, time_limit: float, seed: int) -> None:
        self._week = week
        self._facts = Facts.of(week.snapshot, week.policy)
        self._time_limit = time_limit
        self._seed = seed
        self._asks = list(find_asks(week))

    def alone(self) -> Iterator[Clash]:
        """Yield what clashes within one family, or among the locked cases of one worker."""
        for cases in (*self._families_in_trouble(), *self._workers_in_trouble()):
            yield from self._clash_among(cases)

    def together(self) -> Iterator[Clash]:
        """Yield what clashes only when the whole week is looked at."""
        case_ids = [case.case_id for case in self._facts.index.cases]
        worker_ids = list(self._facts.index.worker_number)
        least = self._breaches((), case_ids, worker_ids)

        def fit(asks: tuple[Ask, ...]) -> bool:
            return self._breaches(asks, case_ids, worker_ids) <= least

        while not fit(tuple(self._asks)):
            found = irreducible(self._asks, fit)
            if not _is_irreducible(found, fit):
                return
            self._give_up(found)
            if _is_for_rows(found):
                yield Clash(found, tuple(case_ids), whole_week=True)

    def _clash_among(self, cases: Sequence[int]) -> Iterator[Clash]:
        """Yield a clash among some children who have the service to themselves."""
        case_ids = tuple(self._facts.index.cases[number].case_id for number in cases)
        worker_ids = self._reach(cases)
        asks = [ask for ask in self._asks if self._concerns(ask, case_ids, worker_ids)]

        def fit(asked: Sequence[Ask], some: Collection[str]) -> bool:
            return self._breaches(asked, some, worker_ids) == 0

        if fit(asks, case_ids) or not fit((), case_ids):
            return
        few = irreducible(case_ids, lambda some: fit(asks, some))
        found = irreducible(asks, lambda some: fit(some, few))
        # Siblings apart count as more families in court and weigh more, so to ask for less can,
        # rarely, make it worse; what is not minimal then is not told as if it were.
        if _is_irreducible(found, lambda some: fit(some, few)):
            self._give_up(found)
            if _is_for_rows(found):
                yield Clash(found, few)

    def _give_up(self, asks: Sequence[Ask]) -> None:
        """Ask for what clashed no more, but keep workers' rows: others may clash with them."""
        own = [ask for ask in asks if ask.column in _OF_CHILDREN]
        gone = set(own or asks)
        self._asks = [ask for ask in self._asks if ask not in gone]

    def _breaches(
        self, asks: Sequence[Ask], case_ids: Collection[str], worker_ids: Collection[str]
    ) -> int:
        week = asking_only(self._week, asks, frozenset(case_ids), frozenset(worker_ids))
        problem = build_problem(week.snapshot, week.policy)
        return solve(problem.arrays, time_limit=self._time_limit, seed=self._seed).values[0]

    def _reach(self, cases: Sequence[int]) -> tuple[str, ...]:
        """Return everybody the children could go to under the policy, and who they are with."""
        with_now = {self._facts.index.cases[number].worker_id for number in cases}
        steps = self._facts.scope_steps[list(cases)].min(axis=0)
        near = steps <= SCOPE_STEPS[self._week.policy.eligibility.scope]
        return tuple(
            worker.worker_id
            for number, worker in enumerate(self._facts.index.workers)
            if near[number] or worker.worker_id in with_now
        )

    @staticmethod
    def _concerns(ask: Ask, case_ids: Collection[str], worker_ids: Collection[str]) -> bool:
        if ask.column in {"locked", "excluded_worker_ids"}:
            return ask.id in case_ids
        return ask.column == "family_id" or ask.id in worker_ids

    def _families_in_trouble(self) -> Iterator[tuple[int, ...]]:
        """Yield groups that no single worker could hold without a breach."""
        facts = self._facts
        members: dict[int, list[int]] = {}
        for case, group in enumerate(facts.groups.group.tolist()):
            members.setdefault(group, []).append(case)
        court, most = facts.policy.limits.court_families, facts.presence.cap
        limits = [points_limit(facts, number) for number in range(len(facts.index.workers))]
        new = [worker.max_new for worker in facts.index.workers]
        for cases in members.values():
            able = facts.can_be_given[cases].copy()
            held = np.flatnonzero(facts.holder[cases] != NOBODY)
            holders = facts.holder[cases][held]
            able[held, holders] = facts.may_hold[cases][held, holders]
            stuck = [row for row in held if facts.index.cases[cases[row]].locked]
            for row in stuck:
                able[row] &= np.arange(len(most)) == facts.holder[cases[row]]
            suits = able.all(axis=0) & (most >= len(cases))
            if facts.in_court[cases].any() and not court:
                suits &= False
            points = int(facts.points[cases].sum())
            free = facts.holder_can_go_on[cases].any() or facts.must_hold[cases].any() or stuck
            if free and not any(
                (limits[w] is None or points <= (limits[w] or 0)) and (new[w] != 0 or w in holders)
                for w in np.flatnonzero(suits).tolist()
            ):
                yield tuple(cases)

    def _workers_in_trouble(self) -> Iterator[tuple[int, ...]]:
        """Yield the locked cases of each worker who cannot hold them all without a breach."""
        facts = self._facts
        locked = facts.groups.locked[facts.groups.unit_of_case]
        for worker in range(len(facts.index.workers)):
            cases = np.flatnonzero(locked & (facts.holder == worker))
            court = len(set(facts.groups.group[cases[facts.in_court[cases]]].tolist()))
            most = points_limit(facts, worker)
            if len(cases) and (
                len(cases) > facts.presence.cap[worker]
                or court > facts.policy.limits.court_families
                or not facts.may_hold[cases, worker].all()
                or (most is not None and facts.points[cases].sum() > most)
            ):
                yield tuple(cases.tolist())


def _is_irreducible(asks: tuple[Ask, ...], fit: Callable[[tuple[Ask, ...]], bool]) -> bool:
    without_one = (asks[:one] + asks[one + 1 :] for one in range(len(asks)))
    return bool(asks) and not fit(asks) and all(map(fit, without_one))


def _is_for_rows(asks: tuple[Ask, ...]) -> bool:
    """Say whether it is rows that clash, and not only people who are too few or away."""
    return any(ask.column in _OF_CHILDREN or ask.column == "max_new" for ask in asks)


def _cannot(asks: int) -> str:
    return "that cannot hold" if asks == 1 else "these cannot all hold"
