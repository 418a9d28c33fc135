"""The least bad exception to the cap for a child who may not wait and finds no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from caseload_balancer.domain.wording import listed, percent
from caseload_balancer.plan.loads import Loads, load_percent
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.problem.concessions import may_exceed_cap, passes_cap, steps_conceded
from caseload_balancer.problem.limits import CHILDREN, MAX_NEW
from caseload_balancer.problem.presence import NO_END
from caseload_balancer.problem.use import measure_added

HOW_TO_AGREE: Final = (
    "A manager agrees to one child with may_exceed_cap in its row, or with exceed in the decisions "
    "for caseload reallocate; to every such child with cap.may_exceed_for in the policy. Each is "
    "worked out by itself: after one yes, plan again before the next."
)


@dataclass(frozen=True, order=True)
class _Candidate:
    """Somebody who may hold the children but for the cap; the least is the least bad."""

    steps: int
    leaves: bool
    stranger: bool
    load: float
    name: str
    number: int


def least_bad_exception(week: PlannedWeek, unit: int) -> str | None:
    """Return who could take a unit over the cap, and why they; None where nobody could.

    Nearest first, then who stays, then who knows a child, then the lowest load. A manager decides:
    the plan itself keeps to the cap.
    """
    facts = week.facts
    cases = list(facts.groups.unit_cases[unit])
    if may_exceed_cap(facts)[cases].all():
        return None
    every = np.arange(len(facts.index.workers))
    able = facts.may_hold[cases].all(axis=0) & facts.presence.takes_cases
    added = measure_added(facts, cases, every, week.worker)
    able &= week.use[MAX_NEW.row] + added[MAX_NEW.row] <= week.limits[MAX_NEW.row]
    able &= facts.presence.cap > 0
    points = Loads.of(facts, week.worker).points
    more = int(facts.points[cases].sum())
    found = [
        _Candidate(
            steps=0
            if facts.near_family[cases[0], number]
            else int(facts.scope_steps[cases, number].max()),
            leaves=int(facts.presence.days_to_end[number]) != NO_END,
            stranger=not any(facts.history.knows(case, number) for case in cases),
            load=load or 0.0,
            name=week.worker_id(number),
            number=number,
        )
        for number in np.flatnonzero(able).tolist()
        if (load := load_percent(facts, number, int(points[number]) + more)) is not None
    ]
    if not found:
        return None
    best = min(found)
    cap = int(facts.presence.cap[best.number])
    after = int(week.use[CHILDREN.row, best.number]) + len(cases)
    alone = len(cases) == 1
    them = "it" if alone else f"these {len(cases)} siblings"
    rows = "its row" if alone else "their rows"
    return (
        f"{best.name} could take {them} if a manager agrees (may_exceed_cap in {rows}), at {after} "
        f"children of {cap}: {listed(_reasons(best, found))}"
    )


def why_gave_way(week: PlannedWeek, case: int) -> str:
    """Return which rule gave way to a child who may not wait, as a clause; empty for none."""
    facts = week.facts
    worker = week.worker[[case]]
    together = facts.groups.unit_cases[int(facts.groups.unit_of_case[case])]
    whose = "the child" if facts.must_hold[case] else "a sibling"
    text = ""
    if steps_conceded(facts, np.array([case]), worker)[0]:
        text += f", of another team, as {whose} may not wait"
    children = int(week.use[CHILDREN.row, worker[0]])
    cap = int(facts.presence.cap[worker[0]])
    if passes_cap(facts)[case] and children > cap:
        row = any(facts.index.cases[one].may_exceed_cap for one in together)
        agreed = "may_exceed_cap" if row else "cap.may_exceed_for"
        text += f", over the cap ({children} of {cap}), as {whose} may not wait and a manager "
        text += f"agreed ({agreed})"
    return text


def _reasons(best: _Candidate, found: list[_Candidate]) -> list[str]:
    reasons = []
    if not best.steps:
        reasons.append("near enough")
    if not best.leaves:
        reasons.append("with no last day or long absence known")
    if not best.stranger:
        reasons.append("known to the child")
    lowest = min(one.load for one in found) == best.load and len(found) > 1
    load = f"at {percent(best.load)} load then"
    reasons.append(f"{load}, the lowest of the {len(found)} who may hold it" if lowest else load)
    return reasons
