"""How far outside its own team a case goes (section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseload_balancer.domain import Case, Team, Worker

OWN_TEAM, LOCALITY, SERVICE = 0, 1, 2

WIDEST: Final = {"team": OWN_TEAM, "parent": LOCALITY, "service": SERVICE}
"""The largest step each value of ``eligibility.scope`` allows."""


def scope_step(case: Case, worker: Worker, team_by_id: Mapping[str, Team]) -> int:
    """Return 0 for the case's own team, 1 for its locality, 2 for anywhere in the service."""
    if case.team_id is None or not worker.team_ids or case.team_id in worker.team_ids:
        return OWN_TEAM
    if any(_near(case.team_id, team_id, team_by_id) for team_id in worker.team_ids):
        return LOCALITY
    return SERVICE


def _near(one: str, other: str, team_by_id: Mapping[str, Team]) -> bool:
    above_one = team_by_id[one].parent_id if one in team_by_id else None
    above_other = team_by_id[other].parent_id if other in team_by_id else None
    siblings = above_one is not None and above_one == above_other
    return siblings or above_one == other or above_other == one
