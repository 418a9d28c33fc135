"""Where a child and a worker count: one team each, below localities, below the service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Team, Worker
from caseload_balancer.plan.drift.rows import Level
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY

TeamId = str | None
"""A team's id; None stands for whoever has none."""


@dataclass(frozen=True)
class Place:
    """A team, a locality or the service, and the teams that count there.

    Parameters
    ----------
    level, team_id, name, parent_id
        As in `TeamWeek`.
    teams
        The teams that add up to it.
    """

    level: Level
    team_id: TeamId
    name: str | None
    parent_id: str | None
    teams: frozenset[TeamId]


def home(worker: Worker) -> TeamId:
    """Return the team a worker counts with: the first, so that nobody counts twice."""
    return worker.team_ids[0] if worker.team_ids else None


def homes_of_cases(facts: Facts, worker: Ints) -> tuple[TeamId, ...]:
    """Return the team each case counts with: its worker's, or its own while it waits.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    """
    of_worker = [home(one) for one in facts.index.workers]
    return tuple(
        case.team_id if number == NOBODY else of_worker[number]
        for case, number in zip(facts.index.cases, worker.tolist(), strict=True)
    )


def find_places(teams: Mapping[str, Team], used: Iterable[TeamId]) -> tuple[Place, ...]:
    """Return the service, then each locality with the teams below it, and last who has no team.

    Parameters
    ----------
    teams
        The ``teams`` table by id.
    used
        The teams with a child or a worker; others are left out.
    """
    counted = set(used)
    below: dict[TeamId, set[str]] = defaultdict(set)
    for team_id in counted:
        one = team_id
        while one is not None:
            parent = teams[one].parent_id if one in teams else None
            below[parent].add(one)
            one = parent
    found = [Place("service", None, None, None, frozenset(counted))]
    found += [place for root in sorted(below[None]) for place in _walk(root, teams, below)]
    if None in counted and len(counted) > 1:
        found.append(Place("team", None, None, None, frozenset([None])))
    return tuple(found)


def _walk(
    team_id: str, teams: Mapping[str, Team], below: Mapping[TeamId, set[str]]
) -> Iterator[Place]:
    inner = [place for one in sorted(below.get(team_id, ())) for place in _walk(one, teams, below)]
    row = teams.get(team_id)
    yield Place(
        "locality" if inner else "team",
        team_id,
        row.name if row else None,
        row.parent_id if row else None,
        frozenset({team_id}.union(*(place.teams for place in inner))),
    )
    yield from inner
