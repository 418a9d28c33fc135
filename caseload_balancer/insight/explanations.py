"""Why a case is where it is, and what the next-best workers would have meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from caseload_balancer.domain import Snapshot
from caseload_balancer.insight.amounts import by_tier, named, price, worth
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.candidates import Candidate, Placing
from caseload_balancer.insight.exchanges import Exchanges
from caseload_balancer.insight.planned import Change, Planned
from caseload_balancer.insight.recommendations import case_number, worker_numbers
from caseload_balancer.plan import Plan
from caseload_balancer.plan.loads import load_percent
from caseload_balancer.plan.rows import Decision
from caseload_balancer.plan.words import children, listed, ordinal, percent, window
from caseload_balancer.policy import GOALS, GoalName
from caseload_balancer.problem.arrays import WAITING
from caseload_balancer.problem.resources import Resource

ALTERNATIVES: Final = 3


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another worker for a case, everything else as in the plan but for what makes room.

    Parameters
    ----------
    worker_id
        The other worker.
    makes_room
        The children another worker would have to take so that this one has room; empty where
        there is room.
    differences
        What it adds to each goal of the plan, in the goal's unit, not weighted; zeros left out.
    tiers
        The same by tier of the policy, weighted.
    load_before, load_after, children_after, cap
        The worker's load % in the plan and with the change, None without points available; the
        children then held, and how many may be.
    known_worker, workers_in_window, third_worker
        As in `Candidate`.
    """

    worker_id: str
    makes_room: tuple[Change, ...]
    differences: Mapping[GoalName, int]
    tiers: tuple[int, ...]
    load_before: float | None
    load_after: float | None
    children_after: int
    cap: int
    known_worker: bool
    workers_in_window: int
    third_worker: bool

    @property
    def is_tie(self) -> bool:
        """Whether it is worth exactly the same as the plan in every tier."""
        return not any(self.tiers)


@dataclass(frozen=True, kw_only=True)
class Explanation(Answer):
    """Why a case is where the plan has it.

    Parameters
    ----------
    decision
        What the plan says of the case: the worker, the change and the reason.
    with_case_ids
        Siblings who move with the child: terms and alternatives are for all of them together.
    terms
        What the case adds to each goal where it is, everything else as in the plan; in the goal's
        unit, not weighted, zeros left out.
    alternatives
        The next-best workers, the least cost first.
    proven
        Whether it is proven that no plan is better than the whole plan.
    plan
        The plan.
    """

    decision: Decision
    with_case_ids: tuple[str, ...]
    terms: Mapping[GoalName, int]
    alternatives: tuple[Alternative, ...]
    proven: bool
    plan: Plan

    @property
    def title(self) -> str:
        """The case and where it is."""
        worker = self.decision.worker_id
        where = "waits" if worker is None else f"is with {worker}"
        together = f", with {named(self.with_case_ids)}" if self.with_case_ids else ""
        return f"Why {self.decision.case_id} {where}{together}"

    @property
    def text(self) -> str:
        """Who has it and why, what it costs there, and the next-best workers."""
        lines = [self.decision.reason, f"It costs {worth(self.terms, self.plan.policy)} there."]
        if self.alternatives:
            lines.append("With another worker, everything else as in the plan:")
            lines += [f"- {self._told(one)}" for one in self.alternatives]
        else:
            lines.append("No other worker could take it, even if one other family changed worker.")
        return "\n".join([*lines, self._claim()])

    def _told(self, one: Alternative) -> str:
        what = "a tie" if one.is_tie else price(one.differences, self.plan.policy)
        parts = [f"{one.worker_id}: {what}"]
        if one.load_before is not None and one.load_after is not None:
            loads = f"from {percent(one.load_before)} to {percent(one.load_after)}"
            parts.append(f"takes {one.worker_id} {loads}")
        else:
            parts.append(f"takes {one.worker_id} to {one.children_after} of {children(one.cap)}")
        if one.worker_id == self.decision.previous_worker_id:
            parts.append("holds the case now")
        elif one.known_worker:
            parts.append("knows the child")
        if one.third_worker:
            days = window(self.plan.policy.churn.window_days)
            parts.append(f"{ordinal(one.workers_in_window)} worker in {days}")
        if one.makes_room:
            given = listed([change.case_id for change in one.makes_room])
            to = one.makes_room[0].to_worker_id
            left = f"to {to}" if to else "and leave it waiting"
            parts.append(f"{one.worker_id} would have to give up {given} {left}")
        return "; ".join(parts) + "."

    def _claim(self) -> str:
        if self.proven:
            return "No plan is better than the whole plan: proven."
        return "It is not proven that the plan is best: a better one may exist."

    def tables(self) -> Mapping[str, Table]:
        """Return ``alternatives``, ``terms`` and ``differences``."""
        goals = self.plan.policy.goals
        return {
            "alternatives": Table(
                "Next-best workers",
                {
                    "worker_id": str,
                    "tie": bool,
                    "gives_up": str,
                    "gives_up_to": str,
                    "load_before": float,
                    "load_after": float,
                    "children_after": int,
                    "cap": int,
                    "known_worker": bool,
                    "workers_in_window": int,
                    "third_worker": bool,
                },
                tuple(
                    (
                        one.worker_id,
                        one.is_tie,
                        tuple(change.case_id for change in one.makes_room),
                        one.makes_room[0].to_worker_id if one.makes_room else None,
                        one.load_before,
                        one.load_after,
                        one.children_after,
                        one.cap,
                        one.known_worker,
                        one.workers_in_window,
                        one.third_worker,
                    )
                    for one in self.alternatives
                ),
            ),
            "terms": Table(
                "What the case adds where it is",
                {"tier": int, "goal": str, "value": int, "weight": int},
                tuple(
                    (goals[goal].tier, goal, self.terms[goal], goals[goal].weight)
                    for goal in GOALS
                    if goal in self.terms
                ),
            ),
            "differences": Table(
                "What another worker would add",
                {"worker_id": str, "tier": int, "goal": str, "value": int, "weight": int},
                tuple(
                    (one.worker_id, goals[goal].tier, goal, value, goals[goal].weight)
                    for one in self.alternatives
                    for goal, value in one.differences.items()
                ),
            ),
        }


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
    placing = Placing.of(planned.facts, number, worker_numbers(planned.facts, plan.allocation))
    here = int(planned.assignment[planned.unit_of(number)])
    if here == WAITING:
        terms = placing.waiting_terms()
    else:
        (terms,) = placing.terms([here])
    found = _next_best(planned, planned.unit_of(number))[:alternatives]
    by_id = {one.worker_id: one for one in placing.candidates()}
    return Explanation(
        decision=next(row for row in plan.cases if row.case_id == case_id),
        with_case_ids=tuple(
            planned.facts.index.cases[one].case_id for one in placing.unit if one != number
        ),
        terms=terms,
        alternatives=tuple(_alternative(planned, one, by_id) for one in found),
        proven=plan.status == "optimal",
        plan=plan,
    )


@dataclass(frozen=True)
class _Option:
    """A worker for a unit: its cost by tier, and what changes (the unit itself first)."""

    tiers: tuple[int, ...]
    worker: int
    changes: Mapping[int, int]


def _next_best(planned: Planned, unit: int) -> list[_Option]:
    exchanges = Exchanges(planned.problem.arrays, planned.assignment)
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
    before = Exchanges(planned.problem.arrays, planned.assignment).use[Resource.POINTS, worker]
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
        load_after=load_percent(facts, worker, int(exchanges.use[Resource.POINTS, worker])),
        children_after=int(exchanges.use[Resource.CHILDREN, worker]),
        cap=candidate.cap,
        known_worker=candidate.known_worker,
        workers_in_window=candidate.workers_in_window,
        third_worker=candidate.third_worker,
    )
