"""Makes up who holds what at the start: uneven loads, families, and children who wait."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from caseload_balancer.datasets.drafts import Family, Post
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.figures import (
    ALSO_IN_FAMILY,
    COURT_FAMILIES,
    COURT_SHARE,
    FAMILY_SIZES,
    HEAVY_LOADS,
    HEAVY_WEIGHTS,
    SAFEGUARDING,
    SIBLINGS_WEIGHTS,
    SINGLES,
    SINGLES_WEIGHTS,
    WAITING_WEIGHT,
    TeamKind,
)
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.domain.words import CaseType

COURT_SHARE_IN_SAFEGUARDING = 0.35  # local: a child comes into care through proceedings
LIGHTER_SIBLING = 0.25  # local
LEAST_SHARE_OF_OTHERS = 0.35
"""No more workers are given 25-30 children where the others would be left with less of theirs."""

HEAVY_TASTE: Mapping[CaseType, float] = {"child_protection": 0.3, "section_47": 0.3}  # local
"""Workers with the most children have the less pressing ones."""

HEAVY_SIBLINGS_WEIGHTS = (38, 28, 19, 9, 6)  # local: many children because of large families


def deal(
    shape: Shape, kinds: Sequence[TeamKind], posts: Sequence[Post], draws: Draws
) -> list[Family]:
    """Return families of ``shape.cases`` children, each with a holder or waiting."""
    by_team: dict[int, list[Post]] = defaultdict(list)
    for post in posts:
        by_team[post.team].append(post)
    pressure = [
        max(1, sum(p.cap for p in by_team[team])) * (0.96 + 0.08 * draws.share())
        for team in range(shape.teams)
    ]
    children = apportion(shape.cases, pressure)
    waits = [
        (0.5 + draws.share()) * sum(WAITING_WEIGHT[t] * share for t, share in kind.mix.items())
        for kind in kinds
    ]
    waiting = apportion(shape.waiting, waits)
    _appoint_heavy(shape.heavy, by_team, children, waiting, draws)
    families: list[Family] = []
    for team, kind in enumerate(kinds):
        loads = _loads(by_team[team], children[team] - waiting[team], draws)
        table = _Table(team, kind, children[team], draws)
        families += table.deal(loads, waiting[team])
    return families


def _appoint_heavy(
    count: int,
    by_team: Mapping[int, Sequence[Post]],
    children: Sequence[int],
    waiting: Sequence[int],
    draws: Draws,
) -> None:
    """Choose who holds 25-30 children, a like share in each team."""
    left = {team: children[team] - waiting[team] for team in by_team}
    capacity = {team: sum(_usual(p) for p in by_team[team]) for team in by_team}
    candidates = {
        team: draws.shuffled([p for p in by_team[team] if p.ordinary]) for team in by_team
    }
    appointed: Counter[int] = Counter()
    while appointed.total() < count:
        open_teams = [team for team in by_team if candidates[team]]
        if not open_teams:
            return
        team = min(open_teams, key=lambda t: (appointed[t] / len(by_team[t]), t))
        post = candidates[team].pop()
        load = draws.weighted(HEAVY_LOADS, HEAVY_WEIGHTS)
        rest = capacity[team] - _usual(post)
        if left[team] - load < LEAST_SHARE_OF_OTHERS * rest:
            candidates[team].clear()
            continue
        post.heavy = True
        post.load = load
        left[team] -= load
        capacity[team] = rest
        appointed[team] += 1


def _usual(post: Post) -> float:
    """Children the worker would hold when at the cap, run down where they are leaving."""
    share = 0.4 if post.away or post.leaves_on is not None else 1.0
    asye = 0.6 if post.role == "asye" else 1.0
    return 25 * post.fte / 100 * asye * share * post.remaining_percent / 100


def _loads(posts: Sequence[Post], held: int, draws: Draws) -> list[tuple[Post, int]]:
    others = [post for post in posts if not post.heavy]
    rest = held - sum(post.load for post in posts if post.heavy)
    shares = apportion(rest, [_usual(post) * (0.8 + 0.4 * draws.share()) for post in others])
    for post, load in zip(others, shares, strict=True):
        post.load = load
    return [(post, post.load) for post in posts]


def _taste(post: Post | None) -> Mapping[CaseType, float]:
    if post is None:
        return WAITING_WEIGHT
    return HEAVY_TASTE if post.heavy else {}


class _Table:
    """One team's children of each type, dealt out in families until none is left."""

    def __init__(self, team: int, kind: TeamKind, children: int, draws: Draws) -> None:
        self._team = team
        self._in_court = dict(COURT_SHARE)
        if kind is SAFEGUARDING:
            self._in_court["looked_after"] = COURT_SHARE_IN_SAFEGUARDING
        types = list(kind.mix)
        self._left = dict(zip(types, apportion(children, list(kind.mix.values())), strict=True))
        self._courts: Counter[str | None] = Counter()
        self._draws = draws

    def deal(self, loads: Sequence[tuple[Post, int]], waiting: int) -> list[Family]:
        """Fill each worker's load, those first who may hold the fewest types."""
        families = self._fill(None, waiting)
        order = {"personal_adviser": 0, "asye": 1}
        narrow_first = sorted(
            self._draws.shuffled(loads), key=lambda x: (order.get(x[0].role, 2), not x[0].heavy)
        )
        for post, load in narrow_first:
            families += self._fill(post, load)
        wide = [post for post, _ in narrow_first if post.may_hold_court and not post.heavy]
        while any(self._left.values()):
            families += self._fill(self._draws.pick(wide or [narrow_first[-1][0]]), 1)
        return families

    def _fill(self, post: Post | None, children: int) -> list[Family]:
        families: list[Family] = []
        while children > 0:
            allowed = [
                case_type
                for case_type, left in self._left.items()
                if left and (post is None or post.may_hold(case_type))
            ]
            if not allowed:
                break
            taste = _taste(post)
            weights = [self._left[case_type] * taste.get(case_type, 1.0) for case_type in allowed]
            family = self._family(post, self._draws.weighted(allowed, weights), children)
            holder = None if post is None else post.worker_id
            family.in_court = (
                (post is None or post.may_hold_court)
                and self._courts[holder] < COURT_FAMILIES
                and self._draws.chance(self._in_court.get(family.main_type, 0.0))
            )
            self._courts[holder] += family.in_court
            families.append(family)
            children -= len(family.types)
        return families

    def _family(self, post: Post | None, main: CaseType, room: int) -> Family:
        usual = HEAVY_SIBLINGS_WEIGHTS if post is not None and post.heavy else SIBLINGS_WEIGHTS
        weights = SINGLES_WEIGHTS if main in SINGLES else usual
        size = min(room, self._draws.weighted(FAMILY_SIZES, weights))
        if post is None:
            size = min(size, 2)
        types: list[CaseType] = []
        while len(types) < size:
            lighter = ALSO_IN_FAMILY.get(main, main)
            mixed = types and self._left.get(lighter) and self._draws.chance(LIGHTER_SIBLING)
            case_type = lighter if mixed else main
            if not self._left[case_type]:
                break
            self._left[case_type] -= 1
            types.append(case_type)
        return Family(self._team, types, post)
