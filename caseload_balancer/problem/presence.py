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
from caseload_balancer.domain import Team, Worker
from caseload_balancer.policy import Policy
from caseload_balancer.problem.absences import (
    against_arrivals,
    against_going_on,
    is_still_here,
    known_end,
)
from caseload_balancer.problem.calendars import absences_ahead, time_left
from caseload_balancer.problem.exact_fractions import exactly
from caseload_balancer.problem.index import Index
from caseload_balancer.problem.refusals import Refusal

NO_END = np.iinfo(np.int64).max
"""Days until the end of a worker of whom none is known."""


@dataclass(frozen=True, eq=False)
class Presence:
    """What each worker can do this week; every array has shape (workers,).

    Parameters
    ----------
    against_going_on, against_arrivals
        Why each worker cannot go on holding cases, and can be given none; None where they can.
    still_here
        Whether a worker who cannot go on is here today: work can stay until the last day.
    cap
        Children the worker may hold.
    points_available
        Tenths of a point the worker has for cases.
    share
        FTE after adjustments, the first weeks and, for an ASYE, protection: what a fair share is
        measured by.
    days_to_end
        Days until the worker's children need another one, as far as known; `NO_END` for never.
    """

    against_going_on: tuple[Refusal | None, ...]
    against_arrivals: tuple[Refusal | None, ...]
    still_here: Bools
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
    """Work out what each worker can do on the day of the snapshot and in the weeks ahead."""
    day, teams = index.snapshot.as_of, index.snapshot.team_by_id
    rows = [
        (worker, index.snapshot.adjustments_by_worker.get(worker.worker_id, ()))
        for worker in index.workers
    ]
    ahead = [(worker, absences_ahead(own, day)) for worker, own in rows]
    going_on = tuple(against_going_on(worker, own, day, policy) for worker, own in ahead)
    still_here = np.array(
        [
            against is not None and is_still_here(worker, own, day, policy)
            for (worker, own), against in zip(ahead, going_on, strict=True)
        ],
        np.bool_,
    )
    able = [
        against is None or here for against, here in zip(going_on, still_here.tolist(), strict=True)
    ]
    full_time = [
        exactly(worker.fte) * (time_left(own, day) * started(worker, day, policy))
        for worker, own in rows
    ]
    people = list(zip(index.workers, full_time, able, strict=True))
    return Presence(
        against_going_on=going_on,
        against_arrivals=tuple(against_arrivals(worker, own, day, policy) for worker, own in ahead),
        still_here=still_here,
        cap=np.array(
            [_cap(w, time, policy, teams) if can else 0 for w, time, can in people], np.int64
        ),
        points_available=np.array(
            [_points_available(w, time, policy) if can else 0 for w, time, can in people],
            np.int64,
        ),
        share=tuple(
            time * exactly(policy.cap.asye_factor) if w.role == "asye" else time
            for w, time, _ in people
        ),
        days_to_end=np.array(
            [_days_to_end(known_end(worker, own, day, policy), day) for worker, own in ahead],
            np.int64,
        ),
    )


def started(worker: Worker, day: date, policy: Policy) -> Fraction:
    """Return the share of a full caseload that a starter has come to by `day`.

    It rises evenly over the first weeks; 1 for everybody else.
    """
    rules = policy.presence
    if worker.available_from is None:
        return Fraction(1)
    days = max(0, (day - worker.available_from).days)
    if days >= 7 * rules.ramp_up_weeks:
        return Fraction(1)
    first = exactly(rules.ramp_up_from)
    return first + (1 - first) * Fraction(days, 7 * rules.ramp_up_weeks)


def _days_to_end(end: date | None, day: date) -> int:
    return int(NO_END) if end is None else (end - day).days


def children_per_fte(worker: Worker, policy: Policy, teams: Mapping[str, Team]) -> int:
    """Return the children a full-time worker of these teams may hold, before adjustments."""
    own = [
        cap
        for team_id in worker.team_ids
        if team_id in teams and (cap := teams[team_id].cap) is not None
    ]
    return min(own, default=policy.cap.children_per_fte)


def _cap(worker: Worker, full_time: Fraction, policy: Policy, teams: Mapping[str, Team]) -> int:
    if worker.cap is not None:
        return worker.cap
    children = children_per_fte(worker, policy, teams) * full_time
    return floor(children * exactly(policy.cap.asye_factor) if worker.role == "asye" else children)


def _points_available(worker: Worker, full_time: Fraction, policy: Policy) -> int:
    if worker.points_capacity is not None:
        return int(10 * worker.points_capacity)
    per_fte = exactly(10 * (policy.points.available_per_fte - policy.points.fixed_work))
    points = per_fte * full_time
    return floor(points * exactly(policy.points.asye_factor) if worker.role == "asye" else points)
