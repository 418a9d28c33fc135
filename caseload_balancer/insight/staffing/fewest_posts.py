"""The fewest posts that give everybody a place in one part of a service, and why not less.

First the posts are pools without a limit: what no sharing out of the children can do without. Then
they are people, full-time ones and one part-timer for each post, who keep the limits that a
person has; where the pool is not enough for them, tenths are added until it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

import numpy as np

from caseload_balancer.domain import Worker
from caseload_balancer.domain.words import Role
from caseload_balancer.engine import solve
from caseload_balancer.insight.edits import Edit, Joins
from caseload_balancer.insight.staffing.vacancies import (
    UNMET,
    children_at,
    children_per_post,
    fte_for,
    least_fte,
    with_posts,
)
from caseload_balancer.insight.unmet.places import Demand, count_too_many, find_demand
from caseload_balancer.insight.unmet.unmet import only_goals
from caseload_balancer.insight.weeks import Week
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import build_problem

Opening = tuple[str | None, Role, Worker]
"""A post that could be made: its team, its role, and an empty worker in it."""


@dataclass(frozen=True, kw_only=True)
class Filled:
    """What it takes in one part.

    Parameters
    ----------
    tenths, places
        Tenths of an FTE and children of each post that could be made.
    at_least
        FTE that cannot be done without: proven.
    places_by_flow
        Places missing if siblings could be split and only the cap counted.
    left_over
        Children whom no post would help.
    still_unmet
        Children beyond these who have no place with the posts filled.
    short_by_a_tenth
        Where the proof is a search with a tenth less: children without a place then, at least.
    finished
        Whether every search was: otherwise fewer posts may do, or help more children.
    """

    tenths: tuple[int, ...]
    places: tuple[int, ...]
    at_least: Decimal
    places_by_flow: int
    left_over: int
    still_unmet: int
    short_by_a_tenth: int
    finished: bool


def fill_posts(
    week: Week, posts: Sequence[Opening], roles: Sequence[Role], *, time_limit: float, seed: int
) -> Filled:
    """Find the fewest posts of a part.

    Parameters
    ----------
    week
        The part, under the limits that last.
    posts
        The posts that could be made; none where nobody in a post could hold a child.
    roles
        Of posts in as few children, those with the fewest in the first role are taken, and so on.
    time_limit, seed
        Of each search.
    """
    people = _People(week, posts, time_limit, seed)
    if not posts:
        return _without_posts(people, 0)
    places = _missing_places(week)
    workers = tuple(worker for _, _, worker in posts)
    staffed = week.with_tables(workers=(*week.snapshot.workers, *workers))
    problem = build_problem(staffed.snapshot, only_goals(staffed, {"over_cap": 1}).policy)
    numbers = [problem.facts.index.worker_number[worker.worker_id] for worker in workers]
    by_role = [
        [n for n, (_, role, _) in zip(numbers, posts, strict=True) if role == one] for one in roles
    ]
    arrays = with_posts(problem, numbers, by_role)
    result = solve(arrays, time_limit=time_limit, seed=seed)
    held = children_at(arrays, result.assignment, numbers)
    full = [children_per_post(week, worker) for worker in workers]
    if result.values[1] == result.bounds[1]:
        pools = dict(zip(numbers, zip(held, full, strict=True), strict=True))
        pooled = least_fte(arrays, pools)
    else:
        pooled = fte_for(max(result.bounds[1], places), max(full))
    first = [int(10 * fte_for(*pair)) for pair in zip(held, full, strict=True)]
    tenths, shortfall = people.least(first, held, int(10 * pooled), result.values[UNMET])
    still_unmet = people.unmet(tenths) - result.values[UNMET]
    people.finished &= all(result.proven)
    if still_unmet and people.unmet(tenths) == people.unmet([0] * len(posts)):
        return _without_posts(people, len(posts))
    return Filled(
        tenths=tuple(tenths),
        places=tuple(held),
        at_least=Decimal(sum(tenths)).scaleb(-1) if shortfall else pooled,
        places_by_flow=places,
        left_over=result.values[UNMET],
        still_unmet=still_unmet,
        short_by_a_tenth=shortfall,
        finished=people.finished,
    )


def _without_posts(people: _People, posts: int) -> Filled:
    """Return what it takes where no post helps anybody: nothing."""
    left_over = people.unmet((0,) * posts)
    return Filled(
        tenths=(0,) * posts,
        places=(0,) * posts,
        at_least=Decimal(0),
        places_by_flow=0,
        left_over=left_over,
        still_unmet=0,
        short_by_a_tenth=0,
        finished=people.finished,
    )


class _People:
    """Tries posts filled with people."""

    def __init__(self, week: Week, posts: Sequence[Opening], limit: float, seed: int) -> None:
        self._week = week
        self._posts = posts
        self._time_limit = limit
        self._seed = seed
        self._tried: dict[tuple[int, ...], tuple[int, int]] = {}
        self.finished = True
        """Whether every search so far was."""

    def unmet(self, tenths: Sequence[int]) -> int:
        """Return the children without a worker or over a cap, as few as were found."""
        return self._try(tenths)[0]

    def least(
        self, tenths: list[int], places: Sequence[int], proven: int, target: int
    ) -> tuple[list[int], int]:
        """Return posts in which as few are unmet as in any, none of which can be smaller.

        Parameters
        ----------
        tenths, places
            What the pools take, and the children in them.
        proven
            Tenths that cannot be done without.
        target
            Children unmet whatever the posts are.

        Returns
        -------
        tuple
            The tenths of each post; and the children unmet with a tenth less, at least, where that
            is what proves that there is no less. 0 where the pools prove it, or nothing does.
        """
        used = [post for post, size in enumerate(tenths) if size]
        if self.unmet(tenths) > target and used:
            # A person more for each child is more than enough.
            tenths = self._more(tenths, used, 10 * sum(places))
        if sum(tenths) > proven:
            for post in reversed(used):
                tenths = self._smallest(tenths, post)
        if sum(tenths) == proven or len(self._posts) > 1 or not used:
            return tenths, 0
        reached = self.unmet(tenths)
        return tenths, max(0, self._try([tenths[0] - 1])[1] - reached)

    def _more(self, tenths: list[int], used: Sequence[int], most: int) -> list[int]:
        """Return larger posts, as many tenths for each as mend what any number would."""

        def larger(extra: int) -> list[int]:
            return [size + extra * (post in used) for post, size in enumerate(tenths)]

        if self.unmet(larger(most)) >= self.unmet(tenths):
            return tenths
        return larger(_least(most, lambda n: self.unmet(larger(n)) <= self.unmet(larger(most))))

    def _smallest(self, tenths: list[int], post: int) -> list[int]:
        def of(size: int) -> list[int]:
            return [*tenths[:post], size, *tenths[post + 1 :]]

        reached = self.unmet(tenths)
        return of(_least(tenths[post], lambda size: self.unmet(of(size)) <= reached))

    def _try(self, tenths: Sequence[int]) -> tuple[int, int]:
        known = tuple(tenths)
        if known not in self._tried:
            filled = reduce(lambda week, edit: edit.apply(week), self._edits(tenths), self._week)
            problem = build_problem(filled.snapshot, only_goals(filled, {"over_cap": 1}).policy)
            arrays = with_posts(problem, [], [[]])
            found = solve(arrays, time_limit=self._time_limit, seed=self._seed)
            self._tried[known] = found.values[UNMET], found.bounds[UNMET]
            self.finished &= found.proven[UNMET]
        return self._tried[known]

    def _edits(self, tenths: Sequence[int]) -> Iterator[Edit]:
        for (team_id, role, _), size in zip(self._posts, tenths, strict=True):
            yield from people_in(team_id, role, size)


def people_in(team_id: str | None, role: Role, tenths: int) -> Iterator[Joins]:
    """Yield the people of a post: full-time ones and one part-timer."""
    teams = () if team_id is None else (team_id,)
    full, rest = divmod(tenths, 10)
    if full:
        yield Joins(count=full, role=role, team_ids=teams)
    if rest:
        yield Joins(fte=Decimal(rest).scaleb(-1), role=role, team_ids=teams)


def _least(most: int, enough: Callable[[int], bool]) -> int:
    """Return the least number from 0 to `most` that is enough: more is never less."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _missing_places(week: Week) -> int:
    """Return the children beyond the places there are, of those whom a post would help."""
    facts = Facts.of(week.snapshot, week.policy)
    demand = find_demand(facts, every_child=True)
    locked = np.array([facts.index.cases[case].locked for case in demand.case], np.bool_)
    taken = np.bincount(facts.holder[demand.case[locked]], minlength=len(demand.places))
    left = np.maximum(0, demand.places - taken)
    return count_too_many(Demand(demand.case[~locked], demand.may[~locked], left))
