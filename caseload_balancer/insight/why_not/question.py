"""Why a case is not with a certain worker, and what it would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.agreed.agreements import still_agreed
from caseload_balancer.insight.agreed.resolving import Resolved, solve_again
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.insight.planned import Change, Planned
from caseload_balancer.insight.recommend.question import case_number, worker_numbers
from caseload_balancer.insight.why_not.answer import Verdict, Way, WhyNot
from caseload_balancer.plan import Plan
from caseload_balancer.problem.refusals import Refusal

_SHARE: Final = 0.25
"""Of the time limit, what the search for the fewest changes may take; it is the easier one."""


def why_not(
    snapshot: Snapshot,
    plan: Plan,
    case_id: str,
    worker_id: str,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
) -> WhyNot:
    """Say why a case is not with a worker: the rule, or what it would take and cost.

    Where the rules allow it, the week is solved again with the case there; among the best plans
    the one that changes least is taken. Where others change worker in it, the plan that changes
    the fewest is looked for too. On a team the answers are proven; on a county only what
    depends on the case is solved again, and what is not proven is said to be so.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan.
    case_id, worker_id
        The case and the worker asked about.
    time_limit, seed
        Of both searches together, as for `allocate`.

    Raises
    ------
    DataError
        When the plan was made from another week, or there is no such case or worker.
    """
    planned = Planned.of(snapshot, plan)
    facts = planned.facts
    number = case_number(facts, case_id)
    worker = _worker_number(planned, worker_id)
    if plan.allocation[case_id] == worker_id:
        return _answer(planned, number, worker_id, "there already")
    placing = Placing.of(facts, number, worker_numbers(facts, plan.allocation))
    barred = placing.barred(worker)
    if barred:
        return _answer(planned, number, worker_id, "ineligible", refusals=barred)
    search = _Search(planned, number, worker, time_limit, seed)
    no_room = placing.no_room(worker)
    found = search.find()
    if found is None or not found.possible:
        proven = found is None or found.settled
        verdict: Verdict = "impossible" if proven else "not found"
        return _answer(planned, number, worker_id, verdict, refusals=no_room, exact=proven)
    values = by_tier(planned.values, planned.policy)
    best = search.way(found)
    return _answer(
        planned,
        number,
        worker_id,
        _weigh(best, full=bool(no_room)),
        refusals=no_room,
        best=best,
        fewest=search.find_fewest(best),
        at_least=tuple(b - v for b, v in zip(found.bounds, values, strict=True)),
        exact=found.settled,
    )


def _weigh(best: Way, *, full: bool) -> Verdict:
    if not any(best.tiers):
        return "tie"
    if best.tiers < (0,) * len(best.tiers):
        return "better"
    return "full" if full else "at a price"


@dataclass(frozen=True)
class _Search:
    """Plans that have a case with a worker, all else that was agreed kept to."""

    planned: Planned
    case: int
    worker: int
    time_limit: float
    seed: int

    def find(self) -> Resolved | None:
        """Search for the best one."""
        return self._solve(1 - _SHARE, fewest=False)

    def find_fewest(self, best: Way) -> Way | None:
        """Search for the one that changes fewest, where `best` has a price and changes others."""
        unit = self.planned.facts.groups.unit_cases[self.planned.unit_of(self.case)]
        others = len(best.changes) - len(unit)
        if not others or best.tiers <= (0,) * len(best.tiers):
            return None
        found = self._solve(_SHARE, fewest=True)
        if found is None or not found.possible:
            return None
        way = self.way(found)
        return way if len(way.changes) < len(best.changes) else None

    def _solve(self, share: float, *, fewest: bool) -> Resolved | None:
        arrays = self.planned.problem.arrays
        unit = self.planned.unit_of(self.case)
        demand, _ = still_agreed(self.planned, unit)
        demand.fix(arrays, unit, self.worker)
        return solve_again(
            arrays,
            self.planned.assignment,
            demand,
            time_limit=share * self.time_limit,
            seed=self.seed,
            fewest=fewest,
        )

    def way(self, found: Resolved) -> Way:
        """Return what was found, in the users' words."""
        differences = self.planned.differences(found.assignment)
        return Way(
            changes=_chain(self.planned, self.case, self.worker, found.assignment),
            differences=differences,
            tiers=by_tier(differences, self.planned.policy),
            exact=found.settled,
        )


def _answer(
    planned: Planned,
    case: int,
    worker_id: str,
    verdict: Verdict,
    *,
    refusals: tuple[Refusal, ...] = (),
    best: Way | None = None,
    fewest: Way | None = None,
    at_least: tuple[int, ...] = (),
    exact: bool = True,
) -> WhyNot:
    cases = planned.facts.index.cases
    unit = planned.unit_of(case)
    _, about = still_agreed(planned, unit)
    return WhyNot(
        case_id=cases[case].case_id,
        worker_id=worker_id,
        with_case_ids=tuple(
            cases[one].case_id for one in planned.facts.groups.unit_cases[unit] if one != case
        ),
        verdict=verdict,
        refusals=refusals,
        best=best,
        fewest=fewest,
        at_least=at_least,
        exact=exact,
        agreed=about,
        keeps=len(planned.plan.agreed) - len(about),
        policy=planned.policy,
    )


def _chain(planned: Planned, case: int, worker: int, assignment: Ints) -> tuple[Change, ...]:
    """Return who changes worker: the case, its siblings, then what makes room, step by step."""
    unit = set(planned.facts.groups.unit_cases[planned.unit_of(case)])
    changes = planned.changes(assignment)
    numbers = planned.facts.index.worker_number

    def number(worker_id: str | None) -> int:
        return -1 if worker_id is None else numbers[worker_id]

    mine: list[tuple[int, int, int]] = []
    others: list[tuple[int, int, int]] = []
    for position, one in enumerate(changes):
        away = (position, number(one.from_worker_id), number(one.to_worker_id))
        inside = planned.facts.index.case_number[one.case_id] in unit
        (mine if inside else others).append(away)
    mine.sort(key=lambda one: changes[one[0]].case_id != planned.facts.index.cases[case].case_id)
    order = [one[0] for one in mine] + _leaving_first(others, worker)
    return tuple(changes[position] for position in order)


def _leaving_first(moved: Sequence[tuple[int, int, int]], worker: int) -> list[int]:
    """Order changes as a chain: what leaves `worker`, what leaves where that goes, and so on.

    Parameters
    ----------
    moved
        Of each change a number, the worker left and the worker gone to.
    """
    left = list(moved)
    order: list[int] = []
    queue = [worker]
    while queue:
        here = queue.pop(0)
        for one in [change for change in left if change[1] == here]:
            left.remove(one)
            order.append(one[0])
            queue.append(one[2])
    return [*order, *(one[0] for one in left)]


def _worker_number(planned: Planned, worker_id: str) -> int:
    numbers = planned.facts.index.worker_number
    if worker_id not in numbers:
        message = f"there is no worker '{worker_id}' in this week."
        raise DataError([DataProblem("workers", None, "worker_id", "unknown_worker", message)])
    return numbers[worker_id]
