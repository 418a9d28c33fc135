"""How much a worker has room for: children, and tenths of a point (section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from caseload_balancer.checker.presence import WorkerPresence
from caseload_balancer.domain import Team, Worker
from caseload_balancer.policy import Policy

TENTHS = 10
"""Points are counted in tenths."""


def working_time(worker: Worker, presence: WorkerPresence, asye_factor: Decimal) -> Fraction:
    """Return the FTE left for cases after part reductions and the newly qualified year."""
    factor = Fraction(asye_factor) if worker.role == "asye" else Fraction(1)
    return Fraction(worker.fte) * presence.share * factor


def cap_of(
    worker: Worker, presence: WorkerPresence, team_by_id: Mapping[str, Team], policy: Policy
) -> int:
    """Return how many children the worker may hold."""
    if not presence.at_work:
        return 0
    if worker.cap is not None:
        return worker.cap
    teams = (team_by_id[team_id] for team_id in worker.team_ids if team_id in team_by_id)
    per_fte = min(
        (team.cap for team in teams if team.cap is not None), default=policy.cap.children_per_fte
    )
    return floor(per_fte * working_time(worker, presence, policy.cap.asye_factor))


def points_available_to(worker: Worker, presence: WorkerPresence, policy: Policy) -> int:
    """Return the tenths of a point the worker has for cases."""
    if not presence.at_work:
        return 0
    if worker.points_capacity is not None:
        return floor(TENTHS * Fraction(worker.points_capacity))
    per_fte = Fraction(policy.points.available_per_fte - policy.points.fixed_work)
    return floor(TENTHS * per_fte * working_time(worker, presence, policy.points.asye_factor))
