"""The arrays of a week as plain numbers, goal by goal: what the board counts with.

A policy's tiers add goals up; on the board each goal has a row of its own, so that a sentence can
say which of them a change touches. The tiers are their weighted sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from caseload_balancer.arrays import Arrays, Ints
from caseload_balancer.plan.week import PlannedWeek
from caseload_balancer.policy import GOALS, MEANING, Goal, GoalName, Policy
from caseload_balancer.problem.problems import build_problem


def goal_rows(policy: Policy) -> list[dict[str, Any]]:
    """Return the goals of a policy in the order of its tiers: a row of every cost each.

    Returns
    -------
    list of dict
        ``goal``, ``words``, ``decimals`` of its amounts, ``priced`` (a cost at the policy's
        rates), ``tier`` counted from 0, and ``weight`` in the sum of that tier.
    """
    return [
        {
            "goal": goal,
            "words": MEANING[goal].words,
            "decimals": MEANING[goal].decimals,
            "priced": MEANING[goal].priced,
            "tier": tier,
            "weight": policy.goals[goal].weight,
        }
        for tier, goals in enumerate(policy.tiers)
        for goal in goals
    ]


def numbers(week: PlannedWeek) -> dict[str, Any]:
    """Return the week's arrays with a row a goal, in the order of `goal_rows`.

    A row that is zero throughout is None. Hinges are told by goal, limit and worker: each adds
    ``step * max(0, use - at)`` to the goal.
    """
    arrays = build_problem(
        week.problem.snapshot, _goal_by_goal(week.policy), week.facts.concessions
    ).arrays
    return {
        "arc_start": arrays.arc_start.tolist(),
        "arc_worker": arrays.arc_worker.tolist(),
        "arc_use": _rows(arrays.arc_use),
        "arc_cost": _rows(arrays.arc_cost),
        "wait_cost": _rows(arrays.wait_cost),
        "may_wait": arrays.may_wait.astype(np.int64).tolist(),
        "limit": arrays.limit.tolist(),
        "shared": arrays.shared.astype(np.int64).tolist(),
        "hinges": list(_hinges(arrays)),
        "group_start": arrays.groups.start.tolist(),
        "group_unit": arrays.groups.unit.tolist(),
        "group_cost": _rows(arrays.groups.cost),
        "arc_budget": arrays.arc_budget.tolist() if arrays.budget is not None else None,
        "budget": arrays.budget,
        "start": arrays.start.tolist(),
    }


def _goal_by_goal(policy: Policy) -> Policy:
    """Return a policy with the same goals, each in a tier of its own and counted once."""
    places: dict[GoalName, Goal] = {
        goal: Goal(tier=number, weight=0) for number, goal in enumerate(GOALS, start=1)
    }
    for number, row in enumerate(goal_rows(policy), start=1):
        places[row["goal"]] = Goal(tier=number, weight=1)
    return policy.model_copy(update={"goals": places})


def _rows(table: Ints) -> list[list[int] | None]:
    return [row.tolist() if row.any() else None for row in table]


def _hinges(arrays: Arrays) -> Iterator[dict[str, Any]]:
    points = arrays.breakpoints
    where = np.stack([points.tier, points.resource, points.worker])
    order = np.lexsort((points.at, where[2], where[1], where[0]))
    ends = np.flatnonzero(np.any(np.diff(where[:, order], axis=1), axis=0)) + 1
    for run in np.split(order, ends):
        if len(run):
            goal, limit, worker = where[:, run[0]].tolist()
            yield {
                "goal": goal,
                "limit": limit,
                "worker": worker,
                "at": points.at[run].tolist(),
                "step": points.step[run].tolist(),
            }
