"""Makes up families, with holders who may hold them or without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws
from caseload_balancer.datasets.figures import (
    ALSO_IN_FAMILY,
    COURT_FAMILIES,
    COURT_SHARE,
    FAMILY_SIZES,
    HEAVY_SIBLINGS_WEIGHTS,
    HEAVY_TASTE,
    LIGHTER_SIBLING,
    SIBLINGS_WEIGHTS,
    SINGLES,
    SINGLES_WEIGHTS,
    WAITING_WEIGHT,
)
from caseload_balancer.domain.words import CaseType

NARROW_FIRST = {"personal_adviser": 0, "asye": 1}
LARGEST_WAITING = 2  # local: larger families are placed first


class Dealer:
    """One team's children of each type, dealt out in families.

    Parameters
    ----------
    team
        Position of the team.
    children
        How many of each type there are to deal.
    in_court
        Share of the families of each type that are in live proceedings.
    """

    def __init__(
        self,
        team: int,
        children: Mapping[CaseType, int],
        draws: Draws,
        in_court: Mapping[CaseType, float] = COURT_SHARE,
    ) -> None:
        self._team = team
        self._left = dict(children)
        self._in_court = in_court
        self._courts: Counter[str | None] = Counter()
        self._draws = draws

    def deal(self, posts: Sequence[StaffPost], waiting: int) -> list[Family]:
        """Deal all children, first to those who may hold the fewest types."""
        families = self.fill(None, waiting)
        ordered = sorted(
            self._draws.shuffled(posts), key=lambda p: (NARROW_FIRST.get(p.role, 2), not p.heavy)
        )
        for post in ordered:
            families += self.fill(post, post.load)
        wide = [post for post in ordered if post.may_hold_court and not post.heavy]
        while any(self._left.values()):
            families += self.fill(self._draws.pick(wide or ordered[-1:]), 1)
        return families

    def fill(self, post: StaffPost | None, children: int) -> list[Family]:
        """Return families of `children` children for one worker, or waiting.

        Fewer where none is left that the worker may hold.
        """
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
            families.append(family)
            children -= len(family.types)
        return families

    def _family(self, post: StaffPost | None, main: CaseType, room: int) -> Family:
        usual = HEAVY_SIBLINGS_WEIGHTS if post is not None and post.heavy else SIBLINGS_WEIGHTS
        weights = SINGLES_WEIGHTS if main in SINGLES else usual
        size = min(room, self._draws.weighted(FAMILY_SIZES, weights))
        if post is None:
            size = min(size, LARGEST_WAITING)
        types: list[CaseType] = []
        while len(types) < size:
            lighter = ALSO_IN_FAMILY.get(main, main)
            mixed = types and self._left.get(lighter) and self._draws.chance(LIGHTER_SIBLING)
            case_type = lighter if mixed else main
            if not self._left[case_type]:
                break
            self._left[case_type] -= 1
            types.append(case_type)
        return Family(self._team, types, post, in_court=self._goes_to_court(post, main))

    def _goes_to_court(self, post: StaffPost | None, main: CaseType) -> bool:
        holder = None if post is None else post.worker_id
        possible = post is None or post.may_hold_court
        if not possible or self._courts[holder] >= COURT_FAMILIES:
            return False
        goes = self._draws.chance(self._in_court.get(main, 0.0))
        self._courts[holder] += goes
        return goes


def _taste(post: StaffPost | None) -> Mapping[CaseType, float]:
    if post is None:
        return WAITING_WEIGHT
    return HEAVY_TASTE if post.heavy else {}
