"""Places kept for the must-hold children of next week (section 4, goal ``reserve``)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Final

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.goals.exact import hundredths
from caseload_balancer.checker.remembered import remembered
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.domain import Worker

NEWLY_QUALIFIED: Final = "asye"


def reserve(allocation: Allocation) -> int:
    """Add up the children in places that were to be kept, in hundredths."""
    week = allocation.week
    price = hundredths(week.policy.reserve.place)
    kept = places_kept(week)
    return price * sum(
        max(0, len(cases) - max(0, week.cap[worker_id] - kept[worker_id]))
        for worker_id, cases in allocation.held.items()
        if kept[worker_id]
    )


@remembered
def places_kept(week: JudgedWeek) -> dict[str, int]:
    """Return how many of their last places workers keep, under their id."""
    kept: dict[str, int] = defaultdict(int)
    for team_id, children in _expected(week).items():
        able = [one for one in week.snapshot.workers if _can_keep(week, one, team_id)]
        roomiest = sorted(able, key=lambda one: (_taken(week, one), one.worker_id))
        for place in range(children if roomiest else 0):
            kept[roomiest[place % len(roomiest)].worker_id] += 1
    return kept


def _taken(week: JudgedWeek, worker: Worker) -> int:
    return week.held_at_start[worker.worker_id] - week.cap[worker.worker_id]


def _expected(week: JudgedWeek) -> dict[str | None, int]:
    """Return the must-hold children who come to each team in a week, halves rounded up."""
    weeks = week.policy.reserve.weeks
    since = week.snapshot.as_of - timedelta(weeks=weeks)
    came: dict[str | None, int] = defaultdict(int)
    for case in week.snapshot.cases:
        if week.must_hold(case) and case.opened_on is not None and case.opened_on > since:
            came[case.team_id] += 1
    return {team_id: (2 * count + weeks) // (2 * weeks) for team_id, count in came.items()}


def _can_keep(week: JudgedWeek, worker: Worker, team_id: str | None) -> bool:
    registered = worker.role in set(week.policy.eligibility.registered_roles) - {NEWLY_QUALIFIED}
    own = team_id is None or not worker.team_ids or team_id in worker.team_ids
    return registered and own and week.presence[worker.worker_id].takes_cases
