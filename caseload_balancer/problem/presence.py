"""Which workers can hold cases this week, which can take more, and how much each has room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import floor

import numpy as np

from caseload_balancer.arrays import Bools, Ints
from caseload_balancer.domain import Adjustment, Team, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.absences import against_arrivals, against_going_on
from caseload_balancer.problem.index import Index
from caseload_balancer.problem.refusals import Refusal

NO_END = np.iinfo(np.int64).max
"""Days until the end of a worker who has none."""


@dataclass(frozen=True, eq=False)
class Presence:
    """What each worker can do this week; every array has shape (workers,).

    Parameters
    ----------
    against_going_on, against_arrivals
        Why each worker cannot go on holding cases, and can be given none; None where they can.
    cap
        Children the worker may hold.
    points_available
        Tenths of a point the worker has for cases.
    share
        FTE after adjustments and, for an ASYE, protection: what a fair share is measured by.
    days_to_end
        Days from the week's date to the contract's end or the end of notice; `NO_END` for none.
    """

    against_going_on: tuple[Refusal | None, ...]
    against_arrivals: tuple[Refusal | None, ...]
    cap: Ints
    points_available: Ints
    share: tuple[Fraction, ...]
    days_to_end: Ints

    @cached_property
    def can_hold(self) -> Bools:
        """Whether the worker can go on holding cases."""
        return np.array([found is None for found in self.against_going_on], np.bool_)

    @cached_property
    def takes_cases(self) -> Bools:
        """Whether the worker can be given cases."""
        return np.array([found is None for found in self.against_arrivals], np.bool_)


def measure_presence(index: Index, policy: Policy) -> Presence:
    """Work out what each worker can do on the day of the snapshot."""
    day, teams = index.snapshot.as_of, index.snapshot.team_by_id
    workers = index.workers
    adjustments = [
        tuple(
            row
            for row in index.snapshot.adjustments_by_worker.get(worker.worker_id, ())
            if row.covers(day)
        )
        for worker in workers
    ]
    rows = list(zip(workers, adjustments, strict=True))
    going_on = tuple(against_going_on(worker, own, day, policy) for worker, own in rows)
    arrivals = tuple(against_arrivals(worker, own, day, policy) for worker, own in rows)
    people = [
        (worker, _reduction(own), against is None)
        for (worker, own), against in zip(rows, going_on, strict=True)
    ]
    return Presence(
        against_going_on=going_on,
        against_arrivals=arrivals,
        cap=np.array(
            [_cap(w, left, policy, teams) if able else 0 for w, left, able in people], np.int64
        ),
        points_available=np.array(
            [_points_available(w, left, policy) if able else 0 for w, left, able in people],
            np.int64,
        ),
        share=tuple(
            Fraction(w.fte) * left * (Fraction(policy.cap.asye_factor) if w.role == "asye" else 1)
            for w, left, _ in people
        ),
        days_to_end=np.array([_days_to_end(w, day, policy) for w in workers], np.int64),
    )


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
