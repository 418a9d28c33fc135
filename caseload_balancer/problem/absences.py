"""Whether a worker can go on holding cases and can be given more, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from caseload_balancer.domain import Worker
from caseload_balancer.domain.wording import counted
from caseload_balancer.policy import Policy
from caseload_balancer.problem.calendars import WEEK, TimeAway
from caseload_balancer.problem.refusals import Refusal, by_worker


def against_going_on(
    worker: Worker, absences: Sequence[TimeAway], day: date, policy: Policy
) -> Refusal | None:
    """Return why a worker cannot go on holding cases: ``W-9 leaves on 2015-11-27``; else None.

    Parameters
    ----------
    absences
        Those of the worker that have not ended by `day`, in order.
    """
    rules = policy.presence
    found = _not_a_holder(worker)
    kept = timedelta(weeks=rules.absence_keeps_cases_weeks)
    if found is None and worker.available_from and worker.available_from > day + kept:
        found = _not_here_yet(worker)
    if found is None and worker.leaves_on is not None:
        if worker.leaves_on < day:
            found = _left(worker)
        elif worker.leaves_on < day + timedelta(days=rules.leaving_hands_over_days):
            found = _gone(worker, "leaves_on", f"{worker.worker_id} leaves on {worker.leaves_on}")
    if found is None:
        last = day + timedelta(days=rules.leaving_hands_over_days)
        for absence in absences:
            if absence.first <= last and _is_long(absence, day, policy):
                return _away(worker, absence, day)
    return found


def is_still_here(worker: Worker, absences: Sequence[TimeAway], day: date, policy: Policy) -> bool:
    """Say whether a worker who cannot go on is still here, so that work can stay."""
    if not worker.holds_cases or (worker.available_from and worker.available_from > day):
        return False
    if worker.leaves_on is not None and worker.leaves_on < day:
        return False
    return not any(absence.first <= day and _is_long(absence, day, policy) for absence in absences)


def against_arrivals(
    worker: Worker, absences: Sequence[TimeAway], day: date, policy: Policy
) -> Refusal | None:
    """Return why a worker can be given no case by another, or None.

    Parameters
    ----------
    absences
        Those of the worker that have not ended by `day`, in order.
    """
    found = _not_a_holder(worker)
    rules = policy.presence
    days = max(rules.leaving_takes_none_days, rules.leaving_hands_over_days)
    if found is None and worker.available_from and worker.available_from > day:
        found = _not_here_yet(worker)
    if found is None and worker.leaves_on is not None:
        if worker.leaves_on < day:
            found = _left(worker)
        elif worker.leaves_on < day + timedelta(days=days):
            found = _leaving(worker, policy)
    if found is None:
        for absence in absences:
            if _keeps_from_beginning(absence, day, policy):
                return _away(worker, absence, day)
    return found


def known_end(
    worker: Worker, absences: Sequence[TimeAway], day: date, policy: Policy
) -> date | None:
    """Return from when a worker's children will need another one, as far as that is known.

    The day after the last day, or the first day of an absence that is too long for the cases to
    be kept; None where neither is known. An agency worker without a last day is taken to stay as
    long as the policy says.
    """
    ends = [] if worker.leaves_on is None else [worker.leaves_on]
    ends += [max(day, one.first) for one in absences if _is_long(one, day, policy)]
    stays = policy.next_change.agency_stays_weeks
    if not ends and worker.employment == "agency" and stays is not None:
        ends.append(day + timedelta(weeks=stays))
    return min(ends, default=None)


def _is_long(absence: TimeAway, day: date, policy: Policy) -> bool:
    """Say whether what is left of an absence from `day` on is too long for cases to be kept."""
    if absence.last == date.max:
        return True
    first = max(day, absence.first)
    return absence.last >= first + timedelta(weeks=policy.presence.absence_keeps_cases_weeks)


def _keeps_from_beginning(absence: TimeAway, day: date, policy: Policy) -> bool:
    """Say whether who is given work today could not begin it, or would hand it over in weeks."""
    if absence.first <= day:
        return True
    ahead = (absence.first - day).days
    rules = policy.presence
    handed_over = ahead <= max(rules.leaving_takes_none_days, rules.leaving_hands_over_days)
    if handed_over and _is_long(absence, day, policy):
        return True
    return ahead < WEEK and absence.days >= WEEK


def _gone(worker: Worker, column: str, sentence: str) -> Refusal:
    return by_worker("absence-and-leaving", worker.worker_id, column, sentence)


def _not_a_holder(worker: Worker) -> Refusal | None:
    if worker.holds_cases:
        return None
    name = worker.worker_id
    return by_worker("eligibility", name, "holds_cases", f"{name} holds no cases")


def _not_here_yet(worker: Worker) -> Refusal:
    sentence = f"{worker.worker_id} is not here before {worker.available_from}"
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


def _away(worker: Worker, absence: TimeAway, day: date) -> Refusal:
    name = worker.worker_id
    start = f"{name} is away" if absence.first <= day else f"{name} is away from {absence.first}"
    to = ", with no date of return" if absence.last == date.max else f" until {absence.last}"
    return Refusal(
        rule="absence-and-leaving",
        table="adjustments",
        row_id=name,
        column="percent",
        sentence=start + to,
    )
