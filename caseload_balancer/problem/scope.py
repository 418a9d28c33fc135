"""How far outside its own team a case is with a worker, and how far it may go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Team
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import Index
from caseload_balancer.problem.refusals import Refusal

if TYPE_CHECKING:
    from caseload_balancer.problem.facts import Facts

SCOPE_STEPS: Mapping[str, int] = {"team": 0, "parent": 1, "service": 2}


def against_scope(facts: Facts, case: int, worker: int) -> Iterator[Refusal]:
    """Yield the rule by which a case stays in its team or locality, where it would not.

    Parameters
    ----------
    case, worker
        Their numbers.
    """
    row, one = facts.index.cases[case], facts.index.workers[worker]
    scope = facts.policy.eligibility.scope
    if not facts.in_scope[case, worker]:
        where = "its team" if scope == "team" else "its team and locality"
        yield Refusal(
            rule="scope",
            table="cases",
            row_id=row.case_id,
            column="team_id",
            sentence=f"{row.case_id} is of team {row.team_id} and stays in {where}; "
            f"{one.worker_id} is of {', '.join(one.team_ids)}",
        )


def measure_in_scope(scope_steps: Ints, group: Ints, policy: Policy) -> Bools:
    """Return who is near enough to be given which case, shape (cases, workers).

    Near enough for one child is near enough for the siblings who stay together with it.

    Parameters
    ----------
    group
        Shape (cases,): the group of each case.
    """
    near: Bools = scope_steps <= SCOPE_STEPS[policy.eligibility.scope]
    of_group = np.zeros((int(group.max(initial=-1)) + 1, near.shape[1]), np.bool_)
    np.logical_or.at(of_group, group, near)
    found: Bools = of_group[group]
    return found


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
