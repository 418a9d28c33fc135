"""Rows that cannot all hold: locks, exclusions, families and workers' limits that clash."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

import numpy as np

from caseload_balancer.arguments import a_seed, checked, seconds
from caseload_balancer.arrays import Bools
from caseload_balancer.checker import check
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.engine import Result, solve
from caseload_balancer.insight.clashes.answer import Clash, Clashes
from caseload_balancer.insight.clashes.asks import Ask, asking_only, find_asks
from caseload_balancer.insight.clashes.minimal import irreducible
from caseload_balancer.insight.clashes.trouble import families_in_trouble, workers_in_trouble
from caseload_balancer.insight.separate_parts import Part, find_parts
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import PolicyLike, a_policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.limits import LIMITS, MOVES_LIFTED
from caseload_balancer.problem.problems import Problem, build_problem

_OF_CHILDREN: Final = frozenset({"locked", "excluded_worker_ids", "family_id"})


_OF_ARRIVALS: Final = frozenset(limit.column for limit in LIMITS if limit.passes and limit.asked)


@checked(snapshot=a_snapshot, policy=a_policy, time_limit=seconds, seed=a_seed)
def clashes(
    snapshot: Snapshot,
    policy: PolicyLike = None,
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
    search = _ClashSearch(week, time_limit, seed)
    found = (*search.alone(), *search.together())
    return Clashes(snapshot.as_of, found, finished=not search.unfinished)


class _ClashSearch:
    def __init__(self, week: Week, time_limit: float, seed: int) -> None:
        self._week = week
        self._facts = Facts.of(week.snapshot, week.policy)
        self._time_limit = time_limit
        self._seed = seed
        self._asks = list(find_asks(week))
        self.unfinished = 0
        """Searches that were cut short: what they compare is not known to be a clash, or none."""

    def alone(self) -> Iterator[Clash]:
        """Yield what clashes within one family, or among the locked cases of one worker."""
        for cases in (*families_in_trouble(self._facts), *workers_in_trouble(self._facts)):
            yield from self._known(self._clash_among(cases))

    def _known(self, clashes: Iterator[Clash]) -> Iterator[Clash]:
        """Leave out what is told by a search that was cut short."""
        before = self.unfinished
        yield from (one for one in clashes if self.unfinished == before)

    def together(self) -> Iterator[Clash]:
        """Yield what clashes only when a whole part of the service is looked at."""
        # Asking for nothing lets cases go as far as they ever can; no budget of moves is asked.
        free = self._week.with_settings(MOVES_LIFTED)
        for part in find_parts(free):
            yield from self._known(self._clashes_within(part))

    def _clashes_within(self, part: Part) -> Iterator[Clash]:
        case_ids = tuple(sorted(part.case_ids))
        holders = (self._week.case(case_id).worker_id for case_id in case_ids)
        worker_ids = part.worker_ids.union(filter(None, holders))
        least = self._breaches((), case_ids, worker_ids)
        own = part.case_ids | worker_ids | self._families_of(part)

        def fit(asks: tuple[Ask, ...]) -> bool:
            return self._breaches(asks, case_ids, worker_ids) <= least

        while not fit(asks := tuple(ask for ask in self._asks if ask.id in own)):
            found = irreducible(asks, fit)
            if not _is_irreducible(found, fit):
                return
            self._give_up(found)
            if _is_for_rows(found):
                broken = () if least else self._at_best(found, case_ids, worker_ids)
                yield Clash(found, case_ids, broken, widespread=True)

    def _families_of(self, part: Part) -> frozenset[str]:
        cases = (self._week.case(case_id) for case_id in part.case_ids)
        return frozenset(case.family_id for case in cases if case.family_id is not None)

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
                yield Clash(found, few, self._at_best(found, few, worker_ids))

    def _give_up(self, asks: Sequence[Ask]) -> None:
        """Ask for what clashed no more, but keep workers' rows: others may clash with them."""
        own = [ask for ask in asks if ask.column in _OF_CHILDREN]
        gone = set(own or asks)
        self._asks = [ask for ask in self._asks if ask not in gone]

    def _breaches(
        self, asks: Sequence[Ask], case_ids: Collection[str], worker_ids: Collection[str]
    ) -> int:
        _, result = self._best(asks, case_ids, worker_ids)
        return result.values[0]

    def _at_best(
        self, asks: Sequence[Ask], case_ids: Collection[str], worker_ids: Collection[str]
    ) -> tuple[str, ...]:
        """Return what is left broken in the best plan that keeps the asks."""
        problem, result = self._best(asks, case_ids, worker_ids)
        plan = problem.allocation(result.assignment)
        found = check(problem.snapshot, problem.policy, plan).explained
        return tuple(breach.sentence for breach in found)

    def _best(
        self, asks: Sequence[Ask], case_ids: Collection[str], worker_ids: Collection[str]
    ) -> tuple[Problem, Result]:
        week = asking_only(self._week, asks, frozenset(case_ids), frozenset(worker_ids))
        problem = build_problem(week.snapshot, week.policy)
        result = solve(problem.arrays, time_limit=self._time_limit, seed=self._seed)
        self.unfinished += not result.proven[0]
        return problem, result

    def _reach(self, cases: Sequence[int]) -> tuple[str, ...]:
        """Return everybody the children could go to under the policy, and who they are with."""
        with_now = {self._facts.index.cases[number].worker_id for number in cases}
        near: Bools = np.logical_or.reduce(self._facts.in_scope[list(cases)])
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


def _is_irreducible(asks: tuple[Ask, ...], fit: Callable[[tuple[Ask, ...]], bool]) -> bool:
    without_one = (asks[:one] + asks[one + 1 :] for one in range(len(asks)))
    return bool(asks) and not fit(asks) and all(map(fit, without_one))


def _is_for_rows(asks: tuple[Ask, ...]) -> bool:
    """Say whether it is rows that clash, and not only people who are too few or away."""
    return any(ask.column in _OF_CHILDREN | _OF_ARRIVALS for ask in asks)
