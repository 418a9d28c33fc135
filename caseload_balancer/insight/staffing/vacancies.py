"""Posts nobody fills yet, as part of the problem: how few children must go to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

import numpy as np

from caseload_balancer.arrays import Arrays, Breakpoints, Ints, UnitGroups
from caseload_balancer.arrays.components import connected
from caseload_balancer.domain import Worker
from caseload_balancer.domain.words import Role
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.limits import CHILDREN
from caseload_balancer.problem.presence import children_per_fte
from caseload_balancer.problem.problems import Problem
from caseload_balancer.problem.use import limits_if_kept

UNMET: Final = 0
"""The first tier: children without a worker or over a cap. Then come those in posts."""


def fte_for(places: int, children_per_post: Fraction) -> Decimal:
    """Return the tenths of an FTE that hold so many children, rounded up."""
    return Decimal(ceil(10 * places / children_per_post)).scaleb(-1)


def open_posts(week: Week, roles: Sequence[Role]) -> list[tuple[str | None, Role, Worker]]:
    """Return an empty post for each team with cases and each role."""
    named = {case.team_id for case in week.snapshot.cases if case.team_id is not None}
    teams: list[str | None] = [*sorted(named)] or [None]
    taken = set(week.snapshot.worker_by_id)
    posts: list[tuple[str | None, Role, Worker]] = []
    for team_id in teams:
        for role in roles:
            name = next(n for n in (f"post-{k}" for k in range(len(taken) + 1)) if n not in taken)
            taken.add(name)
            mine = () if team_id is None else (team_id,)
            post = Worker(
                worker_id=name,
                employment="permanent",
                role=role,
                team_ids=mine,
                holds_cases=True,
            )
            posts.append((team_id, role, post))
    return posts


def with_posts(problem: Problem, posts: Sequence[int], by_role: Sequence[Sequence[int]]) -> Arrays:
    """Return the problem with posts of any size: few children unmet, then few in posts.

    Limits that would give way to a child do not here: what is asked is who it takes to keep them.
    """
    arrays = problem.arrays
    tiers = 2 if len(by_role) == 1 else 1 + len(by_role)
    sizes = np.bincount(problem.facts.groups.unit_of_case, minlength=arrays.units)
    wait_cost = np.zeros((tiers, arrays.units), np.int64)
    wait_cost[UNMET] = sizes
    limit = limits_if_kept(problem.facts, arrays.limit)
    limit[:, list(posts)] = arrays.arc_use.sum(axis=1, keepdims=True)
    own = ~np.isin(arrays.breakpoints.worker, list(posts))
    costs = [(1, post) for post in posts]
    costs += [(tier, post) for tier, of_role in enumerate(by_role[:-1], 2) for post in of_role]
    added = np.array(costs, np.int64).reshape(-1, 2).T
    nothing = np.zeros(added.shape[1], np.int64)
    places = Breakpoints(
        tier=added[0],
        resource=nothing + CHILDREN.row,
        worker=added[1],
        at=nothing,
        step=nothing + 1,
    )
    return replace(
        arrays,
        arc_cost=np.zeros((tiers, arrays.arcs), np.int64),
        wait_cost=wait_cost,
        limit=limit,
        breakpoints=Breakpoints.joined(arrays.breakpoints.only(own), places),
        groups=replace(arrays.groups, cost=np.zeros((tiers, len(arrays.groups)), np.int64)),
        slack_abs=np.zeros(tiers, np.int64),
        slack_rel=np.zeros(tiers, np.int64),
    )


def children_at(arrays: Arrays, assignment: Ints, workers: Sequence[int]) -> list[int]:
    """Return the children that an assignment gives to each of some workers."""
    chosen = arrays.arc_worker == assignment[arrays.arc_unit]
    held = arrays.arc_use[CHILDREN.row]
    return [int(held[chosen & (arrays.arc_worker == worker)].sum()) for worker in workers]


def children_per_post(week: Week, post: Worker) -> Fraction:
    """Return the children a full-time worker in the post may hold."""
    most = Fraction(children_per_fte(post, week.policy, week.snapshot.team_by_id))
    return most * Fraction(week.policy.cap.asye_factor) if post.role == "asye" else most


def least_fte(arrays: Arrays, posts: Mapping[int, tuple[int, Fraction]]) -> Decimal:
    """Return FTE that no split of the children over posts can do without.

    The places in posts are as few as they can be; so they are in each part of the service that
    shares no worker with another. A part needs at least what its places would take where a post
    holds the most children.
    """
    # Groups cost nothing here, and use resources together at one worker only.
    loose = replace(arrays, groups=UnitGroups.none(arrays.tiers))
    component = connected(loose).worker
    total = Decimal(0)
    for number in np.unique(component[list(posts)]):
        here = [post for worker, post in posts.items() if component[worker] == number]
        total += fte_for(sum(held for held, _ in here), max(full for _, full in here))
    return total
