"""Whether a worker can go on holding cases and can be given more, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.domain.wording import counted
from caseload_balancer.policy import Policy
from caseload_balancer.problem.refusals import Refusal, by_worker


def against_going_on(
    worker: Worker, adjustments: Sequence[Adjustment], day: date, policy: Policy
) -> Refusal | None:
    """Return why a worker cannot go on holding cases: ``W-9 leaves on 2015-11-27``; else None.

    Parameters
    ----------
    adjustments
        Those of the worker that cover `day`.
    """
    found = _not_a_holder(worker) or _not_here_yet(worker, day)
    if found is None and worker.leaves_on is not None:
        if worker.leaves_on < day:
            found = _left(worker)
        elif _leaves_within(worker, day, policy.presence.leaving_hands_over_days):
            found = _gone(worker, "leaves_on", f"{worker.worker_id} leaves on {worker.leaves_on}")
    if found is None and any(_is_long_absence(row, day, policy) for row in adjustments):
        found = _away(worker, adjustments)
    return found


def against_arrivals(
    worker: Worker, adjustments: Sequence[Adjustment], day: date, policy: Policy
) -> Refusal | None:
    """Return why a worker can be given no case by another, or None.

    Parameters
    ----------
    adjustments
        Those of the worker that cover `day`.
    """
    found = _not_a_holder(worker) or _not_here_yet(worker, day)
    rules = policy.presence
    days = max(rules.leaving_takes_none_days, rules.leaving_hands_over_days)
    if found is None and worker.leaves_on is not None and _leaves_within(worker, day, days):
        found = _left(worker) if worker.leaves_on < day else _leaving(worker, policy)
    if found is None and any(row.percent == 100 for row in adjustments):
        found = _away(worker, adjustments)
    return found


def _leaves_within(worker: Worker, day: date, days: int) -> bool:
    return worker.leaves_on is not None and worker.leaves_on < day + timedelta(days=days)


def _is_long_absence(row: Adjustment, day: date, policy: Policy) -> bool:
    if row.percent != 100:
        return False
    weeks = policy.presence.absence_keeps_cases_weeks
    return row.ends_on is None or row.ends_on >= day + timedelta(weeks=weeks)


def _gone(worker: Worker, column: str, sentence: str) -> Refusal:
    return by_worker("absence-and-leaving", worker.worker_id, column, sentence)


def _not_a_holder(worker: Worker) -> Refusal | None:
    if worker.holds_cases:
        return None
    name = worker.worker_id
    return by_worker("eligibility", name, "holds_cases", f"{name} holds no cases")


def _not_here_yet(worker: Worker, day: date) -> Refusal | None:
    starts = worker.available_from
    if starts is None or starts <= day:
        return None
    sentence = f"{worker.worker_id} is not here before {starts}"
    return _gone(worker, "available_from", sentence)


def _left(worker: Worker) -> Refusal:
    return _gone(worker, "leaves_on", f"{worker.worker_id} left on {worker.leaves_on}")


def _leaving(worker: Worker, policy: Policy) -> Refusal:
    days = counted(policy.presence.leaving_takes_none_days, "day")
    return _gone(
        worker,
        "leaves_on",
        f"{worker.worker_id} leaves on {worker.leaves_on}, and takes no cases in the last {days}",
    )


def _away(worker: Worker, adjustments: Sequence[Adjustment]) -> Refusal:
    ends = [row.ends_on for row in adjustments if row.percent == 100]
    dated = [end for end in ends if end is not None]
    how_long = f" until {max(dated)}" if len(dated) == len(ends) else ", with no date of return"
    return Refusal(
        rule="absence-and-leaving",
        table="adjustments",
        row_id=worker.worker_id,
        column="percent",
        sentence=f"{worker.worker_id} is away{how_long}",
    )
