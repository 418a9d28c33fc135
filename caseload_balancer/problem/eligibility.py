"""Who may hold which case, and who can be given it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Case, Team, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import Index
from caseload_balancer.problem.presence import Presence

SCOPE_STEPS: Mapping[str, int] = {"team": 0, "parent": 1, "service": 2}


def is_must_hold(case: Case, policy: Policy) -> bool:
    """Say whether the case may never wait."""
    return case.in_court or case.case_type in policy.eligibility.must_hold


def measure_may_hold(index: Index, presence: Presence, policy: Policy) -> Bools:
    """Return who may hold which case, shape (cases, workers).

    Role and registration, ASYE protection, the worker's and the team's accepted types,
    exclusions, and presence.
    """
    teams = index.snapshot.team_by_id
    kinds = [(case.case_type, case.in_court) for case in index.cases]
    row_of_kind = {kind: row for row, kind in enumerate(sorted(set(kinds)))}
    example = {row_of_kind[kind]: case for kind, case in zip(kinds, index.cases, strict=True)}
    table = np.array(
        [
            [_suits(example[row], worker, policy, teams) for worker in index.workers]
            for row in range(len(row_of_kind))
        ],
        np.bool_,
    ).reshape(len(row_of_kind), len(index.workers))
    rows = np.array([row_of_kind[kind] for kind in kinds], np.int64)
    may_hold = table[rows] & presence.can_hold
    for number, case in enumerate(index.cases):
        for worker_id in case.excluded_worker_ids:
            may_hold[number, index.worker_number[worker_id]] = False
    return may_hold


def _suits(case: Case, worker: Worker, policy: Policy, teams: Mapping[str, Team]) -> bool:
    rules = policy.eligibility
    if worker.role not in rules.registered_roles and (
        is_must_hold(case, policy) or case.case_type not in rules.unregistered_may_hold
    ):
        return False
    if worker.role == "asye":
        if case.case_type == "child_protection" and not rules.asye_may_hold_child_protection:
            return False
        if case.in_court and not rules.asye_may_hold_court:
            return False
    if worker.may_hold and case.case_type not in worker.may_hold:
        return False
    known = [teams[team_id] for team_id in worker.team_ids if team_id in teams]
    return not known or any(not team.accepts or case.case_type in team.accepts for team in known)


def measure_scope_steps(index: Index) -> Ints:
    """Return the scope step of each case for each worker, shape (cases, workers).

    0 own team, 1 same locality, 2 elsewhere in the service.
    """
    teams = index.snapshot.team_by_id
    case_teams = sorted({case.team_id or "" for case in index.cases})
    worker_teams = sorted({worker.team_ids for worker in index.workers})
    table = np.array(
        [[_scope_step(one, others, teams) for others in worker_teams] for one in case_teams],
        np.int64,
    ).reshape(len(case_teams), len(worker_teams))
    row = {team: number for number, team in enumerate(case_teams)}
    column = {team_ids: number for number, team_ids in enumerate(worker_teams)}
    rows = np.array([row[case.team_id or ""] for case in index.cases], np.int64)
    columns = np.array([column[worker.team_ids] for worker in index.workers], np.int64)
    return (
        table[np.ix_(rows, columns)]
        if len(rows) and len(columns)
        else np.zeros((len(rows), len(columns)), np.int64)
    )


def _scope_step(team_id: str, worker_teams: tuple[str, ...], teams: Mapping[str, Team]) -> int:
    if not team_id or not worker_teams or team_id in worker_teams:
        return 0
    parent = _parent(team_id, teams)
    for other in worker_teams:
        above = _parent(other, teams)
        same_parent = parent is not None and parent == above
        if same_parent or parent == other or above == team_id:
            return 1
    return 2


def _parent(team_id: str, teams: Mapping[str, Team]) -> str | None:
    return teams[team_id].parent_id if team_id in teams else None
