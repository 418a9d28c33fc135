"""Who leaves, goes away for long, starts or comes back in the weeks ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.plan.drift.places import home
from caseload_balancer.plan.drift.rows import StaffChange, StaffEvent
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY

Stretch = tuple[date, date]
"""First and last day of an absence."""


def list_staff_changes(facts: Facts, worker: Ints) -> tuple[StaffChange, ...]:
    """Return a row for each change within the policy's weeks, the soonest first.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    """
    today = facts.index.snapshot.as_of
    held = np.bincount(worker[worker != NOBODY], minlength=len(facts.index.workers)).tolist()
    rows = [
        StaffChange(
            worker_id=one.worker_id,
            employment=one.employment,
            fte=float(one.fte),
            team_id=home(one),
            event=event,
            on=on,
            days=(on - today).days,
            children=held[number],
        )
        for number, one in enumerate(facts.index.workers)
        if one.holds_cases
        for event, on in _events(facts, one)
    ]
    return tuple(sorted(rows, key=lambda row: (row.on, row.worker_id, row.event)))


def _events(facts: Facts, worker: Worker) -> Iterator[tuple[StaffEvent, date]]:
    today = facts.index.snapshot.as_of
    last = today + timedelta(weeks=facts.policy.timescales.ahead_weeks)
    starts, leaves = worker.available_from, worker.leaves_on
    if leaves is not None and leaves < today:
        return
    if starts is not None and today < starts <= last:
        yield "starts", starts
    if leaves is not None and leaves <= last:
        yield "leaves", leaves
    here = min(last, leaves or last)
    shortest = timedelta(weeks=facts.policy.presence.absence_keeps_cases_weeks)
    rows = facts.index.snapshot.adjustments_by_worker.get(worker.worker_id, ())
    for away, ends in _stretches(rows):
        if ends == date.max or ends >= away + shortest:
            if today < away <= here:
                yield "goes away", away
            # A day further would be beyond the calendar.
            if today <= ends < here:
                yield "comes back", ends + timedelta(days=1)


def _stretches(rows: Sequence[Adjustment]) -> list[Stretch]:
    """Return a worker's absences; those that touch or overlap are one."""
    away = sorted(
        (row.starts_on or date.min, row.ends_on or date.max) for row in rows if row.percent == 100
    )
    found: list[Stretch] = []
    for starts, ends in away:
        if found and (found[-1][1] == date.max or starts <= found[-1][1] + timedelta(days=1)):
            found[-1] = found[-1][0], max(ends, found[-1][1])
        else:
            found.append((starts, ends))
    return found
