"""Who would change worker so that a case has room, as a chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caseload_balancer.arrays import Ints
from caseload_balancer.insight.planned import HolderChange, changes
from caseload_balancer.plan.week import PlannedWeek


def chain_of_changes(
    week: PlannedWeek, case: int, worker: int, assignment: Ints
) -> tuple[HolderChange, ...]:
    """Return who changes worker: the case, its siblings, then who makes room, step by step."""
    cases = week.facts.index.cases
    unit = {cases[one].case_id for one in week.facts.groups.unit_cases[week.unit_of(case)]}
    moved = changes(week, assignment)
    mine = [one for one in moved if one.case_id in unit]
    mine.sort(key=lambda one: one.case_id != cases[case].case_id)
    others = [one for one in moved if one.case_id not in unit]
    return (*mine, *_leaving_first(others, week.worker_id(worker)))


def _leaving_first(moved: Sequence[HolderChange], worker_id: str) -> Iterator[HolderChange]:
    """Yield changes as a chain: who leaves the worker, who leaves where these go, and so on."""
    left = list(moved)
    queue: list[str | None] = [worker_id]
    while queue:
        here = queue.pop(0)
        for one in [change for change in left if change.from_worker_id == here]:
            left.remove(one)
            queue.append(one.to_worker_id)
            yield one
    yield from left
