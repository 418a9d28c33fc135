"""Services of which it is known beforehand what the best plan can reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from caseload_balancer.arguments import a_seed, checked, number, whole
from caseload_balancer.datasets.building import furnish
from caseload_balancer.datasets.drafts import Family, StaffPost
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.families import Dealer
from caseload_balancer.datasets.figures import TeamKind, kinds_of
from caseload_balancer.datasets.loads import posts_by_team
from caseload_balancer.datasets.rows import to_snapshot
from caseload_balancer.datasets.shapes import Shape
from caseload_balancer.datasets.staffing import TAKES_NONE_WITHIN_DAYS, staff
from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.snapshots import Snapshot

MUST_HOLD = TeamKind("protection", {"looked_after": 0.7, "child_protection": 0.3})
PLENTY = 1_000_000  # of each type, so that a worker's load never lacks a child

STAYS = {"section_47"}  # an enquiry stays with its worker, so it could not start elsewhere

HELD_BY_ANOTHER, WAITS, LOCKED, SPLIT = 0.15, 0.05, 0.02, 0.03
"""Shares of the families that do not start where the hidden plan has them, and so on."""


@dataclass(frozen=True)
class Constructed:
    """A snapshot and the plan it was built around.

    Parameters
    ----------
    snapshot
        The week.
    plan
        The worker of every case. It keeps every rule of the default profile but the cap, which
        it passes by `too_many` children, as every plan must in which no must-hold child waits;
        and rules that give way at a price, on what arrives in a week and on workers whom a child
        had before.
    too_many
        Children over cap in the best plan; 0 for a feasible week.
    """

    snapshot: Snapshot
    plan: Mapping[str, str]
    too_many: int

    __hash__ = content_hash


@checked(workers=whole(1), seed=a_seed, teams=whole(1), slack=number(0))
def feasible(
    workers: int, *, seed: int, teams: int | None = None, slack: float = 0.10
) -> Constructed:
    """Return a service built from a hidden plan: nobody is over cap and no child waits.

    The week starts elsewhere: families are with other workers, some of them over cap or gone,
    and at most one family a worker waits.

    Parameters
    ----------
    workers
        How many.
    seed
        0 or more.
    teams
        How many; ten workers to a team unless said.
    slack
        Places over children in every team, 0 or more. At 0 the hidden plan fills every place.
    """
    return _construct(workers, seed, teams, slack, too_many=0)


@checked(workers=whole(1), seed=a_seed, too_many=whole(1), teams=whole(1), slack=number(-1))
def infeasible(
    workers: int,
    *,
    seed: int,
    too_many: int = 5,
    teams: int | None = None,
    slack: float = 0.10,
) -> Constructed:
    """Return a service with `too_many` must-hold children too many in one team.

    That team's children are all must-hold, and `too_many` more than the caps of its workers add
    up to, whatever room other teams have. So in any plan of the team's own workers, children
    over cap and children waiting are `too_many` or more together; the plan returned waits none.

    Parameters
    ----------
    workers, seed, teams, slack
        As for `feasible`; the slack is that of the other teams.
    too_many
        1 or more.
    """
    return _construct(workers, seed, teams, slack, too_many)


def _construct(
    workers: int, seed: int, teams: int | None, slack: float, too_many: int
) -> Constructed:
    draws = Draws(seed)
    shape = _shape(workers, ceil(workers / 10) if teams is None else teams)
    short = draws.below(shape.teams) if too_many else -1
    kinds = [MUST_HOLD if n == short else kind for n, kind in enumerate(kinds_of(shape.teams))]
    posts = staff(shape, kinds, draws)
    by_team = posts_by_team(posts)
    families: list[Family] = []
    for team, kind in enumerate(kinds):
        if team == short:
            _fill_to_the_cap(by_team[team], too_many)
        else:
            _leave_room(by_team[team], slack)
        mix = {t: int(PLENTY * s) for t, s in kind.mix.items() if t not in STAYS}
        dealer = Dealer(team, mix, draws)
        for post in by_team[team]:
            families += dealer.fill(post, post.load)
    planned = {id(family): family.holder for family in families}
    for team in by_team:
        if team != short:
            _start_elsewhere([f for f in families if f.team == team], by_team[team], shape, draws)
    furnish(shape, families, posts, draws)
    snapshot = to_snapshot(shape, kinds, posts, families, draws)
    holders = [planned[id(family)] for family in families for _ in family.types]
    plan = {
        case.case_id: post.worker_id
        for case, post in zip(snapshot.cases, holders, strict=True)
        if post is not None
    }
    elsewhere = {
        case.family_id or case.case_id
        for case in snapshot.cases
        if case.worker_id != plan.get(case.case_id)
    }
    return Constructed(_with_nothing_due(snapshot, elsewhere), plan, too_many)


def _with_nothing_due(snapshot: Snapshot, families: AbstractSet[str]) -> Snapshot:
    """Return the week with nothing due for some families: what is due soon keeps its worker."""
    nothing = {"next_due_on": None, "next_due": None}
    cases = tuple(
        case.model_copy(update=nothing) if (case.family_id or case.case_id) in families else case
        for case in snapshot.cases
    )
    return snapshot.model_copy(update={"cases": cases})


def _shape(workers: int, teams: int) -> Shape:
    return Shape(
        workers=workers,
        cases=0,
        teams=teams,
        localities=ceil(teams / 5),
        agency=round(workers * 0.17),
        asyes=round(workers * 0.10),
        advisers=round(workers * 0.03),
        seniors=round(workers * 0.10),
        leaving_in_days=(4, 18) if workers >= 8 else (),
        contract_ends_in_weeks=(2, 9) if workers >= 8 else (),
        phased_returns=workers // 15,
        practice_educators=workers // 20,
        short_absences=workers // 12,
        long_absences=workers // 20,
        waiting=0,
        heavy=0,
        split=0,
        may_separate=0,
        locked=0,
        excluded=0,
        change_requested=workers // 10,
        misfits=0,
    )


def _fill_to_the_cap(posts: Sequence[StaffPost], too_many: int) -> None:
    for post in posts:
        post.load = post.cap
    present = [post for post in posts if not post.away]
    for extra in range(too_many):
        present[extra % len(present)].load += 1


def _leave_room(posts: Sequence[StaffPost], slack: float) -> None:
    caps = [post.cap for post in posts]
    loads = apportion(int(sum(caps) / (1 + slack)), caps)
    for post, load in zip(posts, loads, strict=True):
        post.load = load


def _start_elsewhere(
    families: Sequence[Family], posts: Sequence[StaffPost], shape: Shape, draws: Draws
) -> None:
    """Move families away from where the plan has them, to where the plan can move them back."""
    crowded = draws.shuffled(posts)[: max(1, len(posts) // 3)]
    waits_for: set[str] = set()
    for family in draws.shuffled(families):
        planned = family.holder
        if planned is None or not _takes_cases(planned, shape):
            continue
        others = [post for post in crowded if post is not planned and _could_hold(post, family)]
        if draws.chance(WAITS) and planned.worker_id not in waits_for:
            waits_for.add(planned.worker_id)
            family.holder = None
        elif others and draws.chance(HELD_BY_ANOTHER):
            family.holder = draws.pick(others)
        elif others and len(family.types) > 1 and draws.chance(SPLIT):
            family.stray = draws.pick(others)
        elif draws.chance(LOCKED):
            family.locked = True


def _takes_cases(post: StaffPost, shape: Shape) -> bool:
    soon = shape.as_of + timedelta(days=TAKES_NONE_WITHIN_DAYS)
    leaving = post.leaves_on is not None and post.leaves_on < soon
    return not leaving and all(absence.percent < 100 for absence in post.current(shape.as_of))


def _could_hold(post: StaffPost, family: Family) -> bool:
    court = post.may_hold_court or not family.in_court
    return court and all(post.may_hold(case_type) for case_type in family.types)
