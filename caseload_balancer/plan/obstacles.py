"""Why somebody cannot hold a case, go on, or take one more: facts of the rules, in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain.wording import case_words, counted, listed, percent
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.eligibility import against_giving, against_holding
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.limits import CHILDREN, LIMITS, Limit
from caseload_balancer.problem.progress import against_taking
from caseload_balancer.problem.use import measure_added


def stay_plainly(facts: Facts) -> Bools:
    """Return of which cases there is nothing to tell where they stay, shape (cases,).

    Of most, so what else there might be is looked for in all of them at once.
    """
    transfers, held = facts.transfers, np.flatnonzero(facts.holder != NOBODY)
    told = facts.groups.locked[facts.groups.unit_of_case] | facts.history.asked
    told |= transfers.due | transfers.stays_until | transfers.starts_outside
    holder = facts.holder[held]
    plain = np.zeros(len(facts.holder), np.bool_)
    plain[held] = facts.may_hold[held, holder] & ~facts.presence.still_here[holder] & ~told[held]
    return plain


def why_not_going_on(facts: Facts, worker: int) -> str:
    """Return why a worker cannot go on holding cases: ``W-9 leaves on 2015-11-27``."""
    against = facts.presence.against_going_on[worker]
    if against is None:
        raise ValueError("the worker can go on")
    return against.sentence


def why_may_not_hold(facts: Facts, case: int, worker: int) -> str:
    """Return the first rule that keeps a worker who is here from holding a case, as a clause.

    ``who is newly qualified and may not hold a case in court``; in the order of the rules in
    docs/mathematics.md, section 2.
    """
    return next(against_holding(facts, case, worker)).clause


def work_in_progress(facts: Facts, cases: Sequence[int]) -> str | None:
    """Return which of some cases is not taken from its worker now, and why; None where none is."""
    index, policy = facts.index, facts.policy
    found = (one for one in cases if facts.in_progress[one])
    return next((next(against_taking(index, policy, one)).sentence for one in found), None)


def why_nobody_takes(week: PlannedWeek, unit: int) -> str:
    """Return why no worker but the holder takes a unit, as a clause of facts.

    Either it is work in progress, or nobody may be given it, or everybody who may is full after the
    plan, or there is room, and then what the least loaded worker's load would come to.
    """
    arrays = week.problem.arrays
    takers = arrays.arc_worker[arrays.arcs_of(unit)]
    takers = takers[takers != week.facts.groups.holder[unit]]
    if not len(takers):
        stays = work_in_progress(week.facts, week.facts.groups.unit_cases[unit])
        return stays or _nobody_may(week.facts, unit)
    over = _over(week, unit, takers)
    free = takers[~over.any(axis=0)].tolist()
    if free:
        family = _family_elsewhere(week, unit, takers, over)
        room = _room_left(week, unit, free)
        return f"{family}; apart from the family {room}" if family else room
    return _everybody_full(week.facts, unit, [LIMITS[row] for row in over.argmax(axis=0)])


def with_room(week: PlannedWeek, unit: int) -> bool:
    """Say whether a worker other than the holder may take a unit and has room after the plan."""
    arrays = week.problem.arrays
    takers = arrays.arc_worker[arrays.arcs_of(unit)]
    takers = takers[takers != week.facts.groups.holder[unit]]
    return bool((~_over(week, unit, takers).any(axis=0)).any())


def _over(week: PlannedWeek, unit: int, takers: Ints) -> Bools:
    """Return which limits a unit would pass at each worker, shape (limits, takers)."""
    added = measure_added(week.facts, week.facts.groups.unit_cases[unit], takers, week.worker)
    # Room is what the limits leave as they are set: the 26th child of 25 is a breach, not a place.
    found: Bools = (added > 0) & (week.use[:, takers] + added > week.limits[:, takers])
    return found


def _family_elsewhere(week: PlannedWeek, unit: int, takers: Ints, over: Bools) -> str:
    """Return with whom the siblings of a unit are, and why it cannot join them; else nothing.

    Others may have room, but the family would then be with more than one worker.
    """
    facts = week.facts
    cases = facts.groups.unit_cases[unit]
    group = facts.groups.group
    same = np.flatnonzero((group == group[cases[0]]) & (week.worker != NOBODY))
    siblings = [one for one in same.tolist() if one not in cases]
    parts = []
    for worker in sorted({int(week.worker[one]) for one in siblings}):
        place = np.flatnonzero(takers == worker)
        if worker == facts.groups.holder[unit]:
            return ""
        if len(place) and not over[:, place[0]].any():
            return ""
        there = [facts.index.cases[one].case_id for one in siblings if week.worker[one] == worker]
        who = f"{'sibling' if len(there) == 1 else 'siblings'} {listed(there)}"
        are = "is" if len(there) == 1 else "are"
        if len(place):
            full = LIMITS[int(over[:, place[0]].argmax())].full(len(cases))
            why = f"who has {full}"
        else:
            why = f"and {against_giving(facts, cases, worker)[0].sentence}"
        parts.append(f"{who} {are} with {week.worker_id(worker)}, {why}")
    return "; ".join(parts)


def _everybody_full(facts: Facts, unit: int, blocks: Sequence[Limit]) -> str:
    """Return what each worker has who may take a unit, from the first limit each would pass."""
    cases = facts.groups.unit_cases[unit]
    what = _what(facts, cases)
    has = [(limit.full(len(cases)), blocks.count(limit)) for limit in LIMITS if limit in blocks]
    if len(blocks) == 1:
        return f"the only worker who may take {what} has {has[0][0]}"
    if len(cases) > 1 and set(blocks) == {CHILDREN}:
        return f"no worker who may take {what} has room for all {len(cases)}"
    if len(has) == 1:
        return f"every worker who may take {what} has {has[0][0]}"
    parts = [f"{number} {'has' if number == 1 else 'have'} {full}" for full, number in has]
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
