"""What a worker or a week may take at most (section 3).

Somebody over a limit at the start may stay where they are, and may not go further over.
"""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.checker.allocation import Allocation
from caseload_balancer.checker.findings import Violation
from caseload_balancer.checker.measures import CAP, MEASURES, HeldLimit, counted
from caseload_balancer.checker.week import JudgedWeek
from caseload_balancer.policy import Rule


def limits(allocation: Allocation) -> Iterator[Violation]:
    """Yield every limit of a worker or of the week that is passed."""
    for worker_id in allocation.held:
        for measure in MEASURES:
            yield from _measured(allocation, worker_id, measure)
        yield from _max_new(allocation, worker_id)
    yield from _move_budget(allocation)


def _measured(allocation: Allocation, worker_id: str, measure: HeldLimit) -> Iterator[Violation]:
    week = allocation.week
    limit = measure.limit(week, worker_id)
    if limit is None or measure.gives_way:
        return
    base = measure.used(week, week.staying.get(worker_id, ()))
    used = measure.used(week, allocation.held[worker_id])
    allowed = max(limit, base)
    if measure is CAP:
        allowed += sum(week.may_exceed_cap(case) for case in allocation.held[worker_id])
    if used > allowed:
        yield Violation(
            rule=measure.rule,
            sentence=f"worker {worker_id} is left with {measure.words(used)}; "
            f"{measure.words(allowed)} would be allowed",
            worker_id=worker_id,
            amount=used - allowed,
        )


def arrivals_limit(week: JudgedWeek, worker_id: str) -> int | None:
    """Return how many families may come to a worker this week; None is no limit."""
    rules, worker = week.policy.limits, week.worker_by_id[worker_id]
    asked = [rules.arrivals_a_week]
    if worker.role == "asye":
        asked.append(rules.arrivals_a_week_asye)
    started = worker.available_from
    if started is not None and (week.snapshot.as_of - started).days < 7 * rules.starter_weeks:
        asked.append(rules.arrivals_a_week_starter)
    return min((one for one in asked if one is not None), default=None)


def arrivals_beyond(allocation: Allocation, worker_id: str) -> int:
    """Return how many families more than that the plan brings the worker."""
    limit = arrivals_limit(allocation.week, worker_id)
    arriving = len(allocation.arriving_groups(worker_id))
    return 0 if limit is None else max(0, arriving - limit)


def _max_new(allocation: Allocation, worker_id: str) -> Iterator[Violation]:
    limit = allocation.week.worker_by_id[worker_id].max_new
    arriving = len(allocation.arriving_groups(worker_id))
    if limit is not None and arriving > limit:
        yield _too_many("max-new", worker_id, arriving, limit)


def _too_many(rule: Rule, worker_id: str, count: int, limit: int) -> Violation:
    given = counted(count, "new family", "new families")
    return Violation(
        rule=rule,
        sentence=f"worker {worker_id} is given {given} this week; the limit is {limit}",
        worker_id=worker_id,
        amount=count - limit,
    )


def _move_budget(allocation: Allocation) -> Iterator[Violation]:
    budget = allocation.week.policy.limits.move_budget
    moved = len(allocation.unforced_moves)
    if budget is not None and moved > budget:
        yield Violation(
            rule="move-budget",
            sentence=f"{counted(moved, 'child changes', 'children change')} worker; "
            f"the budget is {budget}",
            case_ids=tuple(sorted(case.case_id for case, _ in allocation.unforced_moves)),
            amount=moved - budget,
        )
