"""A course of weeks drawn at random from rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseload_balancer.domain import Adjustment, Snapshot, Worker
from caseload_balancer.simulation.drawn.absences import Away, cover_of, draw_absences
from caseload_balancer.simulation.drawn.children import (
    Child,
    changes_of,
    children_of_the_week,
    referred,
)
from caseload_balancer.simulation.drawn.posts import Occupant, fill_post
from caseload_balancer.simulation.events import WeekEvents
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.streams import Streams


@dataclass(frozen=True)
class DrawnEvents:
    """Events drawn from rates, the same for every practice.

    Parameters
    ----------
    rates
        How often things happen.
    seed
        0 or more; the same seed gives the same events everywhere.
    """

    rates: Rates
    seed: int = 0

    def weeks(self, snapshot: Snapshot, *, weeks: int, replication: int) -> Sequence[WeekEvents]:
        """Return the events of each Monday after the first; see `EventSource`."""
        streams = Streams(self.seed, replication)
        first = snapshot.as_of
        last = first + timedelta(weeks=max(0, weeks - 1))
        staff = _Staff.of(snapshot, last, self.rates, streams)
        here = list(children_of_the_week(snapshot, self.rates, streams))
        coming = list(referred(snapshot, weeks, self.rates, streams))
        changes = sorted(
            changes_of([*here, *coming], snapshot, last, self.rates, streams),
            key=lambda change: change[:2],
        )
        mondays = [first + timedelta(weeks=week) for week in range(1, weeks)]
        return [_week(monday, staff, here, coming, changes) for monday in mondays]


def _week(
    monday: date,
    staff: _Staff,
    here: Sequence[Child],
    coming: Sequence[Child],
    changes: Sequence[tuple[date, str, Mapping[str, Any]]],
) -> WeekEvents:
    before = monday - timedelta(weeks=1)
    arrived = [
        child
        for child in coming
        if before < (child.case.opened_on or monday) <= monday < child.closes_on
    ]
    updates: dict[str, dict[str, Any]] = defaultdict(dict)
    for day, case_id, values in changes:
        if before < day <= monday:
            updates[case_id].update(values)
    return WeekEvents(
        as_of=monday,
        workers=tuple(staff.workers_on(monday)),
        adjustments=tuple(staff.adjustments_on(monday)),
        arrived=tuple(child.case for child in arrived),
        closed=frozenset(
            child.case.case_id for child in (*here, *coming) if before < child.closes_on <= monday
        ),
        updates=updates,
        spells=tuple(spell for child in arrived for spell in child.spells),
    )


@dataclass(frozen=True)
class _Staff:
    """Everybody who works in the service at some time, and when they are away."""

    occupants: tuple[Occupant, ...]
    absences: tuple[Away, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, last: date, rates: Rates, streams: Streams) -> _Staff:
        first = snapshot.as_of
        occupants: list[Occupant] = []
        absences = [Away(date.min, _ended(row, first, streams)) for row in snapshot.adjustments]
        for worker in sorted(snapshot.workers, key=lambda one: one.worker_id):
            for occupant in fill_post(worker, first, last, rates, streams):
                occupants.append(occupant)
                if not worker.holds_cases:
                    continue
                for away in draw_absences(occupant, first, last, rates, streams):
                    absences.append(away)
                    cover = cover_of(away, occupant.rows[-1][1], rates, streams)
                    if cover is not None:
                        occupants.append(cover)
        return cls(tuple(occupants), tuple(absences))

    def workers_on(self, monday: date) -> Iterator[Worker]:
        for occupant in self.occupants:
            row = occupant.row_on(monday)
            if row is not None:
                yield row

    def adjustments_on(self, monday: date) -> Iterator[Adjustment]:
        here = {worker.worker_id for worker in self.workers_on(monday)}
        for away in self.absences:
            if away.known_on <= monday <= away.ends_on and away.row.worker_id in here:
                yield away.row


def _ended(row: Adjustment, first: date, streams: Streams) -> Adjustment:
    """Return a row of the start; one without an end ends some day: within a year, local."""
    if row.ends_on is not None:
        return row
    stream = streams.of("return", row.worker_id, row.kind, row.starts_on)
    begins = max(first, row.starts_on or first)
    return row.model_copy(update={"ends_on": begins + timedelta(days=7 + stream.day(358))})
