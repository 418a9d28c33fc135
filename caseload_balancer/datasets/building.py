"""Makes up a service step by step: workers, loads, families, histories, exceptions, rows."""

from __future__ import annotations

from collections.abc import Sequence

from caseload_balancer.datasets.dates import open_family
from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.families import Dealer
from caseload_balancer.datasets.figures import (
    AREAS_PER_LOCALITY,
    LANGUAGES,
    NEED_SHARE,
    SPECIALISMS,
    TeamKind,
    kinds_of,
)
from caseload_balancer.datasets.histories import write_histories
from caseload_balancer.datasets.loads import posts_by_team, set_loads
from caseload_balancer.datasets.reach import set_reach
from caseload_balancer.datasets.rows import to_snapshot
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.datasets.staffing import area_name, staff
from caseload_balancer.datasets.touches import touch
from caseload_balancer.domain.snapshots import Snapshot
from caseload_balancer.domain.words import CaseType


def build(shape: Shape, seed: int) -> Snapshot:
    """Make up the service of `shape`.

    Raises
    ------
    ValueError
        When the shape contradicts itself.
    """
    draws = Draws(seed)
    kinds = kinds_of(shape.teams)
    posts = staff(shape, kinds, draws)
    families = _deal(shape, kinds, posts, draws)
    furnish(shape, families, posts, draws)
    if shape.eligibility is not None:
        set_reach(shape.eligibility, families, posts, draws)
    return to_snapshot(shape, kinds, posts, families, draws)


def furnish(shape: Shape, families: list[Family], posts: Sequence[StaffPost], draws: Draws) -> None:
    """Give families dates, places, needs, histories and exceptions, and sort them by age."""
    for family in families:
        open_family(family, shape.as_of, draws)
        locality = family.team * shape.localities // shape.teams
        family.area = area_name(locality, draws.below(AREAS_PER_LOCALITY))
        if draws.chance(NEED_SHARE):
            family.needs = (draws.pick((*LANGUAGES, *SPECIALISMS)),)
    write_histories(families, posts, shape.as_of, draws)
    touch(shape, families, posts, draws)
    families.sort(key=lambda family: family.opened_on)


def _deal(
    shape: Shape, kinds: Sequence[TeamKind], posts: Sequence[StaffPost], draws: Draws
) -> list[Family]:
    children, waiting = set_loads(shape, kinds, posts, draws)
    by_team = posts_by_team(posts)
    counts = [
        dict(zip(kind.mix, apportion(children[team], list(kind.mix.values())), strict=True))
        for team, kind in enumerate(kinds)
    ]
    if shape.looked_after is not None:
        _fit_looked_after(counts, shape.looked_after)
    families: list[Family] = []
    for team, kind in enumerate(kinds):
        dealer = Dealer(team, counts[team], draws, kind.in_court)
        families += dealer.deal(by_team[team], waiting[team])
    return families


def _fit_looked_after(counts: Sequence[dict[CaseType, int]], wanted: int) -> None:
    """Swap children for those of the team's next most usual type until `wanted` are in care."""
    in_care = [team.get("looked_after", 0) for team in counts]
    for team, before, after in zip(counts, in_care, apportion(wanted, in_care), strict=True):
        if before:
            others = [case_type for case_type in team if case_type != "looked_after"]
            team["looked_after"] = after
            team[max(others, key=lambda case_type: team[case_type])] += before - after
