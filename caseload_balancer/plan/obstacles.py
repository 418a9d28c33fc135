"""Why somebody cannot hold a case, go on, or take one more: facts of the rules, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case, Worker
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.plan.words import (
    CASE_WORDS,
    case_words,
    counted,
    listed,
    percent,
    with_article,
)
from caseload_balancer.policy import Policy
from caseload_balancer.problem.eligibility import is_must_hold
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.resources import Resource

FULL: Final = {
    Resource.CHILDREN: "reached the cap",
    Resource.POINTS: "too few points left under the limit",
    Resource.COURT: "reached the limit of families in court",
    Resource.NEW: "reached the week's limit of new families",
    Resource.ARRIVING: "reached their own limit of new families",
}
"""What a worker has who can take no more, for each limit."""


def why_not_going_on(facts: Facts, worker: int) -> str:
    """Return why a worker cannot go on holding cases: ``W-9 leaves on 2015-11-27``."""
    snapshot = facts.index.snapshot
    one = facts.index.workers[worker]
    if one.available_from is not None and one.available_from > snapshot.as_of:
        return f"{one.worker_id} is not here before {one.available_from.isoformat()}"
    if one.leaves_on is not None and one.leaves_on < snapshot.as_of:
        return f"{one.worker_id} left on {one.leaves_on.isoformat()}"
    absences = [
        row.ends_on
        for row in snapshot.adjustments_by_worker.get(one.worker_id, ())
        if row.percent == 100 and row.covers(snapshot.as_of)
    ]
    hands_over = facts.policy.presence.leaving_hands_over_days
    if one.leaves_on is not None and (one.leaves_on - snapshot.as_of).days < hands_over:
        return f"{one.worker_id} leaves on {one.leaves_on.isoformat()}"
    dated = [end for end in absences if end is not None]
    if absences and len(dated) == len(absences):
        return f"{one.worker_id} is away until {max(dated).isoformat()}"
    return f"{one.worker_id} is away, with no date of return"


def why_may_not_hold(facts: Facts, case: Case, worker: Worker) -> str:
    """Return the rule that keeps a worker who is here from holding a case, as a clause.

    ``who is newly qualified and may not hold a case in court``; in the order of the rules in
    docs/mathematics.md, section 2.
    """
    rules = facts.policy.eligibility
    kind = with_article(CASE_WORDS[case.case_type])
    if worker.role not in rules.registered_roles and (
        is_must_hold(case, facts.policy) or case.case_type not in rules.unregistered_may_hold
    ):
        return f"whose role may not hold {with_article(case_words(case))}"
    if worker.role == "asye" and _protected_from(case, facts.policy):
        return f"who is newly qualified and may not hold {_protected_from(case, facts.policy)}"
    if worker.may_hold and case.case_type not in worker.may_hold:
        return f"who does not hold {kind}"
    if worker.worker_id in case.excluded_worker_ids:
        return "who must not hold this case"
    return f"whose team does not take {kind}"


def _protected_from(case: Case, policy: Policy) -> str | None:
    rules = policy.eligibility
    if case.case_type == "child_protection" and not rules.asye_may_hold_child_protection:
        return with_article(CASE_WORDS["child_protection"])
    if case.in_court and not rules.asye_may_hold_court:
        return "a case in court"
    return None


def why_nobody_takes(week: PlannedWeek, unit: int) -> str:
    """Return why no worker but the holder takes a unit, as a clause of facts.

    Either nobody may be given it, or everybody who may is full after the plan, or there is room,
    and then what the least loaded worker's load would come to.
    """
    arrays = week.problem.arrays
    arcs = np.arange(arrays.arcs)[arrays.arcs_of(unit)]
    arcs = arcs[arrays.arc_worker[arcs] != week.facts.groups.holder[unit]]
    if not len(arcs):
        return _nobody_may(week.facts, unit)
    blocked = {arc: _first_block(week, unit, arc) for arc in arcs.tolist()}
    free = [int(arrays.arc_worker[arc]) for arc, block in blocked.items() if block is None]
    if free:
        return _room_left(week, unit, free)
    return _everybody_full(
        week.facts, unit, [block for block in blocked.values() if block is not None]
    )


def _first_block(week: PlannedWeek, unit: int, arc: int) -> Resource | None:
    """Return the first limit that the unit would break at the arc's worker, on top of the plan."""
    arrays = week.problem.arrays
    worker = int(arrays.arc_worker[arc])
    added = arrays.arc_use[:, arc] - _used_by_siblings(week, unit, worker)
    over = week.use[:, worker] + np.maximum(0, added) > arrays.limit[:, worker]
    return Resource(int(np.argmax(over))) if over.any() else None


def _used_by_siblings(week: PlannedWeek, unit: int, worker: int) -> Ints:
    """Return what siblings of the unit use already of resources that a group uses once."""
    arrays = week.problem.arrays
    used = np.zeros(arrays.resources, np.int64)
    group = int(arrays.group_of_unit[unit])
    if group < 0:
        return used
    for other in arrays.groups.members(group).tolist():
        if other != unit and week.assignment[other] == worker:
            used = np.maximum(used, arrays.arc_use[:, arrays.arc_to(other, worker)])
    return np.where(arrays.shared, used, 0)


def _everybody_full(facts: Facts, unit: int, blocks: Sequence[Resource]) -> str:
    cases = facts.groups.unit_cases[unit]
    what = _what(facts, cases)
    has = dict(FULL)
    if len(cases) > 1:
        has[Resource.CHILDREN] = f"no room for all {len(cases)}"
    reasons = Counter(blocks)
    if len(blocks) == 1:
        return f"the only worker who may take {what} has {has[blocks[0]]}"
    if len(cases) > 1 and set(blocks) == {Resource.CHILDREN}:
        return f"no worker who may take {what} has room for all {len(cases)}"
    if len(reasons) == 1:
        return f"every worker who may take {what} has {has[blocks[0]]}"
    parts = [
        f"{number} {'has' if number == 1 else 'have'} {has[reason]}"
        for reason, number in sorted(reasons.items())
    ]
    return f"of the {len(blocks)} workers who may take {what}, {listed(parts)}"


def _room_left(week: PlannedWeek, unit: int, workers: Sequence[int]) -> str:
    facts = week.facts
    points = int(facts.points[list(facts.groups.unit_cases[unit])].sum())
    after = np.zeros(len(facts.index.workers), np.int64)
    held = np.flatnonzero(week.worker >= 0)
    np.add.at(after, week.worker[held], facts.points[held])
    loads = {
        worker: load
        for worker in workers
        if (load := load_percent(facts, worker, int(after[worker]) + points)) is not None
    }
    if not loads:
        return f"{week.worker_id(workers[0])} has room, but no points available"
    least = min(loads, key=lambda worker: (loads[worker], worker))
    others = "" if len(workers) == 1 else f"of the {counted(len(workers), 'worker')} with room "
    name = week.worker_id(least)
    if others:
        return f"{others}{name} has the lowest load, and would come to {percent(loads[least])}"
    return f"only {name} has room, and would come to {percent(loads[least])} load"


def _nobody_may(facts: Facts, unit: int) -> str:
    """Return which of the rules on who may be given a case leaves nobody, for the whole unit."""
    cases = facts.groups.unit_cases[unit]
    what = _what(facts, cases)
    rows = list(cases)
    other = np.ones(len(facts.index.workers), np.bool_)
    holder = int(facts.groups.holder[unit])
    word = "worker"
    if holder >= 0:
        other[holder] = False
        word = "other worker"

    def somebody(may: Bools) -> bool:
        return bool((may[rows].all(axis=0) & other).any())

    if not somebody(facts.may_hold):
        alone = (facts.may_hold[rows] & other).any(axis=1)
        if len(cases) > 1 and alone.all():
            return f"no one {word} may hold all {len(cases)} siblings"
        return f"no {word} who is here may hold {what}"
    if not somebody(facts.may_hold & facts.presence.takes_cases):
        return f"every {word} who may hold {what} is away or leaving"
    scope = {"team": "in its team", "parent": "in its locality"}.get(
        facts.policy.eligibility.scope, "in the service"
    )
    return f"no {word} {scope} may take {what}"


def _what(facts: Facts, cases: Sequence[int]) -> str:
    if len(cases) > 1:
        return f"these {len(cases)} siblings"
    return f"this {case_words(facts.index.cases[cases[0]])}"
