"""Sets how many workers are open to a case: the eligibility density."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from caseload_balancer.arguments import refusal
from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws


def set_reach(
    density: float, families: Sequence[Family], posts: Sequence[StaffPost], draws: Draws
) -> None:
    """Add teams to workers, or exclusions to families, until `density` is reached.

    Parameters
    ----------
    density
        Share of the pairs of a child and a worker in which the worker is in the child's team and
        not excluded. What role and case type allow narrows it further.

    Raises
    ------
    ArgumentError
        When `density` is not above 0 and at most 1.
    """
    if not 0 < density <= 1:
        message = f"must be a share above 0 and at most 1, not {density}."
        raise refusal("service", "eligibility", message)
    children: Counter[int] = Counter()
    for family in families:
        children[family.team] += len(family.types)
    wanted = round(density * children.total() * len(posts))
    reached = sum(children[post.team] for post in posts)
    reached -= sum(len(family.types) * len(family.excluded) for family in families)
    if reached < wanted:
        _widen(wanted - reached, children, posts, draws)
    else:
        _narrow(reached - wanted, families, posts, draws)


def _widen(missing: int, children: Counter[int], posts: Sequence[StaffPost], draws: Draws) -> None:
    pairs = [(post, team) for post in posts for team in children if team != post.team]
    for post, team in draws.shuffled(pairs):
        if missing <= 0:
            return
        post.further_teams += (team,)
        missing -= children[team]


def _narrow(
    surplus: int, families: Sequence[Family], posts: Sequence[StaffPost], draws: Draws
) -> None:
    pairs = [
        (family, post.worker_id)
        for family in families
        for post in posts
        if post.team == family.team and post not in (family.holder, family.stray)
    ]
    for family, worker_id in draws.shuffled(pairs):
        if surplus <= 0:
            return
        if worker_id not in family.excluded:
            family.excluded += (worker_id,)
            surplus -= len(family.types)
