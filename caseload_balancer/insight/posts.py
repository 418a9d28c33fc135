"""Staffing: the fewest FTE that bring everybody under a cap or target, and why not fewer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from os import PathLike
from typing import Literal

import numpy as np

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.words import Role
from caseload_balancer.engine.solve import solve
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.edits import Cap, Edit, Joins
from caseload_balancer.insight.places import Demand, count_too_many, find_demand
from caseload_balancer.insight.unmet import only_goals, without_limits
from caseload_balancer.insight.vacancies import (
    UNMET,
    children_at,
    children_per_post,
    fte_for,
    least_fte,
    open_posts,
    with_posts,
)
from caseload_balancer.insight.weeks import Week
from caseload_balancer.plan.words import children, counted
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.presence import children_per_fte
from caseload_balancer.problem.problems import build_problem


@dataclass(frozen=True)
class Post:
    """Social workers to be found for one team.

    Parameters
    ----------
    team_id, role
        Where and what; no team where the week has none.
    places
        Children they have to hold.
    fte
        Tenths of an FTE it takes, rounded up.
    """

    team_id: str | None
    role: Role
    places: int
    fte: Decimal


@dataclass(frozen=True, repr=False)
class Staffing(Answer):
    """The fewest FTE with which every child has a worker and nobody is over a limit.

    Counted are who may hold what, siblings together, locks, and the limit. The limits of a
    week (new families, moves) and of proceedings and points are not: they pass, or depend on how
    many people fill a post.

    Parameters
    ----------
    as_of
        The date of the week.
    per_fte
        The limit: children a full-time worker may hold.
    posts
        What it takes, by team and role.
    at_least
        No fewer FTE can do: proven.
    places_by_flow
        Places missing if siblings could be split; never more than the posts have.
    left_over
        Children whom no post would help: locked, or nobody may hold them.
    still_unmet
        Children beyond these who have no place when full-time people and one part-timer fill the
        posts of a team, tried: 0 but for a family that none of them has room for.
    """

    as_of: date
    per_fte: int
    posts: tuple[Post, ...]
    at_least: Decimal
    places_by_flow: int
    left_over: int
    still_unmet: int

    @property
    def fte(self) -> Decimal:
        """FTE of all posts."""
        return sum((post.fte for post in self.posts), Decimal(0))

    @property
    def exact(self) -> bool:
        """Whether fewer are proven not to do."""
        return self.fte == self.at_least

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The posts as edits, for a scenario."""
        return tuple(edit for post in self.posts for edit in _joins(post))

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Staffing for {self.per_fte} children a full-time worker"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        return "\n".join(_lines(self))

    def tables(self) -> Mapping[str, Table]:
        """Return ``posts``, a row a team and role."""
        columns = {"team_id": str, "role": str, "places": int, "fte": float}
        rows = tuple((p.team_id, p.role, p.places, float(p.fte)) for p in self.posts)
        return {"posts": Table("Posts", columns, rows)}


def staffing(
    snapshot: Snapshot,
    policy: Policy | str | PathLike[str] | None = None,
    *,
    per_fte: Literal["cap", "target"] | int = "cap",
    roles: Sequence[Role] = ("social_worker",),
    time_limit: float = 30.0,
    seed: int = 0,
) -> Staffing:
    """Find the fewest FTE with which every child has a worker and nobody is over a limit.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    per_fte
        Children a full-time worker may hold: the policy's cap, its target, or a figure.
    roles
        Roles the posts may have. Of plans with as few children in posts, the one with the fewest
        in the first role counts, then in the second.
    time_limit, seed
        Of the search.

    Raises
    ------
    DataError
        When the snapshot asks for what the policy forbids.
    """
    week = without_limits(_limited(Week.of(snapshot, policy), per_fte))
    places = _places(week)
    posts = open_posts(week, roles)
    workers = tuple(worker for _, _, worker in posts)
    staffed = week.with_tables(workers=(*week.snapshot.workers, *workers))
    problem = build_problem(staffed.snapshot, only_goals(staffed, {"over_cap": 1}).policy)
    numbers = [problem.facts.index.worker_number[worker.worker_id] for worker in workers]
    by_role = [
        [n for n, (_, role, _) in zip(numbers, posts, strict=True) if role == one] for one in roles
    ]
    arrays = with_posts(problem, numbers, by_role)
    result = solve(arrays, time_limit=time_limit, seed=seed)
    use = children_at(arrays, result.assignment, numbers)
    full = [children_per_post(week, worker) for worker in workers]
    missing = max(result.bounds[1], places)
    proven = result.values[1] == result.bounds[1]
    needed = tuple(
        Post(team_id, role, held, fte_for(held, most))
        for (team_id, role, _), held, most in zip(posts, use, full, strict=True)
        if held
    )
    return Staffing(
        as_of=snapshot.as_of,
        per_fte=week.policy.cap.children_per_fte,
        posts=needed,
        at_least=least_fte(arrays, dict(zip(numbers, zip(use, full, strict=True), strict=True)))
        if proven
        else fte_for(missing, max(full)),
        places_by_flow=places,
        left_over=result.values[UNMET],
        still_unmet=_unmet_when_filled(week, needed, time_limit, seed) - result.values[UNMET],
    )


def _unmet_when_filled(week: Week, posts: Sequence[Post], time_limit: float, seed: int) -> int:
    """Fill the posts with people and count the children without a worker or over a cap."""
    edits = [edit for post in posts for edit in _joins(post)]
    filled = reduce(lambda changed, edit: edit.apply(changed), edits, week)
    problem = build_problem(filled.snapshot, only_goals(filled, {"over_cap": 1}).policy)
    return solve(with_posts(problem, [], [[]]), time_limit=time_limit, seed=seed).values[UNMET]


def _limited(week: Week, per_fte: Literal["cap", "target"] | int) -> Week:
    """Return the week in which the limit asked for is the cap."""
    if per_fte == "cap":
        return week
    if per_fte != "target":
        return Cap(children_per_fte=per_fte).apply(week)
    target = week.policy.cap.target_per_fte
    teams = tuple(
        team.model_copy(update={"cap": team.target or min(target, team.cap or target)})
        for team in week.snapshot.teams
    )
    limited = week.with_tables(teams=teams).with_settings({"cap": {"children_per_fte": target}})
    return limited.with_workers(
        {
            worker.worker_id: {"cap": min(worker.cap, most)}
            for worker in week.snapshot.workers
            if worker.cap is not None
            and (most := children_per_fte(worker, limited.policy, limited.snapshot.team_by_id))
            is not None
        }
    )


def _places(week: Week) -> int:
    """Return the children beyond the places there are, of those whom a post would help."""
    facts = Facts.of(week.snapshot, week.policy)
    demand = find_demand(facts, every_child=True)
    locked = np.array([facts.index.cases[case].locked for case in demand.case], np.bool_)
    taken = np.bincount(facts.holder[demand.case[locked]], minlength=len(demand.places))
    left = np.maximum(0, demand.places - taken)
    return count_too_many(Demand(demand.case[~locked], demand.may[~locked], left))


def _joins(post: Post) -> Iterator[Edit]:
    teams = () if post.team_id is None else (post.team_id,)
    full, rest = divmod(post.fte, 1)
    if full:
        yield Joins(count=int(full), role=post.role, team_ids=teams)
    if rest:
        yield Joins(fte=rest, role=post.role, team_ids=teams)


def _lines(found: Staffing) -> Iterator[str]:
    goal = f"every child has a worker and nobody holds more than {found.per_fte} a full-time worker"
    if not found.posts:
        yield f"Nobody is missing: there is room so that {goal}."
    else:
        yield f"With {found.fte} FTE more {goal}."
        for post in found.posts:
            where = "" if post.team_id is None else f" in {post.team_id}"
            role = "ASYE" if post.role == "asye" else post.role.replace("_", " ")
            yield f"- {post.fte} FTE {role}{where}, for {children(post.places)}."
        places = counted(sum(post.places for post in found.posts), "place")
        if found.exact:
            yield (
                f"Fewer cannot do: {places} are missing at least, however the children are shared "
                "out."
            )
        else:
            yield f"Fewer than {found.at_least} FTE cannot do."
        if found.places_by_flow < sum(post.places for post in found.posts):
            split = counted(found.places_by_flow, "place")
            yield f"If siblings were split {split} would do."
    if found.still_unmet:
        yield (
            f"As full-time posts and one part-time post a team they leave "
            f"{children(found.still_unmet)} without a place: a family fits none of them."
        )
    if found.left_over:
        yield f"No post helps {children(found.left_over)}: locked, or nobody may hold them."
