"""Locks, families and teams that contradict themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from caseload_balancer.domain.checked_tables import CheckedTables
from caseload_balancer.domain.workers import Worker
from caseload_balancer.errors import DataProblem


def locks_can_hold(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find locked cases whose holder is nobody, forbidden, a bucket or gone."""
    workers: Mapping[str, Worker] = {worker.worker_id: worker for worker in tables.workers}
    if all(case.worker_id is None for case in tables.cases) and len(tables.cases) > 1:
        yield from _nobody_holds_any(tables)
        return
    for position, case in enumerate(tables.cases):
        if not case.locked or not tables.is_sure("cases", position, "worker_id"):
            continue
        holder = workers.get(case.worker_id) if case.worker_id is not None else None
        if case.worker_id is None:
            reason = "the case has no worker to stay with. Fill worker_id or unlock the case."
        elif case.worker_id in case.excluded_worker_ids:
            reason = (
                f"excluded_worker_ids names the holder '{case.worker_id}' too. Take one of the "
                "two away."
            )
        elif holder is None:
            continue
        elif not holder.holds_cases:
            reason = f"'{case.worker_id}' holds no cases. Unlock the case or name a worker."
            if holder.is_assumed_to_hold_none:
                reason += " A manager who does hold cases has yes in holds_cases."
        elif tables.as_of and holder.leaves_on and holder.leaves_on < tables.as_of:
            reason = (
                f"worker '{case.worker_id}' left on {holder.leaves_on.isoformat()}. Unlock the "
                "case or name another worker."
            )
        else:
            continue
        yield tables.problem(
            "cases", position, "locked", "lock_cannot_hold", f"locked, but {reason}"
        )


def _nobody_holds_any(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find the first locked case where no case has a worker: one cause, told once."""
    for position, case in enumerate(tables.cases):
        if case.locked and tables.is_sure("cases", position, "worker_id"):
            message = (
                "locked, but no case has a worker, in this row or any other: worker_id is not "
                "there or blank throughout. Fill it, or unlock the cases."
            )
            yield tables.problem("cases", position, "locked", "lock_cannot_hold", message)
            return


def families_can_stay_together(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find families locked with two workers."""
    locked: dict[str, dict[str, int]] = defaultdict(dict)
    for position, case in enumerate(tables.cases):
        together = case.family_id is not None and not case.may_separate
        together = together and tables.is_sure("cases", position, "may_separate")
        if together and case.locked and case.worker_id is not None:
            locked[str(case.family_id)].setdefault(case.worker_id, position)
    for family_id, positions in locked.items():
        (one, first), *others = positions.items()
        for other, second in others:
            yield tables.problem(
                "cases",
                second,
                "locked",
                "family_locked_apart",
                f"family '{family_id}' is locked with '{other}' here and with '{one}' in row "
                f"{tables.row_number('cases', first)}. Unlock one, or set may_separate.",
            )


def teams_form_a_tree(tables: CheckedTables) -> Iterator[DataProblem]:
    """Find teams that are above themselves."""
    named = [position for position, _ in tables.identities("teams", "team_id")]
    parent = {tables.teams[one].team_id: tables.teams[one].parent_id for one in named}
    for position in named:
        team = tables.teams[position]
        seen = {team.team_id}
        above = team.parent_id
        while above is not None and above not in seen:
            seen.add(above)
            above = parent.get(above)
        if above == team.team_id:
            yield tables.problem(
                "teams",
                position,
                "parent_id",
                "teams_in_a_circle",
                f"team '{team.team_id}' is its own parent through parent_id '{team.parent_id}'.",
            )
