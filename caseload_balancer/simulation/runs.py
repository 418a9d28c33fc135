"""One practice through one course of events, Monday after Monday."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from caseload_balancer.domain import Snapshot
from caseload_balancer.policy import Policy
from caseload_balancer.simulation.carrying_out import next_monday, ready
from caseload_balancer.simulation.diary import DiaryWeek, keep_diary
from caseload_balancer.simulation.events import EventSource, WeekEvents
from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices import Practice
from caseload_balancer.simulation.rates import DiaryRates
from caseload_balancer.simulation.records import Run, WeekRecord
from caseload_balancer.simulation.tallies import (
    ChangeCount,
    ChangeLog,
    days_without_worker,
    loads_of_those_who_stay,
    with_three_or_more,
    workers_over_cap,
)


@dataclass(frozen=True, kw_only=True)
class Course:
    """What a run needs besides the practice; can be sent to another process.

    Parameters
    ----------
    snapshot
        The first Monday.
    events
        Where events come from.
    weeks
        Mondays, at most.
    rules
        By whose rules changes, waits and loads are judged, for all practices alike; practices by
        hand go by them too.
    diary
        How what is due is done; None where dates come from real weeks.
    """

    snapshot: Snapshot
    events: EventSource
    weeks: int
    rules: Policy
    diary: DiaryRates | None


def run_practice(course: Course, practice: Practice, replication: int) -> Run:
    """Carry a practice through one course of events."""
    events = course.events.weeks(course.snapshot, weeks=course.weeks, replication=replication)
    log = ChangeLog()
    records: list[WeekRecord] = []
    snapshot = ready(course.snapshot)
    transferred: frozenset[str] = frozenset()
    # The last Monday is followed by no event.
    for coming in (*events[: course.weeks - 1], None):
        monday = Monday(snapshot, course.rules, transferred)
        began = time.monotonic()
        decided = practice.allocate(monday)
        seconds = time.monotonic() - began
        changes = log.count(monday, decided.workers)
        after = snapshot.after(
            decided.workers, as_of=snapshot.as_of, reasons=monday.reasons(decided.workers)
        )
        diary = keep_diary(after, course.diary)
        carried_out = Monday(after, course.rules)
        records.append(
            _record(carried_out, changes, diary, log, proven=decided.proven, seconds=seconds)
        )
        if coming is not None:
            transferred = _still_to_go(transferred, monday, after) | _sent(coming, after)
            snapshot = next_monday(after, coming, diary.next_due)
    return _run(practice.name, replication, records, log, after)


def _still_to_go(transferred: frozenset[str], monday: Monday, after: Snapshot) -> frozenset[str]:
    """Return the children who went to another team and have kept their worker so far."""
    before = monday.snapshot.case_by_id
    return frozenset(
        case_id
        for case_id in transferred
        if case_id in before and after.case_by_id[case_id].worker_id == before[case_id].worker_id
    )


def _sent(events: WeekEvents, after: Snapshot) -> frozenset[str]:
    cases = after.case_by_id
    return frozenset(
        case_id
        for case_id, values in events.updates.items()
        if case_id in cases
        and values.get("team_id", cases[case_id].team_id) != cases[case_id].team_id
    )


def _record(
    after: Monday,
    changes: ChangeCount,
    diary: DiaryWeek,
    log: ChangeLog,
    *,
    proven: bool,
    seconds: float,
) -> WeekRecord:
    waiting, must_hold_waiting = days_without_worker(after)
    loads = loads_of_those_who_stay(after)
    workers = after.snapshot.worker_by_id
    holders = [
        workers[case.worker_id]
        for case in after.snapshot.cases
        if case.worker_id is not None and workers[case.worker_id].holds_cases
    ]
    return WeekRecord(
        as_of=after.snapshot.as_of,
        children=len(after.case_ids),
        held_children=len(holders),
        agency_children=sum(worker.employment == "agency" for worker in holders),
        moves_by_choice=changes.moves_by_choice,
        forced=changes.forced,
        new=changes.new,
        there_and_back=changes.there_and_back,
        third_workers=changes.third_workers,
        over_cap=workers_over_cap(after),
        waiting_days=waiting,
        must_hold_waiting_days=must_hold_waiting,
        over_stop=log.past_stop(after),
        overdue_days=diary.overdue_days,
        spread=float(np.std(loads)) if len(loads) else 0.0,
        heaviest=float(loads.max(initial=0.0)),
        arrivals=sum(changes.arrivals.values()),
        arrivals_at_most=max(changes.arrivals.values(), default=0),
        workers=int(after.facts.presence.takes_cases.sum()),
        proven=proven,
        seconds=seconds,
    )


def _run(
    name: str, replication: int, records: Sequence[WeekRecord], log: ChangeLog, last: Snapshot
) -> Run:
    three = with_three_or_more(last)
    return Run(
        practice=name,
        replication=replication,
        weeks=tuple(records),
        moved_twice=log.moved_twice,
        open_at_the_end=len(last.cases),
        three_at_the_end=len(three),
        looked_after_at_the_end=sum(case.case_type == "looked_after" for case in last.cases),
        looked_after_three_at_the_end=sum(case.case_type == "looked_after" for case in three),
    )
