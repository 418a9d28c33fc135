"""When workers are away: sickness, leave that is known ahead, and long leave with its cover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from caseload_balancer.domain import Adjustment, Worker
from caseload_balancer.simulation.drawn.posts import YEAR_WEEKS, Occupant
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.streams import Stream, Streams

_AWAY: Final = Decimal(100)


@dataclass(frozen=True)
class Away:
    """One absence.

    Parameters
    ----------
    known_on
        From which day it is in the table.
    row
        As the table has it.
    """

    known_on: date
    row: Adjustment

    @property
    def ends_on(self) -> date:
        """Last day of it."""
        return self.row.ends_on or date.max


def draw_absences(
    occupant: Occupant, first: date, last: date, rates: Rates, streams: Streams
) -> Iterator[Away]:
    """Yield the absences of one worker from the first day to the last."""
    begins = max(first, occupant.starts_on)
    ends = min(last, occupant.ends_on or last)
    for kind in (_short_sickness, _long_sickness, _leave, _long_leave):
        stream = streams.of(kind.__name__.strip("_"), occupant.worker_id)
        yield from kind(occupant.worker_id, begins, ends, rates, stream)


def cover_of(away: Away, worker: Worker, rates: Rates, streams: Streams) -> Occupant | None:
    """Return the agency worker who covers a long leave; None for another absence or no cover."""
    starts_on, ends_on = away.row.starts_on, away.row.ends_on
    if away.row.kind != "long leave" or starts_on is None or ends_on is None:
        return None
    stream = streams.of("cover", worker.worker_id, starts_on)
    if not stream.chance(rates.absence.long_leave_covered_percent):
        return None
    begins = starts_on + _days(stream.between(rates.vacancies.agency_weeks))
    if begins >= ends_on:
        return None
    row = worker.model_copy(
        update={
            "worker_id": f"{worker.worker_id}.c{starts_on:%y%m%d}",
            "employment": "agency",
            "role": "social_worker" if worker.role == "asye" else worker.role,
            "available_from": begins,
            "leaves_on": ends_on,
            "max_new": None,
        }
    )
    known_on = begins - timedelta(weeks=rates.vacancies.starter_known_weeks)
    return Occupant(((max(away.known_on, known_on), row),), begins, ends_on)


def _short_sickness(
    worker_id: str, begins: date, ends: date, rates: Rates, stream: Stream
) -> Iterator[Away]:
    absence = rates.absence
    percent = absence.sickness_percent_of_days * (100 - absence.long_sickness_percent_of_days) / 100
    for day, weeks in _spells(percent, absence.short_sickness_weeks, begins, ends, stream):
        yield _away(worker_id, "sickness", day, weeks, known_on=day)


def _long_sickness(
    worker_id: str, begins: date, ends: date, rates: Rates, stream: Stream
) -> Iterator[Away]:
    absence = rates.absence
    percent = absence.sickness_percent_of_days * absence.long_sickness_percent_of_days / 100
    for day, weeks in _spells(percent, absence.long_sickness_weeks, begins, ends, stream):
        yield _away(worker_id, "sickness", day, weeks, known_on=day)


def _leave(
    worker_id: str, begins: date, ends: date, rates: Rates, stream: Stream
) -> Iterator[Away]:
    absence = rates.absence
    percent = 100 * absence.leave_weeks_a_year / YEAR_WEEKS
    known = timedelta(weeks=absence.leave_known_weeks)
    for day, weeks in _spells(percent, absence.leave_block_weeks, begins, ends, stream):
        yield _away(worker_id, "leave", day, weeks, known_on=day - known)


def _long_leave(
    worker_id: str, begins: date, ends: date, rates: Rates, stream: Stream
) -> Iterator[Away]:
    absence = rates.absence
    if not absence.long_leave_percent_a_year:
        return
    mean = YEAR_WEEKS * 100 / absence.long_leave_percent_a_year
    day = begins + _days(stream.until_next(mean))
    if day <= ends:
        known = timedelta(weeks=absence.long_leave_known_weeks)
        weeks = stream.between(absence.long_leave_weeks)
        yield _away(worker_id, "long leave", day, weeks, known_on=day - known)


def _spells(
    percent: float, lengths: tuple[float, float], begins: date, ends: date, stream: Stream
) -> Iterator[tuple[date, float]]:
    """Yield first day and weeks of absences that take such a share of all days."""
    length = sum(lengths) / 2
    if not percent or not length:
        return
    between = length * (100 - percent) / percent
    day = begins + _days(stream.until_next(between))
    while day <= ends:
        weeks = stream.between(lengths)
        yield day, weeks
        day += _days(weeks) + _days(stream.until_next(between)) + timedelta(days=1)


def _away(worker_id: str, kind: str, day: date, weeks: float, *, known_on: date) -> Away:
    last = day + max(timedelta(0), _days(weeks) - timedelta(days=1))
    row = Adjustment(worker_id=worker_id, kind=kind, percent=_AWAY, starts_on=day, ends_on=last)
    return Away(known_on, row)


def _days(weeks: float) -> timedelta:
    return timedelta(days=min(100_000, round(7 * weeks)))
