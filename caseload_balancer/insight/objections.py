"""Why a case is not with a certain worker, and what it would take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError, DataProblem
from caseload_balancer.insight.amounts import COUNTED, by_tier, in_words, named, price
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.candidates import Placing
from caseload_balancer.insight.planned import Change, Planned
from caseload_balancer.insight.recommendations import case_number, worker_numbers
from caseload_balancer.insight.refusals import Refusal
from caseload_balancer.insight.resolving import Demand, Resolved, leaving_first, solve_again
from caseload_balancer.plan import Plan
from caseload_balancer.plan.words import counted
from caseload_balancer.policy import GOALS, GoalName, Policy
from caseload_balancer.problem.arrays import Ints

Verdict = Literal[
    "there already", "ineligible", "impossible", "not found", "full", "at a price", "tie", "better"
]
TOLD: Final = 8
"""Changes named in the text; the table holds all of them."""


@dataclass(frozen=True, kw_only=True)
class WhyNot(Answer):
    """Why the plan has not given a case to a worker.

    Parameters
    ----------
    case_id, worker_id
        What was asked.
    with_case_ids
        Siblings who move with the child: the answer is for all of them together.
    verdict
        ``there already``; ``ineligible``: a rule keeps the case from the worker; ``impossible``:
        proven that no allocation within the limits has it there; ``not found``: none was found in
        the time; ``full``: others must move to make room; ``at a price``: the week gets worse by
        so much; ``tie``: a plan with it there is worth exactly the same; ``better``: a plan with
        it there is better than this one, which was not proven best.
    refusals
        The rules against it, with the row or figure that says so: for ``ineligible``, and the
        limits in the way for ``full`` and ``impossible``.
    changes
        Who else changes worker in the best plan found that has the case there, as a chain: first
        the case, then what leaves the worker, then what leaves where that goes.
    differences
        What that plan adds to each goal of this one, in the goal's unit; zeros left out.
    tiers
        The same by tier of the policy, weighted.
    at_least
        For each tier, what any plan with the case there must add at the least: proven.
    exact
        Whether it is proven that nothing better has the case there.
    policy
        The plan's policy.
    """

    case_id: str
    worker_id: str
    with_case_ids: tuple[str, ...] = ()
    verdict: Verdict
    refusals: tuple[Refusal, ...] = ()
    changes: tuple[Change, ...] = ()
    differences: Mapping[GoalName, int]
    tiers: tuple[int, ...] = ()
    at_least: tuple[int, ...] = ()
    exact: bool = True
    policy: Policy

    @property
    def title(self) -> str:
        """The question."""
        together = f" (with {named(self.with_case_ids)})" if self.with_case_ids else ""
        return f"Why {self.case_id}{together} is not with {self.worker_id}"

    @property
    def text(self) -> str:
        """The verdict, the chain of changes, and what they cost."""
        against = "; ".join(refusal.sentence for refusal in self.refusals)
        match self.verdict:
            case "there already":
                return f"It is: the plan has {self.case_id} with {self.worker_id}."
            case "ineligible":
                places = "; ".join(refusal.where for refusal in self.refusals)
                return f"The rules do not allow it: {against} ({places})."
            case "impossible":
                why = f": {against}" if against else ""
                return f"No changes of other cases make room for it, proven{why}."
            case "not found":
                why = f": {against}" if against else ""
                return f"No way to make room was found in the time; one may exist{why}."
        return "\n".join(line for line in (self._verdict(against), *self._chain()) if line)

    def _verdict(self, against: str) -> str:
        cost = price(self.differences, self.policy)
        if self.verdict == "tie":
            details = in_words(self.differences, self.policy)
            swap = f" ({details})" if details else ""
            return f"It is a tie: a plan with it there is worth exactly the same{swap}."
        if self.verdict == "better":
            return (
                f"A plan with it there is better than this one, which is not proven best: {cost}."
            )
        claim = "No plan that has it there costs less: proven." if self.exact else self._bounded()
        if self.verdict == "full":
            return f"There is no room: {against}. Making room comes to {cost}. {claim}"
        return f"It is possible, at a price: {cost}. {claim}"

    def _bounded(self) -> str:
        first = next((n for n, gap in enumerate(self.tiers) if gap), 0)
        in_points = not {*COUNTED, "over_points"} & set(self.policy.tiers[first])
        if in_points and not any(self.at_least[:first]):
            least = max(0, self.at_least[first]) / 100
            return f"Not proven to be the least: it costs at least {least:,.2f} points."
        return "Not proven to be the least: a cheaper way may exist."

    def _chain(self) -> list[str]:
        together = {self.case_id, *self.with_case_ids}
        others = [one for one in self.changes if one.case_id not in together]
        if not others:
            return ["Nobody else would change worker."]
        more = [f"and {len(others) - TOLD} more"] if len(others) > TOLD else []
        who = counted(len(others), "other child", "other children")
        return [f"{who} would change worker: {'; '.join([*map(str, others[:TOLD]), *more])}."]

    def tables(self) -> Mapping[str, Table]:
        """Return ``changes``, ``differences`` and ``refusals``."""
        goals = self.policy.goals
        return {
            "changes": Table.of(
                "Who would change worker",
                {"case_id": str, "from_worker_id": str, "to_worker_id": str},
                self.changes,
            ),
            "differences": Table(
                "What it would add",
                {"tier": int, "goal": str, "value": int, "weight": int},
                tuple(
                    (goals[goal].tier, goal, self.differences[goal], goals[goal].weight)
                    for goal in GOALS
                    if goal in self.differences
                ),
            ),
            "refusals": Table.of(
                "Rules against it",
                {"rule": str, "where": str, "sentence": str},
                self.refusals,
            ),
        }


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
    the one that changes least is taken. On a team the answer is proven; on a county only what
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
        Of the search, as for `allocate`.

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
    no_room = placing.no_room(worker)
    arrays = planned.problem.arrays
    demand = Demand.none(arrays)
    demand.fix(arrays, planned.unit_of(number), worker)
    found = solve_again(arrays, planned.assignment, demand, time_limit=time_limit, seed=seed)
    if found is None or not found.possible:
        proven = found is None or found.settled
        verdict: Verdict = "impossible" if proven else "not found"
        return _answer(planned, number, worker_id, verdict, refusals=no_room, exact=proven)
    return _possible(planned, number, worker, found, no_room)


def _possible(
    planned: Planned, case: int, worker: int, found: Resolved, no_room: tuple[Refusal, ...]
) -> WhyNot:
    differences = planned.differences(found.assignment)
    tiers = by_tier(differences, planned.policy)
    values = by_tier(planned.values, planned.policy)
    verdict: Verdict = "full" if no_room else "at a price"
    if not any(tiers):
        verdict = "tie"
    elif tiers < (0,) * len(tiers):
        verdict = "better"
    return _answer(
        planned,
        case,
        planned.facts.index.workers[worker].worker_id,
        verdict,
        refusals=no_room,
        changes=_chain(planned, case, worker, found.assignment),
        differences=differences,
        at_least=tuple(b - v for b, v in zip(found.bounds, values, strict=True)),
        exact=found.settled,
    )


def _answer(
    planned: Planned,
    case: int,
    worker_id: str,
    verdict: Verdict,
    *,
    refusals: tuple[Refusal, ...] = (),
    changes: tuple[Change, ...] = (),
    differences: Mapping[GoalName, int] | None = None,
    at_least: tuple[int, ...] = (),
    exact: bool = True,
) -> WhyNot:
    cases = planned.facts.index.cases
    unit = planned.facts.groups.unit_cases[planned.unit_of(case)]
    return WhyNot(
        case_id=cases[case].case_id,
        worker_id=worker_id,
        with_case_ids=tuple(cases[one].case_id for one in unit if one != case),
        verdict=verdict,
        refusals=refusals,
        changes=changes,
        differences=differences or {},
        tiers=by_tier(differences or {}, planned.policy),
        at_least=at_least,
        exact=exact,
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
    order = [one[0] for one in mine] + leaving_first(others, worker)
    return tuple(changes[position] for position in order)


def _worker_number(planned: Planned, worker_id: str) -> int:
    numbers = planned.facts.index.worker_number
    if worker_id not in numbers:
        message = f"there is no worker '{worker_id}' in this week."
        raise DataError([DataProblem("workers", None, "worker_id", "unknown_worker", message)])
    return numbers[worker_id]
