"""Why a case is where it is, and what the next-best workers would have meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from caseload_balancer.arguments import a_text, checked, whole
from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.insight.agreed.agreements import still_agreed
from caseload_balancer.insight.agreed.exchanges import Exchanges
from caseload_balancer.insight.agreed.options_left import OptionsLeft
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.explain.answer import Alternative, Explanation, Standing
from caseload_balancer.insight.placing.candidate_rows import Candidate
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.insight.placing.numbers import case_number, worker_numbers
from caseload_balancer.insight.planned import changes, differences, week_of_plan
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import CHILDREN, POINTS

ALTERNATIVES: Final = 3


@checked(snapshot=a_snapshot, plan=a_plan, case_id=a_text, alternatives=whole())
def explain(
    snapshot: Snapshot, plan: Plan, case_id: str, *, alternatives: int = ALTERNATIVES
) -> Explanation:
    """Say why a case is where the plan has it, and what the next-best workers would mean.

    Every other worker who may be given the case is tried, with everything else as in the plan. For
    a worker who is full, one family of theirs goes to another worker: the cheapest choice of family
    and worker is told. All costs are exact. `why_not` searches further for one worker.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan.
    case_id
        The case.
    alternatives
        How many other workers the answer names at most.

    Raises
    ------
    DataError
        When the plan was made from another week, or there is no such case.
    """
    week = week_of_plan(snapshot, plan)
    number = case_number(week.facts, case_id)
    unit = week.unit_of(number)
    placing = Placing.of(week.facts, number, worker_numbers(week.facts, plan.allocation))
    here = int(week.assignment[unit])
    if here == WAITING:
        terms = placing.waiting_terms()
    else:
        (terms,) = placing.terms([here])
    left, about = still_agreed(week, plan.agreed, unit)
    found = _next_best(week, unit, left)[:alternatives]
    by_id = {one.worker_id: one for one in placing.candidates()}
    return Explanation(
        decision=next(row for row in plan.cases if row.case_id == case_id),
        standing=_standing(week, number),
        with_case_ids=tuple(
            week.facts.index.cases[one].case_id for one in placing.unit if one != number
        ),
        terms=terms,
        tiers=by_tier(terms, week.policy),
        alternatives=tuple(_alternative(week, one, by_id) for one in found),
        agreed=about,
        proven=plan.status == "optimal",
        plan=plan,
    )


@dataclass(frozen=True)
class _Option:
    """A worker for a unit: what that adds to each tier, and who changes (the unit itself first)."""

    tiers: tuple[int, ...]
    worker: int
    changes: Mapping[int, int]


def _standing(week: PlannedWeek, case: int) -> Standing:
    facts = week.facts
    row, number = facts.index.cases[case], int(facts.holder[case])
    holder = None if number == NOBODY else week.worker_id(number)
    since = row.waiting_since or row.opened_on
    if holder is not None:
        spells = facts.index.snapshot.spells_by_case.get(row.case_id, ())
        last = spells[-1] if spells else None
        since = last.starts_on if last is not None and last.worker_id == holder else None
    return Standing(
        holder_id=holder,
        since=since,
        workers_in_window=len(facts.history.recent_workers[case]),
    )


def _next_best(week: PlannedWeek, unit: int, left: OptionsLeft) -> list[_Option]:
    arrays = keep_options(
        week.problem.arrays,
        arcs=left.arcs,
        may_wait=left.may_wait,
        start=week.assignment,
    )
    exchanges = Exchanges(arrays, week.assignment)
    here = int(week.assignment[unit])
    found = []
    for worker in exchanges.options(unit):
        if worker in {here, WAITING}:
            continue
        options = list(_ways(exchanges, unit, worker))
        if options:
            found.append(min(options, key=lambda one: (one.tiers, *one.changes.items())))
    return sorted(found, key=lambda one: (one.tiers, one.worker))


def _ways(exchanges: Exchanges, unit: int, worker: int) -> Iterator[_Option]:
    """Yield the ways to have a unit at a worker: with no other change, or else with one."""
    directly = exchanges.cost({unit: worker})
    if directly is not None:
        yield _Option(directly, worker, {unit: worker})
        return
    for other, holder in enumerate(exchanges.assignment.tolist()):
        if holder != worker or other == unit:
            continue
        for elsewhere in exchanges.options(other):
            if elsewhere != worker:
                changes = {unit: worker, other: elsewhere}
                tiers = exchanges.cost(changes)
                if tiers is not None:
                    yield _Option(tiers, worker, changes)


def _alternative(
    week: PlannedWeek, option: _Option, candidates: Mapping[str, Candidate]
) -> Alternative:
    facts, worker = week.facts, option.worker
    assignment = week.assignment.copy()
    assignment[list(option.changes)] = list(option.changes.values())
    added = differences(week, assignment)
    mine = set(facts.groups.unit_cases[next(iter(option.changes))])
    before, after = week.use, PlannedWeek(week.problem, assignment).use
    name = facts.index.workers[worker].worker_id
    candidate = candidates[name]
    return Alternative(
        worker_id=name,
        makes_room=tuple(
            change
            for change in changes(week, assignment)
            if facts.index.case_number[change.case_id] not in mine
        ),
        differences=added,
        tiers=by_tier(added, week.policy),
        load_before=load_percent(facts, worker, int(before[POINTS.row, worker])),
        load_after=load_percent(facts, worker, int(after[POINTS.row, worker])),
        children_after=int(after[CHILDREN.row, worker]),
        cap=candidate.cap,
        known_worker=candidate.known_worker,
        workers_in_window=candidate.workers_in_window,
        third_worker=candidate.third_worker,
    )
