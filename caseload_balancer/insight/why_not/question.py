"""Why a case is not with a certain worker, and what it would take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseload_balancer.arguments import a_seed, a_text, checked, seconds
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.agreed.agreements import still_agreed
from caseload_balancer.insight.agreed.resolving import Resolved, solve_again
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.insight.placing.numbers import case_number, worker_numbers
from caseload_balancer.insight.planned import differences, week_of_plan
from caseload_balancer.insight.why_not.answer import Verdict, Way, WhyNot
from caseload_balancer.insight.why_not.chains import chain_of_changes
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.rows import Agreed
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.refusals import Refusal

_SHARE: Final = 0.25
"""The part of the time limit for the search for the fewest changes, the easier of the two."""


@checked(
    snapshot=a_snapshot,
    plan=a_plan,
    case_id=a_text,
    worker_id=a_text,
    time_limit=seconds,
    seed=a_seed,
)
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

    Where the rules allow it, the week is solved again with the case there; of the best plans the
    one that changes least is taken. Where other children change worker in it, the plan with the
    fewest changes is sought too. For a team the answers are proven. For a county only what depends
    on the case is solved again, and the answer says what is not proven.

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
    week = week_of_plan(snapshot, plan)
    facts = week.facts
    number = case_number(facts, case_id)
    worker = _worker_number(facts, worker_id)
    asked = _Asked(week, plan.agreed, number, worker)
    if plan.allocation[case_id] == worker_id:
        return asked.answer("there already")
    placing = Placing.of(facts, number, worker_numbers(facts, plan.allocation))
    barred = placing.barred(worker)
    if barred:
        return asked.answer("ineligible", refusals=barred)
    search = _ForcedSearch(asked, time_limit, seed)
    no_room = placing.no_room(worker)
    found = search.find()
    if found is None or not found.possible:
        proven = found is None or found.settled
        verdict: Verdict = "impossible" if proven else "not found"
        return asked.answer(verdict, refusals=no_room, exact=proven)
    values = by_tier(week.goal_values, week.policy)
    best = search.way(found)
    return asked.answer(
        _weigh(best, full=bool(no_room)),
        refusals=no_room,
        best=best,
        fewest=search.find_fewest(best),
        at_least=tuple(b - v for b, v in zip(found.bounds, values, strict=True)),
        exact=found.settled,
    )


def _worker_number(facts: Facts, worker_id: str) -> int:
    numbers = facts.index.worker_number
    if worker_id not in numbers:
        message = f"there is no worker '{worker_id}' in this week."
        raise DataError([DataProblem("workers", None, "worker_id", "unknown_worker", message)])
    return numbers[worker_id]


def _weigh(best: Way, *, full: bool) -> Verdict:
    if not any(best.tiers):
        return "tie"
    if best.tiers < (0,) * len(best.tiers):
        return "better"
    return "full" if full else "at a price"


@dataclass(frozen=True)
class _Asked:
    """A case and a worker, by number, and the week and decisions they are asked about."""

    week: PlannedWeek
    agreed: tuple[Agreed, ...]
    case: int
    worker: int

    @property
    def unit(self) -> int:
        return self.week.unit_of(self.case)

    @property
    def siblings(self) -> tuple[int, ...]:
        """The other children of the unit, by number."""
        unit_cases = self.week.facts.groups.unit_cases[self.unit]
        return tuple(one for one in unit_cases if one != self.case)

    def answer(
        self,
        verdict: Verdict,
        *,
        refusals: tuple[Refusal, ...] = (),
        best: Way | None = None,
        fewest: Way | None = None,
        at_least: tuple[int, ...] = (),
        exact: bool = True,
    ) -> WhyNot:
        """Return the answer: what was asked, and what was found."""
        cases = self.week.facts.index.cases
        _, about = still_agreed(self.week, self.agreed, self.unit)
        return WhyNot(
            case_id=cases[self.case].case_id,
            worker_id=self.week.worker_id(self.worker),
            with_case_ids=tuple(cases[one].case_id for one in self.siblings),
            verdict=verdict,
            refusals=refusals,
            best=best,
            fewest=fewest,
            at_least=at_least,
            exact=exact,
            agreed=about,
            keeps=len(self.agreed) - len(about),
            policy=self.week.policy,
        )


@dataclass(frozen=True)
class _ForcedSearch:
    """Plans that have the case with the worker and keep all other decisions."""

    asked: _Asked
    time_limit: float
    seed: int

    def find(self) -> Resolved | None:
        """Search for the best one."""
        return self._solve(1 - _SHARE, fewest=False)

    def find_fewest(self, best: Way) -> Way | None:
        """Search for the one that changes fewest, where `best` has a price and changes others."""
        others = len(best.changes) - len(self.asked.siblings) - 1
        if not others or best.tiers <= (0,) * len(best.tiers):
            return None
        found = self._solve(_SHARE, fewest=True)
        if found is None or not found.possible:
            return None
        way = self.way(found)
        return way if len(way.changes) < len(best.changes) else None

    def _solve(self, share: float, *, fewest: bool) -> Resolved | None:
        week, unit = self.asked.week, self.asked.unit
        arrays = week.problem.arrays
        left, _ = still_agreed(week, self.asked.agreed, unit)
        left.fix(arrays, unit, self.asked.worker)
        return solve_again(
            arrays,
            week.assignment,
            left,
            time_limit=share * self.time_limit,
            seed=self.seed,
            fewest=fewest,
        )

    def way(self, found: Resolved) -> Way:
        """Return what was found, in the users' words."""
        week = self.asked.week
        added = differences(week, found.assignment)
        return Way(
            changes=chain_of_changes(week, self.asked.case, self.asked.worker, found.assignment),
            differences=added,
            tiers=by_tier(added, week.policy),
            exact=found.settled,
        )
