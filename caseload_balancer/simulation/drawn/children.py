"""Which children come, when their cases end, and what changes for them in between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from caseload_balancer.domain import Case, Snapshot, Spell
from caseload_balancer.domain.words import CaseType
from caseload_balancer.simulation.drawn.posts import YEAR_WEEKS
from caseload_balancer.simulation.rates import Rates
from caseload_balancer.simulation.streams import Stream, Streams

_TEAM_BEFORE_DAYS: Final = 60
"""A child who comes with workers of before had each for about two months: local."""


@dataclass(frozen=True)
class Child:
    """One child from the day the case comes to the day it ends.

    Parameters
    ----------
    case
        The row on the first day.
    closes_on
        From this day on the case is no longer open.
    spells
        What is known of the past.
    """

    case: Case
    closes_on: date
    spells: tuple[Spell, ...] = ()

    @property
    def family(self) -> str:
        """What siblings share: nobody shares it with an only child."""
        return self.case.family_id or self.case.case_id


def children_of_the_week(snapshot: Snapshot, rates: Rates, streams: Streams) -> Iterator[Child]:
    """Yield the children who are there at the start, each with the day the case ends."""
    lengths = rates.lengths
    for case in snapshot.cases:
        opened = case.opened_on or snapshot.as_of
        family = case.family_id or case.case_id
        stream = streams.of("closing", family, case.case_type, opened)
        age = Fraction((snapshot.as_of - opened).days, 7)
        weeks = lengths.bands[case.case_type].weeks_where(_left(stream), age=age)
        yield Child(case, snapshot.as_of + max(timedelta(days=1), _days(weeks)))


def referred(snapshot: Snapshot, weeks: int, rates: Rates, streams: Streams) -> Iterator[Child]:
    """Yield the children who come within the weeks after the first Monday."""
    mark = _free_mark(snapshot)
    rows: dict[str | None, list[Case]] = defaultdict(list)
    for case in snapshot.cases:
        rows[case.team_id].append(case)
    children = _children_per_week(snapshot, rates)
    sizes = rates.referrals.family_sizes
    mean_size = sum(size * weight for size, weight in sizes.items()) / sum(sizes.values())
    for number, ((team_id, case_type), mean) in enumerate(children.items(), start=1):
        single = case_type in rates.referrals.single_types
        families_a_week = mean if single else mean / mean_size
        for week in range(1, weeks):
            stream = streams.of("referrals", team_id, case_type, week)
            for family in range(stream.count(families_a_week)):
                name = f"{mark}{week:03d}-{number}-{family + 1}"
                draw = streams.of("family", name)
                count = 1 if single else list(sizes)[draw.place(list(sizes.values()))]
                monday = snapshot.as_of + timedelta(weeks=week)
                opened = monday - timedelta(days=draw.day(7))
                like = rows[team_id][draw.day(len(rows[team_id]))] if rows[team_id] else None
                yield from _family(name, count, case_type, team_id, opened, like, rates, draw)


def _family(
    name: str,
    count: int,
    case_type: CaseType,
    team_id: str | None,
    opened: date,
    like: Case | None,
    rates: Rates,
    stream: Stream,
) -> Iterator[Child]:
    """Yield the siblings of one new family: of one type, and their cases end together."""
    referrals = rates.referrals
    in_court = stream.chance(referrals.in_court_percent.get(case_type, 0))
    earlier = _earlier_workers(referrals.earlier_workers_percent.get(case_type, (0, 0)), stream)
    weeks = rates.lengths.bands[case_type].weeks_where(_left(stream))
    closes_on = opened + max(timedelta(days=1), _days(weeks))
    due = rates.diary.due_every_days.get(case_type)
    for child in range(count):
        case = Case(
            case_id=f"{name}{chr(97 + child)}",
            case_type=case_type,
            team_id=team_id,
            family_id=f"F{name}" if count > 1 else None,
            opened_on=opened,
            waiting_since=opened,
            in_court=in_court,
            area=like.area if like else None,
            needs=like.needs if like else (),
            next_due_on=opened + timedelta(days=due) if due else None,
        )
        yield Child(case, closes_on, tuple(_spells_before(case.case_id, name, opened, earlier)))


def _earlier_workers(percent: tuple[float, float], stream: Stream) -> int:
    drawn = 100 * stream.share()
    one, two = percent
    return 1 if drawn < one else 2 if drawn < one + two else 0


def _spells_before(case_id: str, family: str, opened: date, workers: int) -> Iterator[Spell]:
    """Yield the spells of a new child with workers of other teams, oldest first."""
    for number in range(workers, 0, -1):
        yield Spell(
            case_id=case_id,
            worker_id=f"X{number}-{family}",
            starts_on=opened - number * timedelta(days=_TEAM_BEFORE_DAYS),
            ends_on=opened - (number - 1) * timedelta(days=_TEAM_BEFORE_DAYS),
            reason="TSPROC",
        )


def changes_of(
    children: Sequence[Child], snapshot: Snapshot, last: date, rates: Rates, streams: Streams
) -> Iterator[tuple[date, str, Mapping[str, Any]]]:
    """Yield day, case and new values of each transfer and each wish for another worker."""
    families: dict[str, list[Child]] = defaultdict(list)
    for child in children:
        families[child.family].append(child)
        yield from _wishes(child, snapshot.as_of, last, rates, streams)
    for family, members in families.items():
        yield from _transfers(family, members, snapshot, last, rates, streams)


def _wishes(
    child: Child, first: date, last: date, rates: Rates, streams: Streams
) -> Iterator[tuple[date, str, Mapping[str, Any]]]:
    percent = rates.changes.requests_percent_a_year
    if not percent:
        return
    stream = streams.of("request", child.case.case_id)
    day = max(first, child.case.opened_on or first)
    day += _days(stream.until_next(100 * YEAR_WEEKS / percent))
    if day <= min(last, child.closes_on):
        yield day, child.case.case_id, {"change_requested": True}


def _transfers(
    family: str,
    members: Sequence[Child],
    snapshot: Snapshot,
    last: date,
    rates: Rates,
    streams: Streams,
) -> Iterator[tuple[date, str, Mapping[str, Any]]]:
    first = members[0].case
    percent = rates.changes.transfers_percent_a_year.get(first.case_type, 0)
    if not percent or first.team_id is None:
        return
    stream = streams.of("transfer", family)
    day = max(snapshot.as_of, first.opened_on or snapshot.as_of)
    day += _days(stream.until_next(100 * YEAR_WEEKS / percent))
    types = {child.case.case_type for child in members}
    teams = _teams_for(types, first.team_id, snapshot)
    if not teams or day > last:
        return
    to = teams[stream.day(len(teams))]
    for child in members:
        if day < child.closes_on:
            yield day, child.case.case_id, {"team_id": to}


def _teams_for(types: set[CaseType], own: str, snapshot: Snapshot) -> list[str]:
    """Return the teams that take all the types, nearest first choice: those of the locality."""
    staffed = {
        team_id for worker in snapshot.workers if worker.holds_cases for team_id in worker.team_ids
    }
    taking = [
        team
        for team in snapshot.teams
        if team.team_id in staffed and team.team_id != own
        if not team.accepts or types <= set(team.accepts)
    ]
    home = snapshot.team_by_id.get(own)
    near = [team.team_id for team in taking if home and team.parent_id == home.parent_id]
    return sorted(near or [team.team_id for team in taking])


def _children_per_week(
    snapshot: Snapshot, rates: Rates
) -> dict[tuple[str | None, CaseType], float]:
    """Return how many children of a type come to a team each week, on average."""
    stock = Counter((case.team_id, case.case_type) for case in snapshot.cases)
    of_type = Counter(case.case_type for case in snapshot.cases)
    size = rates.referrals.as_many_as_close_percent / 100
    lengths = rates.lengths
    wanted = rates.referrals.children_per_week
    found = {
        (team_id, case_type): (
            wanted[case_type] * count / of_type[case_type]
            if case_type in wanted
            else size * count / float(lengths.mean_weeks(case_type))
        )
        for (team_id, case_type), count in stock.items()
    }
    named = sorted({case.team_id for case in snapshot.cases if case.team_id is not None})
    teams: list[str | None] = [*named] or [None]
    for case_type, mean in wanted.items():
        if not of_type[case_type]:
            for team_id in teams:
                found[team_id, case_type] = mean / len(teams)
    return dict(sorted(found.items(), key=lambda item: (item[0][0] or "", item[0][1])))


def _free_mark(snapshot: Snapshot) -> str:
    """Return letters with which no id of the week begins."""
    used = {case.case_id for case in snapshot.cases}
    used |= {case.family_id or "" for case in snapshot.cases}
    mark = "N"
    while any(name.upper().startswith((mark, f"F{mark}")) for name in used):
        mark += "N"
    return mark


def _left(stream: Stream) -> Fraction:
    """Draw a share above 0 and at most 1."""
    return 1 - Fraction(stream.share()).limit_denominator(1_000_000_000)


def _days(weeks: Fraction | float) -> timedelta:
    return timedelta(days=min(100_000, int(7 * weeks)))
