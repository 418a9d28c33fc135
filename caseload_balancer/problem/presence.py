"""Which workers can hold cases this week, which can take more, and how much each has room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Adjustment, Team, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.index import Index

NO_END = np.iinfo(np.int64).max
"""Days until the end of a worker who has none."""


@dataclass(frozen=True, eq=False)
class Presence:
    """What each worker can do this week; every array has shape (workers,).

    Parameters
    ----------
    can_hold, takes_cases
        Whether the worker can go on holding cases, and can be given more.
    cap
        Children the worker may hold.
    points_available
        Tenths of a point the worker has for cases.
    share
        FTE after adjustments and, for an ASYE, protection: what a fair share is measured by.
    days_to_end
        Days from the week's date to the contract's end or the end of notice; `NO_END` for none.
    """

    can_hold: Bools
    takes_cases: Bools
    cap: Ints
    points_available: Ints
    share: tuple[Fraction, ...]
    days_to_end: Ints


def measure_presence(index: Index, policy: Policy) -> Presence:
    """Work out what each worker can do on the day of the snapshot."""
    snapshot = index.snapshot
    workers = index.workers
    adjustments = [
        tuple(
            row
            for row in snapshot.adjustments_by_worker.get(worker.worker_id, ())
            if row.covers(snapshot.as_of)
        )
        for worker in workers
    ]
    reductions = [_reduction(rows) for rows in adjustments]
    can_hold = [
        worker.holds_cases
        and not _is_gone(worker, snapshot.as_of, policy)
        and not any(_is_long_absence(row, snapshot.as_of, policy) for row in rows)
        for worker, rows in zip(workers, adjustments, strict=True)
    ]
    takes = [
        able
        and not any(row.percent == 100 for row in rows)
        and not _leaves_within(worker, snapshot.as_of, policy.presence.leaving_takes_none_days)
        for able, worker, rows in zip(can_hold, workers, adjustments, strict=True)
    ]
    people = list(zip(can_hold, workers, reductions, strict=True))
    return Presence(
        can_hold=np.array(can_hold, np.bool_),
        takes_cases=np.array(takes, np.bool_),
        cap=np.array(
            [_cap(w, left, policy, snapshot.team_by_id) if able else 0 for able, w, left in people],
            np.int64,
        ),
        points_available=np.array(
            [_points_available(w, left, policy) if able else 0 for able, w, left in people],
            np.int64,
        ),
        share=tuple(
            Fraction(w.fte) * left * (Fraction(policy.cap.asye_factor) if w.role == "asye" else 1)
            for _, w, left in people
        ),
        days_to_end=np.array([_days_to_end(w, snapshot.as_of, policy) for w in workers], np.int64),
    )


def _leaves_within(worker: Worker, day: date, days: int) -> bool:
    return worker.leaves_on is not None and worker.leaves_on < day + timedelta(days=days)


def _is_gone(worker: Worker, day: date, policy: Policy) -> bool:
    not_yet = worker.available_from is not None and worker.available_from > day
    return not_yet or _leaves_within(worker, day, policy.presence.leaving_hands_over_days)


def _is_long_absence(row: Adjustment, day: date, policy: Policy) -> bool:
    if row.percent != 100:
        return False
    weeks = policy.presence.absence_keeps_cases_weeks
    return row.ends_on is None or row.ends_on >= day + timedelta(weeks=weeks)


def _reduction(rows: tuple[Adjustment, ...]) -> Fraction:
    left = Fraction(1)
    for row in rows:
        if row.percent < 100:
            left *= 1 - Fraction(row.percent) / 100
    return left


def children_per_fte(worker: Worker, policy: Policy, teams: Mapping[str, Team]) -> int:
    """Return the children a full-time worker of these teams may hold, before adjustments."""
    own = [
        cap
        for team_id in worker.team_ids
        if team_id in teams and (cap := teams[team_id].cap) is not None
    ]
    return min(own, default=policy.cap.children_per_fte)


def _cap(worker: Worker, left: Fraction, policy: Policy, teams: Mapping[str, Team]) -> int:
    if worker.cap is not None:
        return worker.cap
    children = children_per_fte(worker, policy, teams) * Fraction(worker.fte) * left
    return floor(children * Fraction(policy.cap.asye_factor) if worker.role == "asye" else children)


def _points_available(worker: Worker, left: Fraction, policy: Policy) -> int:
    if worker.points_capacity is not None:
        return int(10 * worker.points_capacity)
    full_time = Fraction(policy.points.available_per_fte - policy.points.fixed_work)
    points = 10 * full_time * Fraction(worker.fte) * left
    return floor(points * Fraction(policy.points.asye_factor) if worker.role == "asye" else points)


def _days_to_end(worker: Worker, day: date, policy: Policy) -> int:
    if worker.leaves_on is not None:
        return (worker.leaves_on - day).days
    if worker.employment == "agency":
        return 7 * policy.agency_exposure.notice_weeks
    return int(NO_END)
