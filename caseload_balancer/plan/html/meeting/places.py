"""The teams of the page, each with its people and who waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from caseload_balancer.plan.html.meeting.caseloads import Caseload

if TYPE_CHECKING:
    from caseload_balancer.plan.drift.rows import TeamWeek
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import WaitingChild


@dataclass(frozen=True)
class TeamPart:
    """A team, or the people a locality has of its own.

    Parameters
    ----------
    place
        Its row before and after.
    within
        What the locality it is in is called; empty where it is in none.
    people
        Each worker who counts here.
    waiting
        Children who wait for it.
    """

    place: TeamWeek
    within: str
    people: tuple[Caseload, ...]
    waiting: tuple[WaitingChild, ...]


def list_teams(plan: Plan, people: Sequence[Caseload]) -> tuple[TeamPart, ...]:
    """Return every team with a worker or a waiting child, in the order of the plan's teams."""
    workers: dict[str | None, list[Caseload]] = defaultdict(list)
    for one in people:
        workers[one.row.team_ids[0] if one.row.team_ids else None].append(one)
    team_of = {row.case_id: row.team_id for row in plan.cases}
    waiting: dict[str | None, list[WaitingChild]] = defaultdict(list)
    for row in plan.waiting:
        waiting[team_of[row.case_id]].append(row)
    called = {row.team_id: row.called for row in plan.teams if row.level != "service"}
    places = {row.team_id: row for row in plan.teams if row.level != "service"}
    # Where nobody has a team the service is all there is.
    places.setdefault(None, plan.teams[0])
    return tuple(
        TeamPart(
            place=place,
            within=called.get(place.parent_id, "") if place.parent_id is not None else "",
            people=tuple(workers[team_id]),
            waiting=tuple(waiting[team_id]),
        )
        for team_id, place in places.items()
        if workers[team_id] or waiting[team_id]
    )
