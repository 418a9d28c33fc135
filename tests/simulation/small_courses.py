"""Tiny services with events written by hand, and practices that do what they are told."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import caseload_balancer as cb
from caseload_balancer.policy import Policy
from caseload_balancer.simulation import Allocated, WeekEvents
from caseload_balancer.simulation.runs import Course, run_practice

MONDAY = date(2026, 3, 2)
STEADY = Policy.profile()


def case(case_id, worker_id=None, **more):
    given = {"case_type": "child_in_need", "opened_on": MONDAY - timedelta(weeks=30), **more}
    return cb.Case(case_id=case_id, worker_id=worker_id, **given)


def worker(worker_id, **more):
    return cb.Worker(**{"worker_id": worker_id, "employment": "permanent", **more})


def week_of(cases, workers, **tables):
    return cb.Snapshot(as_of=MONDAY, cases=tuple(cases), workers=tuple(workers), **tables)


@dataclass(frozen=True)
class HandMade:
    """Events by number of the Monday; workers stay the same where nothing else is said."""

    by_week: dict[int, dict[str, object]] = field(default_factory=dict)

    def weeks(self, snapshot, *, weeks, replication):  # noqa: ARG002 - one course
        found = []
        workers, adjustments = snapshot.workers, snapshot.adjustments
        for week in range(1, weeks):
            told = dict(self.by_week.get(week, {}))
            workers = told.setdefault("workers", workers)
            adjustments = told.setdefault("adjustments", adjustments)
            found.append(WeekEvents(as_of=snapshot.as_of + timedelta(weeks=week), **told))
        return found


@dataclass(frozen=True)
class Told:
    """Gives each child to the worker it is told, Monday by Monday; leaves the others."""

    plans: tuple[dict[str, str | None], ...]
    name: str = "told"

    def allocate(self, monday):
        number = (monday.snapshot.as_of - MONDAY).days // 7
        return Allocated(monday.as_it_is() | self.plans[number])


def run(snapshot, plans, events=None, *, rules=STEADY, diary=None):
    course = Course(
        snapshot=snapshot,
        events=HandMade(events or {}),
        weeks=len(plans),
        rules=rules,
        diary=diary,
    )
    return run_practice(course, Told(tuple(plans)), 0)
