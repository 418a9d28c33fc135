"""Why a case is where it is, and what the next-best workers would have meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from caseload_balancer.arrays import WAITING
from caseload_balancer.arrays.options import keep_options
from caseload_balancer.domain import Snapshot
from caseload_balancer.insight.agreed.agreements import still_agreed
from caseload_balancer.insight.agreed.exchanges import Exchanges
from caseload_balancer.insight.agreed.resolving import Demand
from caseload_balancer.insight.amounts import by_tier
from caseload_balancer.insight.explain.answer import Alternative, Explanation, Standing
from caseload_balancer.insight.placing.candidate_rows import Candidate
from caseload_balancer.insight.placing.candidates import Placing
from caseload_balancer.insight.planned import Planned
from caseload_balancer.insight.recommend.question import case_number, worker_numbers
from caseload_balancer.plan import Plan
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.problem.limits import CHILDREN, POINTS

ALTERNATIVES: Final = 3


def explain(
    snapshot: Snapshot, plan: Plan, case_id: str, *, alternatives: int = ALTERNATIVES
) -> Explanation:
    """Say why a case is where the plan has it, and what the next-best workers would mean.

    The alternatives are all there are, compared exactly: each other worker who may be given the
    case, everything else as in the plan; where that worker is full, with the cheapest one family
    that another worker could take from them. `why_not` looks further for one worker.

    Parameters
    ----------
    snapshot
        The week the plan was made from.
    plan
        The plan.
    case_id
        The case.
    alternatives
        How many other workers to tell of.

    Raises
    ------
    DataError
        When the plan was made from another week, or there is no such case.
    """
    planned = Planned.of(snapshot, plan)
    number = case_number(planned.facts, case_id)
    unit = planned.unit_of(number)
    placing = Placing.of(planned.facts, number, worker_numbers(planned.facts, plan.allocation))
    here = int(planned.assignment[unit])
    if here == WAITING:
        terms = placing.waiting_terms()
    else:
        (terms,) = placing.terms([here])
    demand, about = still_agreed(planned, unit)
    found = _next_best(planned, unit, demand)[:alternatives]
    by_id = {one.worker_id: one for one in placing.candidates()}
    return Explanation(
        decision=next(row for row in plan.cases if row.case_id == case_id),
        standing=_standing(planned, number),
        with_case_ids=tuple(
            planned.facts.index.cases[one].case_id for one in placing.unit if one != number
        ),
        terms=terms,
        tiers=by_tier(terms, planned.policy),
        alternatives=tuple(_alternative(planned, one, by_id) for one in found),
        agreed=about,
        proven=plan.status == "optimal",
        plan=plan,
    )


@dataclass(frozen=True)
class _Option:
    """A worker for a unit: its cost by tier, and what changes (the unit itself first)."""

    tiers: tuple[int, ...]
    worker: int
    changes: Mapping[int, int]


def _standing(planned: Planned, case: int) -> Standing:
    facts = planned.facts
    row, holder = facts.index.cases[case], planned.worker_id(int(facts.holder[case]))
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


def _next_best(planned: Planned, unit: int, demand: Demand) -> list[_Option]:
    arrays = keep_options(
        planned.problem.arrays,
        arcs=demand.arcs,
        may_wait=demand.may_wait,
        start=planned.assignment,
    )
    exchanges = Exchanges(arrays, planned.assignment)
    here = int(planned.assignment[unit])
    found = []
    for worker in exchanges.options(unit):
        if worker in {here, WAITING}:
            continue
        options = list(_ways(exchanges, unit, worker))
        if options:
            found.append(min(options, key=lambda one: (one.tiers, *one.changes.items())))
    return sorted(found, key=lambda one: (one.tiers, one.worker))


def _ways(exchanges: Exchanges, unit: int, worker: int) -> Iterator[_Option]:
    """Yield the ways to have a unit at a worker: as is, or else with one other unit gone."""
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
    planned: Planned, option: _Option, candidates: Mapping[str, Candidate]
) -> Alternative:
    facts, worker = planned.facts, option.worker
    assignment = planned.assignment.copy()
    assignment[list(option.changes)] = list(option.changes.values())
    differences = planned.differences(assignment)
    mine = set(facts.groups.unit_cases[next(iter(option.changes))])
    exchanges = Exchanges(planned.problem.arrays, assignment)
    before = Exchanges(planned.problem.arrays, planned.assignment).use[POINTS.row, worker]
    name = facts.index.workers[worker].worker_id
    candidate = candidates[name]
    return Alternative(
        worker_id=name,
        makes_room=tuple(
            change
            for change in planned.changes(assignment)
            if facts.index.case_number[change.case_id] not in mine
        ),
        differences=differences,
        tiers=by_tier(differences, planned.policy),
        load_before=load_percent(facts, worker, int(before)),
        load_after=load_percent(facts, worker, int(exchanges.use[POINTS.row, worker])),
        children_after=int(exchanges.use[CHILDREN.row, worker]),
        cap=candidate.cap,
        known_worker=candidate.known_worker,
        workers_in_window=candidate.workers_in_window,
        third_worker=candidate.third_worker,
    )
