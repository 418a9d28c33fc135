"""Whether a worker is there: gone, absent, able to hold cases, able to take more (section 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import prod

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.policy import Policy

WHOLE = 100
"""A reduction of this many percent is an absence."""
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class WorkerPresence:
    """One worker on the day of the week, and in the weeks ahead.

    Parameters
    ----------
    can_hold
        May go on with the cases already held.
    here
        Cannot go on, but is at work today, so that cases can stay until the last day.
    takes_cases
        May be given a case.
    why_not
        What keeps the worker from going on, or else from taking cases, in words; None where
        nothing does.
    share
        Least share of their time left on a day of the coming week, after part reductions and the
        first weeks at work; at most 1.
    ends
        From when the worker's children will need another one, as far as that is known.
    last_day
        The last day at work of a worker who is here and cannot go on.
    """

    can_hold: bool
    here: bool
    takes_cases: bool
    why_not: str | None
    share: Fraction
    ends: date | None
    last_day: date | None = None

    @property
    def at_work(self) -> bool:
        """Whether the worker has cases this week, if only until a last day."""
        return self.can_hold or self.here


def presence_of(
    worker: Worker, adjustments: Sequence[Adjustment], as_of: date, policy: Policy
) -> WorkerPresence:
    """Return the presence of `worker` from the day `as_of` on."""
    absences = tuple(_absences(adjustments, as_of))
    going = None if worker.holds_cases else f"{worker.worker_id} holds no cases"
    going = going or next(_against_going_on(worker, absences, as_of, policy), None)
    taking = going or next(_against_taking(worker, absences, as_of, policy), None)
    here = going is not None and _is_here(worker, absences, as_of, policy)
    return WorkerPresence(
        can_hold=going is None,
        here=here,
        takes_cases=taking is None,
        why_not=taking,
        share=_least_share(adjustments, as_of) * _of_a_starter(worker, as_of, policy),
        ends=_ends(worker, absences, as_of, policy),
        last_day=_last_day(worker, absences, as_of, policy) if here else None,
    )


def _absences(adjustments: Sequence[Adjustment], as_of: date) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each stretch away that is not over, in order."""
    left = [
        (row.starts_on or date.min, row.ends_on or date.max)
        for row in adjustments
        if row.percent == WHOLE
    ]
    while left:
        first, last = min(left)
        left.remove((first, last))
        while joined := [row for row in left if last == date.max or row[0] <= _day_after(last)]:
            last = max(last, *(end for _, end in joined))
            left = [row for row in left if row not in joined]
        if last >= as_of:
            yield first, last


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _lasts(first: date, last: date, as_of: date, policy: Policy) -> bool:
    """Say whether what is left of an absence is too long for cases to be kept meanwhile."""
    kept = timedelta(weeks=policy.presence.absence_keeps_cases_weeks)
    return last == date.max or last - max(first, as_of) >= kept


def _against_going_on(
    worker: Worker, absences: Sequence[tuple[date, date]], as_of: date, policy: Policy
) -> Iterator[str]:
    rules, name = policy.presence, worker.worker_id
    starts, leaves = worker.available_from, worker.leaves_on
    if starts is not None and starts - as_of > timedelta(weeks=rules.absence_keeps_cases_weeks):
        yield f"{name} starts on {starts}"
    handed_over = timedelta(days=rules.leaving_hands_over_days)
    if leaves is not None and (leaves < as_of or leaves - as_of < handed_over):
        yield f"{name} leaves on {leaves}"
    for first, last in absences:
        if first <= as_of + handed_over and _lasts(first, last, as_of, policy):
            yield f"{name} is absent for weeks"


def _against_taking(
    worker: Worker, absences: Sequence[tuple[date, date]], as_of: date, policy: Policy
) -> Iterator[str]:
    rules, name = policy.presence, worker.worker_id
    starts, leaves = worker.available_from, worker.leaves_on
    if starts is not None and starts > as_of:
        yield f"{name} starts on {starts}"
    ahead = timedelta(days=max(rules.leaving_takes_none_days, rules.leaving_hands_over_days))
    if leaves is not None and leaves - as_of < ahead:
        yield f"{name} leaves on {leaves} and takes no cases"
    for first, last in absences:
        away_now = first <= as_of
        for_a_week = first - as_of < timedelta(days=DAYS_A_WEEK) and (
            last == date.max or last - first >= timedelta(days=DAYS_A_WEEK - 1)
        )
        for_long = first <= as_of + ahead and _lasts(first, last, as_of, policy)
        if away_now or for_a_week or for_long:
            yield f"{name} is absent and takes no cases"


def _is_here(
    worker: Worker, absences: Sequence[tuple[date, date]], as_of: date, policy: Policy
) -> bool:
    started = worker.available_from is None or worker.available_from <= as_of
    stays = worker.leaves_on is None or worker.leaves_on >= as_of
    away = any(first <= as_of and _lasts(first, last, as_of, policy) for first, last in absences)
    return worker.holds_cases and started and stays and not away


def _last_day(
    worker: Worker, absences: Sequence[tuple[date, date]], as_of: date, policy: Policy
) -> date | None:
    days = [f - timedelta(days=1) for f, last in absences if _lasts(f, last, as_of, policy)]
    days += [] if worker.leaves_on is None else [worker.leaves_on]
    return min(days, default=None)


def _least_share(adjustments: Sequence[Adjustment], as_of: date) -> Fraction:
    week = [as_of + timedelta(days=ahead) for ahead in range(DAYS_A_WEEK)]
    return min(
        prod(
            (
                1 - Fraction(row.percent) / WHOLE
                for row in adjustments
                if row.percent < WHOLE and row.covers(day)
            ),
            start=Fraction(1),
        )
        for day in week
    )


def _of_a_starter(worker: Worker, as_of: date, policy: Policy) -> Fraction:
    """Return the share of a caseload that a starter has come to; 1 after the first weeks."""
    rules = policy.presence
    weeks = Fraction(rules.ramp_up_weeks)
    if worker.available_from is None or not weeks:
        return Fraction(1)
    at_work = Fraction(max(0, (as_of - worker.available_from).days), DAYS_A_WEEK)
    grown = min(Fraction(1), at_work / weeks)
    return Fraction(rules.ramp_up_from) * (1 - grown) + grown


def _ends(
    worker: Worker, absences: Sequence[tuple[date, date]], as_of: date, policy: Policy
) -> date | None:
    known = [max(as_of, f) for f, last in absences if _lasts(f, last, as_of, policy)]
    if worker.leaves_on is not None:
        known.append(worker.leaves_on)
    assumed = policy.next_change.agency_stays_weeks
    if not known and assumed is not None and worker.employment == "agency":
        return as_of + timedelta(weeks=assumed)
    return min(known) if known else None
