"""Makes up the workers: roles, hours, contracts and absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from caseload_balancer.arguments import refusal
from caseload_balancer.datasets.drafts import Absence, StaffPost
from caseload_balancer.datasets.draws import Draws, apportion
from caseload_balancer.datasets.figures import (
    AREAS_PER_LOCALITY,
    LANGUAGES,
    LEAVING_CARE,
    MIXED,
    SKILL_SHARE,
    SPECIALISMS,
    TeamKind,
)
from caseload_balancer.datasets.shapes import Shape

GONE_WITHIN_DAYS = 7
"""A last day nearer than this is before the next allocation: the worker holds nothing more."""

TAKES_NONE_WITHIN_DAYS = 28
"""A last day nearer than this: the worker is given nothing new and hands cases over."""

FRIDAY = 4  # days after the Monday of the week

PART_TIME_SHARE = 0.25  # local
PART_TIME_LEVELS = (80, 60, 72, 52)  # hundredths; multiples of 4 are whole children at 25 an FTE


def staff(shape: Shape, kinds: Sequence[TeamKind], draws: Draws) -> list[StaffPost]:
    """Return the workers of every team, in order of team.

    Raises
    ------
    ValueError
        When the workers cannot have the places or hours the shape asks for.
    """
    width = max(3, len(str(shape.workers)))
    sizes = apportion(shape.workers, [1.0] * shape.teams)
    teams = [team for team, size in enumerate(sizes) for _ in range(size)]
    posts = [StaffPost(f"W-{n:0{width}d}", team) for n, team in enumerate(teams, start=1)]
    _give_roles(posts, shape, kinds, draws)
    _give_contracts(posts, shape, draws)
    _give_adjustments(posts, shape, draws)
    if shape.places is not None:
        _fit_places(posts, shape.places, shape.heavy, draws)
    elif shape.fte is None:
        for post in posts:
            if post.role != "asye" and draws.chance(PART_TIME_SHARE):
                post.fte = draws.pick(PART_TIME_LEVELS)
    if shape.fte is not None:
        permanent, agency = shape.fte
        _fit_hours([post for post in posts if not post.agency], permanent, draws)
        _fit_hours([post for post in posts if post.agency], agency, draws)
    for post in posts:
        locality = post.team * shape.localities // shape.teams
        post.area = area_name(locality, draws.below(AREAS_PER_LOCALITY))
        if draws.chance(SKILL_SHARE):
            post.skills = (draws.pick((*LANGUAGES, *SPECIALISMS)),)
    return posts


def area_name(locality: int, number: int) -> str:
    """Name an area of a locality: ``A1`` to ``A2``, ``B1`` to ``B2``, ..."""
    letters = ""
    locality += 1
    while locality:
        locality, letter = divmod(locality - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{number + 1}"


def _plain(posts: Sequence[StaffPost]) -> list[StaffPost]:
    return [post for post in posts if post.role == "social_worker" and not post.agency]


def _give_roles(
    posts: Sequence[StaffPost], shape: Shape, kinds: Sequence[TeamKind], draws: Draws
) -> None:
    with_care_leavers = [p for p in posts if kinds[p.team] in (LEAVING_CARE, MIXED)]
    for post in draws.shuffled(with_care_leavers)[: shape.advisers]:
        post.role = "personal_adviser"
    elsewhere = [p for p in _plain(posts) if kinds[p.team] is not LEAVING_CARE]
    for post in draws.shuffled(elsewhere)[: shape.asyes]:
        post.role = "asye"
    for post in draws.shuffled(_plain(posts))[: shape.agency]:
        post.agency = True
    for post in draws.shuffled(_plain(posts))[: shape.seniors]:
        post.role = "senior"


def _give_contracts(posts: Sequence[StaffPost], shape: Shape, draws: Draws) -> None:
    leavers = zip(draws.shuffled(_plain(posts)), shape.leaving_in_days, strict=False)
    for post, days in leavers:
        _set_last_day(post, days, shape)
    agency = draws.shuffled([post for post in posts if post.agency])
    for post, weeks in zip(agency, shape.contract_ends_in_weeks, strict=False):
        _set_last_day(post, 7 * weeks + FRIDAY, shape)


def _set_last_day(post: StaffPost, days: int, shape: Shape) -> None:
    post.leaves_on = shape.as_of + timedelta(days=days)
    post.away = days < GONE_WITHIN_DAYS
    if post.away:
        post.run_down = 0.25
    elif days < TAKES_NONE_WITHIN_DAYS:
        post.run_down = 0.6


def _give_adjustments(posts: Sequence[StaffPost], shape: Shape, draws: Draws) -> None:
    today = shape.as_of
    free = draws.shuffled([p for p in posts if p.role == "social_worker" and p.leaves_on is None])

    def take(count: int) -> list[StaffPost]:
        taken, free[:count] = free[:count], []
        return taken

    for post in take(shape.long_absences):
        since = today - timedelta(days=draws.between(5, 60))
        back = today + timedelta(days=draws.between(30, 150)) if draws.chance(0.6) else None
        post.absences.append(Absence("absence", 100, since, back))
        post.away = True
        post.run_down = 0.4
    for post in take(shape.short_absences):
        since = today - timedelta(days=draws.between(0, 6))
        back = today + timedelta(days=draws.between(2, 11))
        post.absences.append(Absence("absence", 100, since, back))
    for post in take(shape.phased_returns):
        since = today - timedelta(days=draws.between(3, 25))
        back = since + timedelta(days=draws.between(42, 70))
        post.remaining_percent = draws.pick((40, 60, 80))
        percent = 100 - post.remaining_percent
        post.absences.append(Absence("phased_return", percent, since, back))
        ended = since - timedelta(days=1)
        post.absences.append(Absence("absence", 100, ended - timedelta(days=70), ended))
    for post in take(shape.practice_educators):
        since = today - timedelta(days=draws.between(20, 70))
        post.remaining_percent = 80
        post.absences.append(Absence("practice_education", 20, since, since + timedelta(days=180)))


def _fit_places(posts: Sequence[StaffPost], places: int, heavy: int, draws: Draws) -> None:
    """Cut hours, or pass newly qualified workers, until the caps add up to `places`."""
    over = sum(post.cap for post in posts) - places
    for post in posts:
        if over < 0 and post.role == "asye" and not post.away:
            over -= post.cap
            post.role = "social_worker"
            over += post.cap
    if over < 0:
        raise refusal(
            "service",
            None,
            f"{len(posts)} workers have {places + over} places at most, fewer than {places}: "
            "take more workers, fewer cases or less slack.",
        )
    cut = draws.shuffled([p for p in posts if p.role != "asye" and not p.away])
    cut.sort(key=lambda post: post.ordinary)
    full_time = cut[max(0, len(cut) - heavy) :]
    part_time = cut[: len(cut) - len(full_time)]
    for group, floor in ((part_time, 0), (part_time, 40), (full_time, 60), (cut, 20)):
        for post in group:
            over -= _cut_hours(post, over, floor or draws.pick(PART_TIME_LEVELS))
            if over <= 0:
                return
    raise refusal(
        "service",
        None,
        f"{len(posts)} workers have more than {places} places even part-time: take fewer workers "
        "or more cases.",
    )


def _cut_hours(post: StaffPost, over: int, floor: int) -> int:
    """Lower the hours to `floor`, less far where `over` children are all there is to cut."""
    before = post.cap
    while post.fte > floor and before - post.cap < over:
        post.fte -= 4
    return before - post.cap


def _fit_hours(posts: Sequence[StaffPost], total: int, draws: Draws) -> None:
    """Cut hours until they add up to `total` hundredths of an FTE."""
    over = sum(post.fte for post in posts) - total
    for post in draws.shuffled(posts):
        less = min(over, 100 - draws.pick((80, 60, 70, 50)))
        if post.role != "asye" and less > 0:
            post.fte -= less
            over -= less
    if over != 0:
        message = f"{len(posts)} workers cannot make up {total / 100} FTE."
        raise refusal("service", None, message)
