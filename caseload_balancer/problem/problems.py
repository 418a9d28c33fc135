"""The problem: a snapshot and a policy as arrays, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, Ints, UnitGroups
from caseload_balancer.arrays.definition import starts_of
from caseload_balancer.domain import Snapshot
from caseload_balancer.errors import DataError
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.conflicts import policy_conflicts
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.load_costs import (
    imbalance_steps,
    new_case_steps,
    points_limit,
    steps_beyond,
)
from caseload_balancer.problem.options import Options, find_options
from caseload_balancer.problem.pair_costs import PAIR_COSTS, is_unforced_move
from caseload_balancer.problem.resources import (
    COUNTED_ONCE_A_GROUP,
    Resource,
    measure_limits,
    measure_use,
    unit_totals,
)
from caseload_balancer.problem.wait_costs import WAIT_COSTS


@dataclass(frozen=True, eq=False)
class Problem:
    """One week's problem in whole numbers.

    Parameters
    ----------
    facts
        What was derived from the snapshot and the policy.
    options
        What each unit can do.
    arrays
        What the engine solves.
    """

    facts: Facts
    options: Options
    arrays: Arrays

    @property
    def snapshot(self) -> Snapshot:
        """The week."""
        return self.facts.index.snapshot

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.facts.policy

    @cached_property
    def start(self) -> Mapping[str, str | None]:
        """The allocation in which everybody who can stays, and the others wait."""
        return self.allocation(self.arrays.start)

    def allocation(self, assignment: Ints) -> dict[str, str | None]:
        """Return the worker of each case (None: waiting) that an assignment of units means.

        Parameters
        ----------
        assignment
            Shape (units,): number of a worker, or `WAITING`.
        """
        workers = self.facts.index.workers
        per_case = assignment[self.facts.groups.unit_of_case].tolist()
        return {
            case.case_id: None if worker == WAITING else workers[worker].worker_id
            for case, worker in zip(self.facts.index.cases, per_case, strict=True)
        }

    def assignment(self, allocation: Mapping[str, str | None]) -> Ints:
        """Return the assignment of units that an allocation of cases means, shape (units,)."""
        found = np.full(self.facts.groups.units, WAITING, np.int64)
        for unit, cases in enumerate(self.facts.groups.unit_cases):
            worker = allocation[self.facts.index.cases[cases[0]].case_id]
            if worker is not None:
                found[unit] = self.facts.index.worker_number[worker]
        return found


def build_problem(snapshot: Snapshot, policy: Policy) -> Problem:
    """Turn a week and a policy into the arrays the engine solves.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids, such as a cap above the policy's.
    """
    conflicts = policy_conflicts(snapshot, policy)
    if conflicts:
        raise DataError(conflicts)
    facts = Facts.of(snapshot, policy)
    options = find_options(facts)
    use = measure_use(facts, options)
    limit = measure_limits(facts, options, use)
    arrays = Arrays(
        arc_start=options.start,
        arc_worker=options.worker,
        arc_use=use,
        arc_cost=_arc_costs(facts, options),
        wait_cost=_wait_costs(facts),
        may_wait=options.may_wait,
        limit=limit,
        shared=np.array(COUNTED_ONCE_A_GROUP, np.bool_),
        breakpoints=_breakpoints(facts, limit),
        groups=_unit_groups(facts),
        arc_budget=_unforced_children(facts, options),
        budget=policy.limits.move_budget,
        slack_abs=np.array([_slack_abs(policy, tier) for tier in policy.tiers], np.int64),
        slack_rel=np.array(
            [int(1000 * policy.goals[tier[0]].slack_rel) for tier in policy.tiers], np.int64
        ),
        start=options.stay,
    )
    return Problem(facts=facts, options=options, arrays=arrays)


def _place(policy: Policy, goal: GoalName) -> tuple[int, int] | None:
    """Return the tier (counted from 0) and weight of a goal, None where it is left out."""
    for tier, goals in enumerate(policy.tiers):
        if goal in goals:
            return tier, policy.goals[goal].weight
    return None


def _slack_abs(policy: Policy, tier: tuple[GoalName, ...]) -> int:
    return sum(policy.goals[goal].weight * policy.goals[goal].slack_abs for goal in tier)


def _case_pairs(facts: Facts, options: Options) -> tuple[Ints, Ints, Ints]:
    """Spread arcs over the cases of their units: arc, case and worker of each pair."""
    sizes = np.array([len(cases) for cases in facts.groups.unit_cases], np.int64)
    first = starts_of(sizes)
    members = np.array([case for cases in facts.groups.unit_cases for case in cases], np.int64)
    of_arc = sizes[options.unit]
    arc = np.repeat(np.arange(len(options.unit), dtype=np.int64), of_arc)
    ends = np.cumsum(of_arc)
    within = np.arange(len(arc), dtype=np.int64) - np.repeat(ends - of_arc, of_arc)
    case = members[first[options.unit[arc]] + within]
    return arc, case, options.worker[arc]


def _arc_costs(facts: Facts, options: Options) -> Ints:
    arc, case, worker = _case_pairs(facts, options)
    cost = np.zeros((len(facts.policy.tiers), len(options.unit)), np.int64)
    for goal, measure in PAIR_COSTS.items():
        place = _place(facts.policy, goal)
        if place is not None and len(arc):
            tier, weight = place
            np.add.at(cost[tier], arc, weight * measure(facts, case, worker))
    return cost


def _unforced_children(facts: Facts, options: Options) -> Ints:
    arc, case, worker = _case_pairs(facts, options)
    moved = np.zeros(len(options.unit), np.int64)
    if len(arc):
        np.add.at(moved, arc, is_unforced_move(facts, case, worker).astype(np.int64))
    return moved


def _wait_costs(facts: Facts) -> Ints:
    cost = np.zeros((len(facts.policy.tiers), facts.groups.units), np.int64)
    for goal, measure in WAIT_COSTS.items():
        place = _place(facts.policy, goal)
        if place is not None:
            tier, weight = place
            cost[tier] += weight * unit_totals(facts, measure(facts))
    return cost


def _breakpoints(facts: Facts, limit: Ints) -> Breakpoints:
    most_points = _most_points(facts, limit)
    columns: list[Ints] = []
    for worker in range(len(facts.index.workers)):
        most = limit[:, worker].tolist()
        most[Resource.POINTS] = int(most_points[worker])
        cap = int(facts.presence.cap[worker])
        costs: list[tuple[GoalName, Resource, Ints]] = [
            ("over_cap", Resource.CHILDREN, steps_beyond(cap, most[Resource.CHILDREN])),
            (
                "standing_breaches",
                Resource.COURT,
                steps_beyond(facts.policy.limits.court_families, most[Resource.COURT]),
            ),
            ("imbalance", Resource.POINTS, imbalance_steps(facts, worker, most[Resource.POINTS])),
            ("new_case_share", Resource.NEW, new_case_steps(facts, worker, most[Resource.NEW])),
        ]
        points = points_limit(facts, worker)
        if points is not None:
            over = steps_beyond(points, most[Resource.POINTS])
            costs.append(("over_points", Resource.POINTS, over))
        for goal, resource, steps in costs:
            place = _place(facts.policy, goal)
            if place is not None:
                columns.append(_as_breakpoints(*place, resource, worker, steps))
    tier, resource_, worker_, at, step = np.concatenate(
        [np.zeros((5, 0), np.int64), *columns], axis=1
    )
    return Breakpoints(tier=tier, resource=resource_, worker=worker_, at=at, step=step)


def _most_points(facts: Facts, limit: Ints) -> Ints:
    """Return the most points each worker can come to hold: a full caseload of the heaviest."""
    heaviest = np.sort(facts.points)[::-1]
    totals = np.concatenate([[0], np.cumsum(heaviest)]).astype(np.int64)
    by_count: Ints = totals[np.minimum(limit[Resource.CHILDREN], len(heaviest))]
    most: Ints = np.minimum(by_count, limit[Resource.POINTS])
    return most


def _as_breakpoints(tier: int, weight: int, resource: Resource, worker: int, steps: Ints) -> Ints:
    """Return step costs as breakpoints: one where the step rises; shape (5, breakpoints)."""
    rises = np.diff(steps, prepend=0)
    at = np.flatnonzero(rises)
    fixed = np.array([[tier], [resource], [worker]], np.int64)
    return np.concatenate([np.repeat(fixed, len(at), axis=1), [at, weight * rises[at]]])


def _unit_groups(facts: Facts) -> UnitGroups:
    split = facts.groups.split
    cost = np.zeros((len(facts.policy.tiers), len(split)), np.int64)
    place = _place(facts.policy, "standing_breaches")
    if place is not None:
        tier, weight = place
        cost[tier] = weight
    return UnitGroups.of(split, cost)
