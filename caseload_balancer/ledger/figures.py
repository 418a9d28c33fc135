"""What a recorded week says of each worker and team: from the plan, and from the spells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from caseload_balancer.domain import Snapshot, Spell
from caseload_balancer.plan import Plan
from caseload_balancer.plan.drift.places import TeamId, find_places, home

THIRD = 3
"""Distinct workers from which a child counts as having had too many."""


def workers_in_window(
    snapshot: Snapshot, days: int, held: Mapping[str, str | None]
) -> dict[str, int]:
    """Return how many workers each child has had lately, each counted once, the holder included.

    Parameters
    ----------
    snapshot
        The week, with its spells completed.
    days
        How long lately is.
    held
        Who holds each case.
    """
    since = snapshot.as_of - timedelta(days=days)
    counts = {}
    for case in snapshot.cases:
        found = {
            spell.worker_id
            for spell in snapshot.spells_by_case.get(case.case_id, ())
            if _counts(snapshot, spell) and (spell.ends_on is None or spell.ends_on > since)
        }
        holder = held[case.case_id]
        counts[case.case_id] = len(found if holder is None else found | {holder})
    return counts


def _counts(snapshot: Snapshot, spell: Spell) -> bool:
    worker = snapshot.worker_by_id.get(spell.worker_id)
    return worker is None or worker.holds_cases


def homes(snapshot: Snapshot, held: Mapping[str, str | None]) -> dict[str, TeamId]:
    """Return the team each child counts with: the holder's first, or its own while it waits."""
    return {
        case.case_id: case.team_id
        if (holder := held[case.case_id]) is None
        else home(snapshot.worker_by_id[holder])
        for case in snapshot.cases
    }


def team_weeks(
    snapshot: Snapshot,
    plan: Plan,
    held: Mapping[str, str | None],
    *,
    workers: Mapping[str, int],
    earlier: Mapping[str, str | None] | None,
) -> Iterator[dict[str, Any]]:
    """Yield a row for the service, each locality and each team.

    Parameters
    ----------
    held, workers
        Who holds each case, and how many workers each child has had.
    earlier
        Who held each case in the last week that was recorded; None where there is none.
    """
    of_case = homes(snapshot, held)
    used = {row.team_id for row in plan.teams if row.level != "service"}
    places = find_places(snapshot.team_by_id, {*used, *of_case.values()})
    teams_of = {(place.level, place.team_id): place.teams for place in places}
    for row in plan.teams:
        teams = teams_of.get((row.level, row.team_id), frozenset([row.team_id]))
        here = [case_id for case_id, team in of_case.items() if team in teams]
        yield {
            "level": row.level,
            "team_id": row.team_id,
            "parent_id": row.parent_id,
            "workers": row.workers,
            "fte": row.fte,
            "agency_fte": row.agency_fte,
            "cap": row.cap,
            "children": row.before.children,
            "children_after": row.after.children,
            "over_cap": row.over_cap,
            "waiting": row.waiting_before,
            "waiting_after": row.waiting,
            "must_not_wait": row.must_not_wait,
            "moved": row.moved,
            "forced": row.forced,
            "changed": None if earlier is None else _changed(here, held, earlier),
            "third_workers": sum(workers[case_id] >= THIRD for case_id in here),
            "overdue": row.overdue,
            "due_soon": row.due_soon,
        }


def _changed(
    case_ids: Sequence[str], held: Mapping[str, str | None], earlier: Mapping[str, str | None]
) -> int:
    """Count the children who came from one worker to another since the last recorded week."""
    return sum(
        earlier.get(case_id) is not None
        and held[case_id] is not None
        and held[case_id] != earlier[case_id]
        for case_id in case_ids
    )
