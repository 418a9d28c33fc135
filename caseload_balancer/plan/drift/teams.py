"""Each team's week, and the localities' and the service's: one way of adding up for all reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

import numpy as np

from caseload_balancer.arrays import Ints
from caseload_balancer.plan.drift.due import Timing
from caseload_balancer.plan.drift.places import (
    Place,
    TeamId,
    find_places,
    home,
    homes_of_cases,
)
from caseload_balancer.plan.drift.rows import DueCase, Measure, StaffChange, StaffEvent, TeamWeek
from caseload_balancer.plan.loads import load_band
from caseload_balancer.plan.rows import Load
from caseload_balancer.policy.sections import Pay
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.problem.kept_figures import kept

N = TypeVar("N", int, Decimal)

LEAVING: Final[frozenset[StaffEvent]] = frozenset({"leaves", "goes away"})
"""What takes a worker away from the children they hold."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Listed:
    """The lists that the teams' rows count, made for one allocation.

    Parameters
    ----------
    worker
        Shape (cases,): number of the worker of each case, or `NOBODY`.
    homes
        The team each case counts with.
    due, timings, staff
        What is due, how long assessments and decisions take, and who comes and goes.
    """

    worker: Ints
    homes: tuple[TeamId, ...]
    due: Sequence[DueCase]
    timings: Sequence[Timing]
    staff: Sequence[StaffChange]


def measure_teams(facts: Facts, listed: Listed) -> tuple[TeamWeek, ...]:
    """Return the service's row, then each locality's with its teams'."""
    before = homes_of_cases(facts, facts.holder)
    workers = [home(one) for one in facts.index.workers if one.holds_cases]
    every = {*before, *listed.homes, *workers}
    rows = _TeamCounts(facts, listed)
    return tuple(map(rows.of, find_places(facts.index.snapshot.team_by_id, every)))


class _TeamCounts:
    """Counts by team once; each row is a sum of the counts of its teams."""

    def __init__(self, facts: Facts, listed: Listed) -> None:
        self._facts = facts
        self._listed = listed
        self._cases: dict[TeamId, list[int]] = {}
        for number, team in enumerate(listed.homes):
            self._cases.setdefault(team, []).append(number)
        self._before = _at_the_start(facts)
        self._after = _HeldByTeam(facts, listed.worker, listed.homes)
        worker = listed.worker
        both = (facts.holder != NOBODY) & (worker != NOBODY)
        self._moved = set(np.flatnonzero(both & (facts.holder != worker)).tolist())
        self._waiting = set(np.flatnonzero(worker == NOBODY).tolist())
        presence = facts.presence
        able = presence.can_hold.tolist()
        people = [
            (number, one, home(one))
            for number, one in enumerate(facts.index.workers)
            if one.holds_cases
        ]
        self._workers = Counter(team for n, _, team in people if able[n])
        full = self._after.of_worker
        # Who cannot go on has room for the children who are still with them, and time for these.
        still = [(n, team) for n, _, team in people if able[n] or full[n]]
        room = presence.cap.tolist()
        self._cap = _added(
            (team, room[n] if able[n] else min(room[n], full[n])) for n, team in still
        )
        self._available = _added((team, int(presence.points_available[n])) for n, team in still)
        self._available_today = _added(
            (team, int(presence.points_available[n])) for n, _, team in people
        )
        self._fte = _added((team, one.fte) for n, one, team in people if able[n])
        self._agency = _added(
            (team, one.fte) for n, one, team in people if able[n] and one.employment == "agency"
        )
        self._over = Counter(team for n, _, team in people if full[n] > presence.cap[n])

    def of(self, place: Place) -> TeamWeek:
        """Return the row of one place."""
        teams = place.teams
        cases = [number for team in teams for number in self._cases.get(team, ())]
        waiting = [n for n in cases if n in self._waiting]
        moved = [n for n in cases if n in self._moved]
        due = [row for row in self._listed.due if row.team_id in teams]
        staff = [row for row in self._listed.staff if row.team_id in teams]
        happens = Counter(row.event for row in staff)
        going = {row.worker_id: row.children for row in staff if row.event in LEAVING}
        timings = [one for one in self._listed.timings if self._listed.homes[one.case] in teams]
        agency = _sum(self._agency, teams, Decimal(0))
        rates = self._facts.policy.pay
        return TeamWeek(
            level=place.level,
            team_id=place.team_id,
            name=place.name,
            parent_id=place.parent_id,
            workers=_sum(self._workers, teams, 0),
            fte=float(_sum(self._fte, teams, Decimal(0))),
            agency_fte=float(agency),
            cap=_sum(self._cap, teams, 0),
            points_available=_sum(self._available, teams, 0) / 10,
            before=self._load(self._before, self._available_today, teams),
            after=self._load(self._after, self._available, teams),
            over_cap=_sum(self._over, teams, 0),
            waiting_before=self._before.waiting(teams),
            waiting=self._after.waiting(teams),
            must_not_wait=sum(bool(self._facts.must_hold[n]) for n in waiting),
            moved=len(moved),
            forced=sum(bool(self._facts.forced[n]) for n in moved),
            overdue=sum(row.overdue for row in due),
            due_soon=sum(not row.overdue for row in due),
            **_in_time(timings),
            leaving=happens["leaves"],
            going_away=happens["goes away"],
            starting=happens["starts"],
            coming_back=happens["comes back"],
            children_touched=sum(going.values()),
            agency_cost=cost_of(agency, rates, "agency"),
            agency_cost_if_permanent=cost_of(agency, rates, "permanent"),
        )

    def _load(
        self, held: _HeldByTeam, time: Mapping[TeamId, int], teams: frozenset[TeamId]
    ) -> Load:
        points, available = held.points(teams), _sum(time, teams, 0)
        return Load(
            children=held.children(teams),
            families=held.families(teams),
            points=points / 10,
            percent=round(100 * points / available, 1) if available else None,
            band=load_band(points, available, self._facts.policy),
        )


class _HeldByTeam:
    """What is held at one time, by team."""

    def __init__(self, facts: Facts, worker: Ints, homes: Sequence[TeamId]) -> None:
        numbers, cases = worker.tolist(), facts.index.cases
        tenths: list[int] = facts.points.tolist()
        held = [(n, team) for n, team in enumerate(homes) if numbers[n] != NOBODY]
        self.of_worker = Counter(numbers[n] for n, _ in held)
        self._children = Counter(team for _, team in held)
        self._points = _added((team, tenths[n]) for n, team in held)
        self._families: dict[TeamId, set[str | int]] = {}
        for n, team in held:
            self._families.setdefault(team, set()).add(cases[n].family_id or n)
        self._waiting = Counter(t for n, t in enumerate(homes) if numbers[n] == NOBODY)

    def children(self, teams: Iterable[TeamId]) -> int:
        return _sum(self._children, teams, 0)

    def points(self, teams: Iterable[TeamId]) -> int:
        return _sum(self._points, teams, 0)

    def families(self, teams: Iterable[TeamId]) -> int:
        # A family with workers in two teams is one family of the locality.
        return len(set().union(*(self._families.get(team, ()) for team in teams)))

    def waiting(self, teams: Iterable[TeamId]) -> int:
        return _sum(self._waiting, teams, 0)


@kept
def _at_the_start(facts: Facts) -> _HeldByTeam:
    return _HeldByTeam(facts, facts.holder, homes_of_cases(facts, facts.holder))


def cost_of(fte: Decimal, rates: Pay, kind: str) -> float | None:
    """Return what `fte` cost a week at a rate of the policy; None where it has none.

    Parameters
    ----------
    kind
        ``agency`` or ``permanent``.
    """
    rate = rates.agency_per_week if kind == "agency" else rates.permanent_per_week
    return None if rate is None else float(fte * rate)


def _in_time(timings: Sequence[Timing]) -> dict[str, int]:
    def count(measure: Measure, counts: Callable[[Timing], bool]) -> int:
        return sum(counts(one) for one in timings if one.measure == measure)

    return {
        "assessments": count("assessment", lambda one: one.working_days is not None),
        "assessments_in_time": count("assessment", lambda one: one.in_time),
        "assessments_undated": count("assessment", lambda one: one.working_days is None),
        "referrals": count("referral decision", lambda one: one.working_days is not None),
        "referrals_in_time": count("referral decision", lambda one: one.in_time),
    }


def _added(pairs: Iterable[tuple[TeamId, N]]) -> dict[TeamId, N]:
    found: dict[TeamId, N] = {}
    for team, amount in pairs:
        found[team] = found[team] + amount if team in found else amount
    return found


def _sum(counts: Mapping[TeamId, N], teams: Iterable[TeamId], nothing: N) -> N:
    return sum((counts[team] for team in teams if team in counts), nothing)
