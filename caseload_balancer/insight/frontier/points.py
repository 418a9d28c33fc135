"""The points of a frontier: each the best that is known with so many moves, and a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Final

import numpy as np

from caseload_balancer.arrays.evaluation import budget_used, values
from caseload_balancer.checker import Checker, Report, check
from caseload_balancer.errors import VerificationError
from caseload_balancer.insight.answers import Kind
from caseload_balancer.insight.frontier.search import Found
from caseload_balancer.insight.separate_parts import find_parts, keep_parts
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan import Plan, SearchOutcome, make_plan
from caseload_balancer.plan.loads import Loads, load_percent
from caseload_balancer.plan.outcomes import BY_CLOCK, StopReason
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.problems import Problem, build_problem

COLUMNS: Final[Mapping[str, Kind]] = {
    "moves": int,
    "must_hold_waiting": int,
    "urgency_waiting": int,
    "standing_breaches": int,
    "over_cap": int,
    "concessions": float,
    "transfers_due": int,
    "heaviest_load": float,
    "lightest_load": float,
    "imbalance": int,
    "proven": bool,
    "unproven": str,
    "gap": float,
    "knee": bool,
}


@dataclass(frozen=True, eq=False, kw_only=True)
class FrontierPoint:
    """The best that is known with so many moves; equal where week, policy and all figures are.

    Parameters
    ----------
    moves
        Children who change worker although theirs could go on and nobody asked.
    must_hold_waiting
        Children who may never wait and do.
    urgency_waiting
        The same, weighted by urgency.
    standing_breaches
        Breaches of rules that stood at the start and are left.
    over_cap
        Children beyond the cap of their worker.
    concessions
        Local limits given way, at the policy's prices.
    transfers_due
        Families whose transfer to another team is due and not made.
    heaviest_load, lightest_load
        Load % of the most and the least loaded worker who has points available; None where nobody
        has any.
    imbalance
        The plan's imbalance, hundredths of a cost point.
    proven
        No allocation with so many moves is better by a difference that counts.
    unproven, gap
        The first figure that might be less with so many moves, ``broken rules`` (must-hold
        children who wait among them), ``over cap``, ``limits`` (transfers due and not made among
        them) or ``balance``, and by how much at most: rules, limits and transfers weighted as the
        policy does, children, hundredths of a cost point. Empty and 0 where `proven`, and where
        the difference does not count.
    knee
        Where more moves begin to bring much less: see `Frontier`.
    problem, assignment, bounds, seed, stop_reason
        What `plan` is made from.
    """

    moves: int
    must_hold_waiting: int
    urgency_waiting: int
    standing_breaches: int
    over_cap: int
    concessions: float
    transfers_due: int
    heaviest_load: float | None
    lightest_load: float | None
    imbalance: int
    proven: bool
    unproven: str
    gap: int
    knee: bool
    problem: Problem = field(repr=False)
    assignment: tuple[int, ...] = field(repr=False)
    bounds: tuple[int, ...] = field(repr=False)
    seed: int = field(repr=False)
    stop_reason: StopReason = field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FrontierPoint):
            return NotImplemented
        return self._compared == other._compared

    def __hash__(self) -> int:
        return hash((self.moves, self.assignment, self.seed))

    @property
    def _compared(self) -> tuple[object, ...]:
        # The arrays of a problem follow from its week and policy.
        told = (getattr(self, one.name) for one in fields(self) if one.name != "problem")
        return (*told, self.problem.snapshot, self.problem.policy)

    @cached_property
    def plan(self) -> Plan:
        """The plan of the point, made and checked when it is first asked for.

        Its policy is the one that was asked about, with the goals in the order of the frontier
        and the point's moves as the move budget.
        """
        snapshot = self.problem.snapshot
        policy = self.problem.policy
        limits = policy.limits.model_copy(update={"move_budget": self.moves})
        content = {name: getattr(policy, name) for name in Policy.model_fields}
        problem = build_problem(snapshot, Policy.model_validate({**content, "limits": limits}))
        assignment = np.array(self.assignment, np.int64)
        outcome = SearchOutcome(
            assignment=assignment,
            bounds=self.bounds,
            stop_reason="proven" if self.proven else self.stop_reason,
            deterministic=self.stop_reason not in BY_CLOCK,
        )
        report = check(snapshot, problem.policy, problem.allocation(assignment))
        return make_plan(problem, outcome, report, seed=self.seed, backend=snapshot.origin.library)


class PointMaker:
    """Makes points of what a search found: measures them and checks them.

    Many points of a county differ in one team only, so each part of the service that shares
    nobody with the others is checked by itself, and once for each plan there is for it.

    Parameters
    ----------
    problem
        The week under the frontier's policy, without a budget.
    place
        Which tier, counted from 0, is the balance.
    step
        The least improvement of the balance that counts.
    seed, stop_reason
        Of the search: its seed, and why it left unproven what it did.
    """

    def __init__(
        self, problem: Problem, *, place: int, step: int, seed: int, stop_reason: StopReason
    ) -> None:
        self._problem = problem
        self._place = place
        self._step = step
        self._seed = seed
        self._stop_reason = stop_reason
        week = Week(problem.snapshot, problem.policy)
        parts = [keep_parts(week, [part]).snapshot for part in find_parts(week)]
        self._parts = [(part, Checker(part, problem.policy)) for part in parts]
        self._checked: dict[tuple[int, tuple[str | None, ...]], Report] = {}

    def make(self, found: Found) -> FrontierPoint:
        """Return the point.

        Raises
        ------
        VerificationError
            When it breaks a rule: a defect of this library.
        """
        problem = self._problem
        facts = problem.facts
        reports = self._check(problem.allocation(found.assignment))
        worker = found.assignment[facts.groups.unit_of_case]
        loads = _loads(problem, Loads.of(facts, worker).points.tolist())
        unproven, gap = _gap(problem.policy, found, self._place)
        proven = not unproven or (unproven == "balance" and gap < self._step)

        def total(goal: GoalName) -> int:
            return sum(report.goal_values[goal] for report in reports)

        return FrontierPoint(
            moves=budget_used(problem.arrays, found.assignment),
            must_hold_waiting=int((facts.must_hold & (worker == NOBODY)).sum()),
            urgency_waiting=total("must_hold_waiting"),
            standing_breaches=total("standing_breaches"),
            over_cap=total("over_cap"),
            concessions=total("concessions") / 10,
            transfers_due=total("transfers_due"),
            heaviest_load=max(loads, default=None),
            lightest_load=min(loads, default=None),
            imbalance=values(problem.arrays, found.assignment)[self._place],
            proven=proven,
            unproven="" if proven else unproven,
            gap=gap,
            knee=False,
            problem=problem,
            assignment=tuple(found.assignment.tolist()),
            bounds=found.bounds,
            seed=self._seed,
            stop_reason=self._stop_reason,
        )

    def _check(self, allocation: Mapping[str, str | None]) -> list[Report]:
        reports = []
        for number, (part, checker) in enumerate(self._parts):
            mine = {case.case_id: allocation[case.case_id] for case in part.cases}
            known = (number, tuple(mine.values()))
            if known not in self._checked:
                self._checked[known] = checker.check(mine)
            reports.append(self._checked[known])
        wrong = [violation.sentence for report in reports for violation in report.violations]
        if wrong:
            raise VerificationError(f"a point of the frontier failed its check: {'; '.join(wrong)}")
        return reports


def _gap(policy: Policy, found: Found, place: int) -> tuple[str, int]:
    """Return the first figure that is not proven to be the least, and by how much."""
    for tier, (value, bound) in enumerate(zip(found.value, found.bound, strict=True)):
        if value != bound:
            if tier == place:
                return "balance", value - bound
            goals = policy.tiers[tier]
            if "over_cap" in goals:  # which has a tier of its own
                return "over cap", (value - bound) // policy.goals["over_cap"].weight
            first = "must_hold_waiting" in goals or "standing_breaches" in goals
            return "broken rules" if first else "limits", value - bound
    return "", 0


def _loads(problem: Problem, points: Sequence[int]) -> list[float]:
    loads = (load_percent(problem.facts, worker, held) for worker, held in enumerate(points))
    return [load for load in loads if load is not None]
