"""The problem: a snapshot and a policy as arrays, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, Ints, UnitGroups
from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.concessions import NONE, Opened, passes_cap
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.group_costs import GROUP_COSTS
from caseload_balancer.problem.limits import ARRIVING, CHILDREN, LIMITS, POINTS
from caseload_balancer.problem.load_costs import load_steps
from caseload_balancer.problem.options import (
    CasePairs,
    Options,
    find_options,
    spread_over_cases,
)
from caseload_balancer.problem.pair_costs import PAIR_COSTS, is_unforced_move
from caseload_balancer.problem.use import (
    limits_if_kept,
    measure_limits,
    together,
    use_at_start,
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


def build_problem(snapshot: Snapshot, policy: Policy, concessions: Opened = NONE) -> Problem:
    """Turn a week and a policy into the arrays the engine solves.

    Parameters
    ----------
    concessions
        What is opened to children who must have a worker; nothing by default.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids, such as a cap above the policy's.
    """
    check_allowed(snapshot, policy)
    facts = Facts.of(snapshot, policy, concessions)
    options = find_options(facts)
    pairs = spread_over_cases(facts, options)
    use = _arc_use(facts, options, pairs)
    unlimited = total_by_worker(len(facts.index.workers), options.worker, use)
    limit = measure_limits(facts, unlimited)
    places = _places(facts, options, pairs, limits_if_kept(facts, unlimited))
    arrays = Arrays(
        arc_start=options.start,
        arc_worker=options.worker,
        arc_use=np.concatenate([use, places.use]),
        arc_cost=_arc_costs(facts, options, pairs),
        wait_cost=_wait_costs(facts),
        may_wait=options.may_wait,
        limit=np.concatenate([limit, places.limit]),
        shared=np.array(
            [*(one.once_a_family for one in LIMITS), *[False] * len(places.limit)], np.bool_
        ),
        breakpoints=_breakpoints(facts, limit),
        groups=_unit_groups(facts),
        arc_budget=_unforced_children(facts, options, pairs),
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


def _arc_use(facts: Facts, options: Options, pairs: CasePairs) -> Ints:
    return np.array(
        [
            together(
                limit, limit.use(facts, pairs.case, pairs.worker), pairs.arc, len(options.worker)
            )
            for limit in LIMITS
        ],
        np.int64,
    )


@dataclass(frozen=True, eq=False)
class _Places:
    """A row more of the resource axis, where some children may pass the cap: all the others.

    Parameters
    ----------
    use, limit
        Shapes (rows, arcs) and (rows, workers), with one row or none.
    """

    use: Ints
    limit: Ints


def _places(facts: Facts, options: Options, pairs: CasePairs, kept: Ints) -> _Places:
    passes = passes_cap(facts)
    if not passes.any():
        return _Places(np.zeros((0, len(options.worker)), np.int64), kept[:0])
    use = np.zeros((1, len(options.worker)), np.int64)
    np.add.at(use[0], pairs.arc, (~passes[pairs.case]).astype(np.int64))
    return _Places(use, kept[[CHILDREN.row]])


def _arc_costs(facts: Facts, options: Options, pairs: CasePairs) -> Ints:
    cost = np.zeros((len(facts.policy.tiers), len(options.worker)), np.int64)
    for goal, measure in PAIR_COSTS.items():
        place = _place(facts.policy, goal)
        if place is not None and len(pairs.arc):
            tier, weight = place
            np.add.at(cost[tier], pairs.arc, weight * measure(facts, pairs.case, pairs.worker))
    return cost


def _unforced_children(facts: Facts, options: Options, pairs: CasePairs) -> Ints:
    moved = np.zeros(len(options.worker), np.int64)
    unforced = is_unforced_move(facts, pairs.case, pairs.worker)
    np.add.at(moved, pairs.arc, unforced.astype(np.int64))
    return moved


def _wait_costs(facts: Facts) -> Ints:
    cost = np.zeros((len(facts.policy.tiers), facts.groups.units), np.int64)
    for goal, measure in WAIT_COSTS.items():
        place = _place(facts.policy, goal)
        if place is not None:
            tier, weight = place
            np.add.at(cost[tier], facts.groups.unit_of_case, weight * measure(facts))
    return cost


def _breakpoints(facts: Facts, hard: Ints) -> Breakpoints:
    reach = hard.copy()
    reach[POINTS.row] = _most_points(facts, hard)
    # Nobody can be given more families than they may hold children.
    reach[ARRIVING.row] = np.minimum(hard[ARRIVING.row], hard[CHILDREN.row])
    start = use_at_start(facts)
    columns: list[Ints] = []
    for worker in range(len(facts.index.workers)):
        for goal, limit, steps in load_steps(facts, worker, reach[:, worker], start[:, worker]):
            place = _place(facts.policy, goal)
            if place is not None:
                columns.append(_as_breakpoints(*place, limit.row, worker, steps))
    tier, resource, worker_, at, step = np.concatenate(
        [np.zeros((5, 0), np.int64), *columns], axis=1
    )
    return Breakpoints(tier=tier, resource=resource, worker=worker_, at=at, step=step)


def _most_points(facts: Facts, hard: Ints) -> Ints:
    """Return the most points each worker can come to hold: a full caseload of the heaviest."""
    heaviest = np.sort(facts.points)[::-1]
    totals = np.concatenate([[0], np.cumsum(heaviest)]).astype(np.int64)
    by_count: Ints = totals[np.minimum(hard[CHILDREN.row], len(heaviest))]
    most: Ints = np.minimum(by_count, hard[POINTS.row])
    return most


def _as_breakpoints(tier: int, weight: int, resource: int, worker: int, steps: Ints) -> Ints:
    """Return step costs as breakpoints: one where the step rises; shape (5, breakpoints)."""
    rises = np.diff(steps, prepend=0)
    at = np.flatnonzero(rises)
    fixed = np.array([[tier], [resource], [worker]], np.int64)
    return np.concatenate([np.repeat(fixed, len(at), axis=1), [at, weight * rises[at]]])


def _unit_groups(facts: Facts) -> UnitGroups:
    split = facts.groups.split
    cost = np.zeros((len(facts.policy.tiers), len(split)), np.int64)
    of_split = [int(facts.groups.unit_group[units[0]]) for units in split]
    for goal, each in GROUP_COSTS.items():
        place = _place(facts.policy, goal)
        if place is not None and len(split):
            tier, weight = place
            cost[tier] += weight * each(facts)[of_split]
    return UnitGroups.of(split, cost)
