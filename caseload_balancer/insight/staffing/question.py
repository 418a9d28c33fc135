"""Staffing: the fewest FTE that bring everybody under a cap or target, and why not fewer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any

from caseload_balancer.arguments import (
    UnfitError,
    a_seed,
    checked,
    many,
    one_of,
    seconds,
    shown,
    whole,
)
from caseload_balancer.domain import Snapshot, a_snapshot
from caseload_balancer.domain.words import ROLES, Role
from caseload_balancer.engine import Result, solve
from caseload_balancer.insight.edits import Cap
from caseload_balancer.insight.separate_parts import find_parts, keep_parts
from caseload_balancer.insight.staffing.answer import PerFte, Post, Staffing, people_of
from caseload_balancer.insight.staffing.fewest_posts import Filled, fill_posts
from caseload_balancer.insight.staffing.vacancies import (
    UNMET,
    children_per_post,
    open_posts,
    with_posts,
)
from caseload_balancer.insight.unmet.in_plan import in_plan
from caseload_balancer.insight.unmet.unmet import only_goals, without_passing_limits
from caseload_balancer.insight.weeks import Week
from caseload_balancer.policy import PolicyLike, a_policy
from caseload_balancer.problem.conflicts import check_allowed
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.presence import children_per_fte
from caseload_balancer.problem.problems import build_problem


def _limit(value: Any) -> Any:
    """Accept the cap, the target, or a number of children."""
    if isinstance(value, str) and value in {"cap", "target"}:
        return value
    try:
        return whole(1, 200)(value)
    except UnfitError:
        message = f"must be 'cap', 'target' or a whole number from 1 to 200, not {shown(value)}."
        raise UnfitError(message) from None


def _roles(value: Any) -> tuple[Role, ...]:
    """Accept roles, at least one."""
    roles: tuple[Role, ...] = many(one_of(ROLES), "roles")(value)
    if not roles:
        raise UnfitError("must name a role.")
    return roles


@checked(
    snapshot=a_snapshot,
    policy=a_policy,
    per_fte=_limit,
    roles=_roles,
    time_limit=seconds,
    seed=a_seed,
)
def staffing(
    snapshot: Snapshot,
    policy: PolicyLike = None,
    *,
    per_fte: PerFte = "cap",
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
    week = Week.of(snapshot, policy)
    found = count_posts(week, per_fte=per_fte, roles=roles, time_limit=time_limit, seed=seed)
    missing = found.posts or found.left_over or found.still_unmet or found.this_week
    if not missing or found.per_fte != week.policy.cap.children_per_fte:
        return found
    return replace(found, in_plan=in_plan(week, time_limit=time_limit, seed=seed))


def count_posts(
    asked: Week,
    *,
    per_fte: PerFte,
    roles: Sequence[Role] = ("social_worker",),
    time_limit: float,
    seed: int,
) -> Staffing:
    """Find the fewest posts, as `staffing` does, and make no plan beside them."""
    check_allowed(asked.snapshot, asked.policy)
    whole = _limited(asked, per_fte)
    lasting = once_leavers_are_gone(without_passing_limits(whole))
    openings = open_posts(lasting, roles)
    staffed = lasting.with_tables(
        workers=(*lasting.snapshot.workers, *(worker for _, _, worker in openings))
    )
    posts: list[Post] = []
    parts: list[Filled] = []
    for part in find_parts(staffed):
        here = [
            post
            for post in openings
            if post[2].worker_id in part.worker_ids and children_per_post(lasting, post[2])
        ]
        if not part.case_ids:
            continue
        week = keep_parts(lasting, [part])
        found = fill_posts(week, here, roles, time_limit=time_limit, seed=seed)
        parts.append(found)
        posts += [
            Post(team_id, role, places, Decimal(size).scaleb(-1))
            for (team_id, role, _), size, places in zip(
                here, found.tenths, found.places, strict=True
            )
            if size
        ]
    posts.sort(key=lambda post: (post.team_id or "", roles.index(post.role)))
    left_over, still_unmet = (
        sum(getattr(part, name) for part in parts) for name in ("left_over", "still_unmet")
    )
    this_week = _fill_this_week(whole, posts, time_limit, seed) if parts else None
    unmet = 0 if this_week is None else this_week.values[UNMET]
    return Staffing(
        as_of=asked.snapshot.as_of,
        per_fte=whole.policy.cap.children_per_fte,
        posts=tuple(posts),
        at_least=sum((part.at_least for part in parts), Decimal(0)),
        places_by_flow=sum(part.places_by_flow for part in parts),
        left_over=left_over,
        still_unmet=still_unmet,
        short_by_a_tenth=min(filter(None, (part.short_by_a_tenth for part in parts)), default=0),
        this_week=max(0, unmet - left_over - still_unmet),
        finished=all(part.finished for part in parts)
        and (this_week is None or this_week.proven[UNMET]),
        pay=asked.policy.pay,
    )


def _fill_this_week(week: Week, posts: Sequence[Post], time_limit: float, seed: int) -> Result:
    """Fill the posts, and leave as few children without a worker or over a cap, all limits kept."""
    edits = [edit for post in posts for edit in people_of(post)]
    filled = reduce(lambda changed, edit: edit.apply(changed), edits, week)
    problem = build_problem(filled.snapshot, only_goals(filled, {"over_cap": 1}).policy)
    return solve(with_posts(problem, [], [[]]), time_limit=time_limit, seed=seed)


def once_leavers_are_gone(week: Week) -> Week:
    """Return the week without the workers who hold work only until a last day that is near.

    Posts are filled for longer than that, so their children need a place elsewhere. Who holds
    locked cases stays in the week with places for these alone.
    """
    facts = Facts.of(week.snapshot, week.policy)
    locked = Counter(case.worker_id for case in week.snapshot.cases if case.locked)
    going = zip(facts.index.workers, facts.presence.still_here.tolist(), strict=True)
    most = week.policy.cap.children_per_fte
    changes: dict[str, dict[str, Any]] = {
        worker.worker_id: {"cap": min(kept, most if worker.cap is None else worker.cap)}
        if (kept := locked[worker.worker_id])
        else {"holds_cases": False}
        for worker, here in going
        if here
    }
    return week.with_workers(changes)


def _limited(week: Week, per_fte: PerFte) -> Week:
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
