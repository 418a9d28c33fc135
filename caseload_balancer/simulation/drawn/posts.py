"""Who fills which post, and until when: notices, contract ends, vacancies and starters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import inf, log
from typing import Final

from caseload_balancer.domain import Worker
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.streams import Stream, Streams

YEAR_WEEKS: Final = 52
_ALWAYS: Final = date.min


@dataclass(frozen=True)
class Occupant:
    """One worker in one post.

    Parameters
    ----------
    rows
        How the worker's row reads from which day on: the first day it is known, the day notice is
        given, the day the year of the newly qualified ends.
    starts_on
        First day at work; the earliest date where the worker was there at the start.
    ends_on
        Last day, whether known yet or not; None within these weeks.
    """

    rows: tuple[tuple[date, Worker], ...]
    starts_on: date
    ends_on: date | None

    @property
    def worker_id(self) -> str:
        """The worker's id."""
        return self.rows[0][1].worker_id

    def row_on(self, day: date) -> Worker | None:
        """Return the worker's row as it is known on a day; None before and after."""
        if self.ends_on is not None and self.ends_on < day:
            return None
        known = [row for since, row in self.rows if since <= day]
        return known[-1] if known else None


def fill_post(
    worker: Worker, first: date, last: date, rates: Rates, streams: Streams
) -> Iterator[Occupant]:
    """Yield who is in a post from the first day to the last, one after the other.

    Parameters
    ----------
    worker
        Who is in it at the start.
    """
    occupant = _at_the_start(worker, first, rates, streams.of("post", worker.worker_id, 0))
    yield occupant
    number = 0
    while occupant.ends_on is not None and occupant.ends_on < last:
        number += 1
        stream = streams.of("post", worker.worker_id, number)
        occupant = _next(worker, occupant.ends_on, number, rates, stream)
        if occupant.rows[0][0] <= last:
            yield occupant


def _at_the_start(worker: Worker, first: date, rates: Rates, stream: Stream) -> Occupant:
    if not worker.holds_cases:
        return Occupant(((_ALWAYS, worker),), _ALWAYS, None)
    starts_on = worker.available_from or _ALWAYS
    begins = max(first, starts_on)
    qualified_on = None
    if worker.role == "asye":
        qualified_on = begins + _weeks(stream.between((0, rates.vacancies.newly_qualified_weeks)))
    if worker.employment == "agency":
        end = worker.leaves_on
        extended = stream.chance(rates.agency.extended_percent)
        more = stream.between(rates.agency.contract_weeks)
        if end is None:
            end = begins + _weeks(more * stream.share())
        elif end < first or not extended:
            return _until(worker, _ALWAYS, starts_on, end, told_on=_ALWAYS)
        else:
            longer = worker.model_copy(update={"leaves_on": end + _weeks(more)})
            told = max(first, end - timedelta(weeks=rates.agency.notice_weeks))
            rows = ((_ALWAYS, worker), (told, longer))
            return Occupant(rows, starts_on, longer.leaves_on)
        told = end - timedelta(weeks=rates.agency.notice_weeks)
        return _until(worker, _ALWAYS, starts_on, end, told_on=told)
    if worker.leaves_on is not None:
        return _until(worker, _ALWAYS, starts_on, worker.leaves_on, told_on=_ALWAYS)
    return _permanent(worker, _ALWAYS, begins, starts_on, qualified_on, rates, stream)


def _next(worker: Worker, left_on: date, number: int, rates: Rates, stream: Stream) -> Occupant:
    vacancies = rates.vacancies
    agency = stream.chance(vacancies.agency_first_percent)
    gap = stream.between(vacancies.agency_weeks if agency else vacancies.permanent_weeks)
    newly_qualified = stream.chance(vacancies.newly_qualified_percent)
    contract = stream.between(rates.agency.contract_weeks)
    known = stream.chance(rates.agency.end_known_percent)
    extensions = 0
    while stream.chance(rates.agency.extended_percent):
        extensions += 1
    starts_on = left_on + timedelta(days=1) + _weeks(gap)
    told_on = max(
        left_on + timedelta(days=1), starts_on - timedelta(weeks=vacancies.starter_known_weeks)
    )
    role = worker.role
    if role in {"social_worker", "asye"}:
        role = "asye" if newly_qualified and not agency else "social_worker"
    row = worker.model_copy(
        update={
            "worker_id": f"{worker.worker_id}.{number + 1}",
            "employment": "agency" if agency else "permanent",
            "role": role,
            "available_from": starts_on,
            "leaves_on": None,
            "max_new": None,
        }
    )
    if not agency:
        year = timedelta(weeks=vacancies.newly_qualified_weeks)
        qualified_on = starts_on + year if role == "asye" else None
        return _permanent(row, told_on, starts_on, starts_on, qualified_on, rates, stream)
    notice = timedelta(weeks=rates.agency.notice_weeks)
    if not known:
        end = starts_on + _weeks(contract * (1 + extensions))
        return _until(row, told_on, starts_on, end, told_on=max(told_on, end - notice))
    ends = [starts_on + _weeks(contract * (1 + extra)) for extra in range(extensions + 1)]
    rows = [(told_on, row.model_copy(update={"leaves_on": ends[0]}))]
    for before, after in pairwise(ends):
        rows.append((max(told_on, before - notice), row.model_copy(update={"leaves_on": after})))
    return Occupant(tuple(rows), starts_on, ends[-1])


def _permanent(
    worker: Worker,
    seen_on: date,
    begins: date,
    starts_on: date,
    qualified_on: date | None,
    rates: Rates,
    stream: Stream,
) -> Occupant:
    """Draw when a permanent worker gives notice; nobody knows before."""
    leaving = rates.leaving
    stays = 1.0
    for percent in (leaving.turnover_percent_a_year, leaving.other_posts_percent_a_year):
        stays *= 1 - percent / 100
    years = stream.until_next(1.0)
    notice = _weeks(stream.between(leaving.notice_weeks))
    rows = [(seen_on, worker)]
    if qualified_on is not None:
        rows.append((qualified_on, worker.model_copy(update={"role": "social_worker"})))
    weeks = YEAR_WEEKS * years * _mean_years(stays)
    if weeks > 100 * YEAR_WEEKS:
        return Occupant(tuple(rows), starts_on, None)
    told_on = begins + _weeks(weeks)
    ends_on = told_on + notice
    known = [(since, row) for since, row in rows if since < told_on]
    later = [(since, row) for since, row in rows if told_on <= since <= ends_on]
    leaving_rows = [(told_on, known[-1][1]), *later] if known else later
    marked = [(day, row.model_copy(update={"leaves_on": ends_on})) for day, row in leaving_rows]
    return Occupant((*known, *marked), starts_on, ends_on)


def _mean_years(stays: float) -> float:
    """Return the years to the next leaver where such a share stays a year."""
    return inf if stays >= 1 else (0.0 if stays <= 0 else -1 / log(stays))


def _until(
    worker: Worker, seen_on: date, starts_on: date, ends_on: date, *, told_on: date
) -> Occupant:
    """Return a worker whose end is told on a day."""
    leaving = worker.model_copy(update={"leaves_on": ends_on})
    if told_on <= seen_on:
        return Occupant(((seen_on, leaving),), starts_on, ends_on)
    return Occupant(((seen_on, worker), (told_on, leaving)), starts_on, ends_on)


def _weeks(weeks: float) -> timedelta:
    return timedelta(days=round(7 * weeks))
