"""Makes up how many children each worker holds at the start: a third many, the others half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import fsum

from caseload_balancer.datasets.drafts import StaffPost
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.figures import (
    HEAVY_LOADS,
    HEAVY_WEIGHTS,
    WAITING_WEIGHT,
    TeamKind,
)
from caseload_balancer.datasets.shapes import Shape

LEAST_SHARE_OF_OTHERS = 0.35
"""No more workers are given 25-30 children where the others would be left with less of theirs."""


def set_loads(
    shape: Shape, kinds: Sequence[TeamKind], posts: Sequence[StaffPost], draws: Draws
) -> tuple[list[int], list[int]]:
    """Set each worker's load; return each team's children, and how many of them wait."""
    by_team = posts_by_team(posts)
    pressure = [
        max(1, sum(post.cap for post in by_team[team])) * (0.96 + 0.08 * draws.share())
        for team in range(shape.teams)
    ]
    children = apportion(shape.cases, pressure)
    waits = [
        (0.5 + draws.share()) * fsum(WAITING_WEIGHT[t] * share for t, share in kind.mix.items())
        for kind in kinds
    ]
    waiting = apportion(shape.waiting, waits)
    waiting = [min(pair) for pair in zip(waiting, children, strict=True)]
    held = [all_ - some for all_, some in zip(children, waiting, strict=True)]
    _appoint_heavy(shape.heavy, by_team, held, draws)
    for team in by_team:
        _set_others(by_team[team], held[team], draws)
    return children, waiting


def posts_by_team(posts: Sequence[StaffPost]) -> dict[int, list[StaffPost]]:
    """Return the workers of each team."""
    found: dict[int, list[StaffPost]] = defaultdict(list)
    for post in posts:
        found[post.team].append(post)
    return found


def _appoint_heavy(
    count: int, by_team: Mapping[int, Sequence[StaffPost]], held: Sequence[int], draws: Draws
) -> None:
    """Choose who holds 25-30 children, a like share in each team."""
    left = {team: held[team] for team in by_team}
    capacity = {team: fsum(post.usual_load for post in by_team[team]) for team in by_team}
    candidates = {
        team: draws.shuffled([post for post in by_team[team] if post.ordinary]) for team in by_team
    }
    appointed: Counter[int] = Counter()
    while appointed.total() < count:
        open_teams = [team for team in by_team if candidates[team]]
        if not open_teams:
            return
        team = min(open_teams, key=lambda t: (appointed[t] / len(by_team[t]), t))
        post = candidates[team].pop()
        load = draws.weighted(HEAVY_LOADS, HEAVY_WEIGHTS)
        rest = capacity[team] - post.usual_load
        if left[team] - load < LEAST_SHARE_OF_OTHERS * rest:
            candidates[team].clear()
            continue
        post.heavy = True
        post.load = load
        left[team] -= load
        capacity[team] = rest
        appointed[team] += 1


def _set_others(posts: Sequence[StaffPost], held: int, draws: Draws) -> None:
    others = [post for post in posts if not post.heavy]
    rest = held - sum(post.load for post in posts if post.heavy)
    weights = [post.usual_load * (0.8 + 0.4 * draws.share()) for post in others]
    for post, load in zip(others, apportion(rest, weights), strict=True):
        post.load = load
