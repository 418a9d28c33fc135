"""Engine arrays of a realistic service at any size, without the rooms in front of the engine.

The shapes and magnitudes follow ``docs/mathematics.md`` and the default profile, so that what is
measured here carries over: families of one to four children, a third of the workers well over the
cap and the others at half of that, convex load costs in hundredths per tenth of a point.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from caseload_balancer.arrays import WAITING, Arrays, Breakpoints, Ints, UnitGroups
from caseload_balancer.arrays.convex_costs import total_by_worker
from caseload_balancer.arrays.definition import starts_of

CHILDREN, POINTS, COURT, NEW, ARRIVALS = range(5)
"""The resources, in order."""

MUST, OVER, TRADE = range(3)
"""The tiers, in order."""

_CAP: Final = 25
_POINTS_PER_FTE: Final = 850
"""Tenths of a point available to a full-time worker."""
_SQUARE_RATE: Final = 49_419
"""W of the default profile: ten thousandths of a cost point for a square over the available."""
_WAIT_RATE: Final = 109
"""Hundredths for a waiting tenth of a point: as if held at 110 % load."""

Scope = Literal["team", "locality", "service"]


@dataclass(frozen=True)
class _ServiceWorkers:
    team: Ints
    cap: Ints
    available: Ints
    asye: NDArray[np.bool_]
    leaving: NDArray[np.bool_]


@dataclass(frozen=True)
class _Work:
    team: Ints
    children: Ints
    points: Ints
    must: NDArray[np.bool_]
    court: NDArray[np.bool_]
    holder: Ints
    move_cost: Ints


def service(
    workers: int,
    units: int,
    *,
    teams: int = 1,
    seed: int = 0,
    scope: Scope = "team",
    density: float = 0.85,
) -> Arrays:
    """Build the arrays of one service.

    Parameters
    ----------
    workers, units, teams
        Sizes; workers and units are spread evenly over the teams, five teams to a locality.
    seed
        The same seed gives the same arrays.
    scope
        Where a unit may go: its own team, its locality, or anywhere.
    density
        Share of the workers in scope who may hold a unit.

    Returns
    -------
    Arrays
        Five resources and three tiers, as the module's constants name them.
    """
    random = np.random.default_rng([seed, workers, units, teams])
    people = _people(random, workers, teams)
    work = _work(random, people, units, teams)
    allowed = _allowed(random, people, work, scope, density)
    unit, worker = np.nonzero(allowed)
    held_by = work.holder[unit] == worker
    groups = _unit_groups(random, work)
    arc_use = np.zeros((5, len(unit)), np.int64)
    arc_use[CHILDREN] = work.children[unit]
    arc_use[POINTS] = work.points[unit]
    arc_use[COURT] = work.court[unit]
    arc_use[NEW] = work.holder[unit] == WAITING
    arc_use[ARRIVALS] = ~held_by
    arc_cost = np.zeros((3, len(unit)), np.int64)
    misfit = 100 * random.choice([0, 0, 0, 1, 1, 4, 5, 8], size=len(unit))
    had_holder = work.holder[unit] != WAITING
    forced = had_holder & people.leaving[np.maximum(work.holder[unit], 0)]
    known = _some(random, len(unit), 0.03)
    churn = np.where(known, work.move_cost[unit] // 5, work.move_cost[unit])
    arc_cost[TRADE] = misfit + np.where(held_by | ~had_holder | forced, 0, churn)
    free = (work.holder == WAITING) | people.leaving[np.maximum(work.holder, 0)]
    wait_cost = np.zeros((3, units), np.int64)
    wait_cost[MUST] = np.where(work.must, 2 * work.children, 0)
    weeks = random.integers(0, 12, size=units)
    wait_cost[TRADE] = work.points * _WAIT_RATE + np.where(
        work.must, 0, 1000 * work.children * (weeks + 1) ** 2 // 64
    )
    start = np.where(free, WAITING, work.holder)
    limit = _limits(people, arc_use, start[unit] == worker, worker)
    return Arrays(
        arc_start=starts_of(allowed.sum(axis=1)),
        arc_worker=worker.astype(np.int64),
        arc_use=arc_use,
        arc_cost=arc_cost,
        wait_cost=wait_cost,
        may_wait=free,
        limit=limit,
        shared=np.array([False, False, True, True, True]),
        breakpoints=_breakpoints(random, people, limit),
        groups=groups,
        arc_budget=arc_use[CHILDREN] * (had_holder & ~held_by & ~forced),
        budget=None,
        slack_abs=np.zeros(3, np.int64),
        slack_rel=np.zeros(3, np.int64),
        start=start,
    )


def _some(random: np.random.Generator, size: int, share: float) -> NDArray[np.bool_]:
    return np.asarray(random.random(size) < share)


def _people(random: np.random.Generator, workers: int, teams: int) -> _ServiceWorkers:
    full_time = random.choice([1.0, 1.0, 1.0, 0.8, 0.6], size=workers)
    asye = _some(random, workers, 0.12)
    leaving = _some(random, workers, 0.03)
    factor = np.where(leaving, 0.0, full_time * np.where(asye, 0.6, 1.0))
    return _ServiceWorkers(
        team=np.arange(workers) * teams // workers,
        cap=np.floor(_CAP * factor).astype(np.int64),
        available=np.floor(
            _POINTS_PER_FTE * np.where(leaving, 0.0, full_time) * np.where(asye, 0.9, 1.0)
        ).astype(np.int64),
        asye=asye,
        leaving=leaving,
    )


def _work(random: np.random.Generator, people: _ServiceWorkers, units: int, teams: int) -> _Work:
    workers = len(people.team)
    mean = np.clip(17.0 * workers / units, 1.05, 1.64)
    more = np.array([0.6, 0.27, 0.13]) * (mean - 1) / 1.53
    children = random.choice([1, 2, 3, 4], size=units, p=[1 - more.sum(), *more])
    first = random.choice([50, 40, 40, 80, 70, 40, 30, 20], size=units)
    court = _some(random, units, 0.05)
    points = first + (children - 1) * (first * 6 // 10) + 40 * court
    points += 10 * (_some(random, units, 0.15))
    team = np.sort(random.integers(teams, size=units))
    factor = random.choice([1, 1, 1.3, 1.5], size=units) * random.choice([1, 1, 1.5], size=units)
    factor *= np.where(court, 3, 1)
    cost = np.floor(1000 * factor).astype(np.int64) * children
    cost += random.choice([0, 0, 0, 0, 300, 2000], size=units)
    return _Work(
        team=team,
        children=children,
        points=points,
        must=court | (_some(random, units, 0.45)),
        court=court,
        holder=_holders(random, people, team),
        move_cost=cost,
    )


def _holders(random: np.random.Generator, people: _ServiceWorkers, team: Ints) -> Ints:
    """Draw who holds each unit: in each team a third of the workers hold about double."""
    holder = np.full(len(team), WAITING, np.int64)
    draw = random.random(len(people.team))
    for number in np.unique(team):
        workers = np.flatnonzero(people.team == number)
        mine = np.flatnonzero(team == number)
        weight = np.where(np.argsort(np.argsort(draw[workers])) < len(workers) / 3, 2.0, 1.0)
        weight *= 0.2 + people.available[workers] / _POINTS_PER_FTE
        holder[mine] = random.choice(workers, size=len(mine), p=weight / weight.sum())
    return np.where(_some(random, len(team), 0.04), WAITING, holder)


def _allowed(
    random: np.random.Generator, people: _ServiceWorkers, work: _Work, scope: Scope, density: float
) -> NDArray[np.bool_]:
    units, workers = len(work.team), len(people.team)
    divide = {"team": 1, "locality": 5, "service": max(1, units)}[scope]
    allowed = work.team[:, None] // divide == people.team // divide
    allowed &= random.random((units, workers)) < density
    allowed &= ~(work.must[:, None] & people.asye)
    held = np.flatnonzero(work.holder != WAITING)
    allowed[held, work.holder[held]] = True
    return np.asarray(allowed & ~people.leaving)


def _unit_groups(random: np.random.Generator, work: _Work) -> UnitGroups:
    """Split about one family in thirty over two or three units of one team."""
    cuts: list[Ints] = []
    for number in np.unique(work.team):
        mine = random.permutation(np.flatnonzero(work.team == number))
        used = 0
        for size in random.choice([2, 2, 2, 3], size=max(1, len(mine) // 60)):
            cuts.append(np.sort(mine[used : used + size]))
            used += size
    cost = np.zeros((3, len(cuts)), np.int64)
    cost[MUST] = 1
    return UnitGroups.of(cuts, cost)


def _limits(
    people: _ServiceWorkers, arc_use: Ints, at_start: NDArray[np.bool_], worker: Ints
) -> Ints:
    workers = len(people.team)
    base = total_by_worker(workers, worker[at_start], arc_use[:, at_start])
    limit = np.empty((5, workers), np.int64)
    limit[CHILDREN] = np.maximum(people.cap, base[CHILDREN])
    limit[POINTS] = np.maximum(2 * people.available, base[POINTS])
    limit[COURT] = np.maximum(2, base[COURT])
    limit[NEW] = np.maximum(1, base[CHILDREN] * 17 * 12 // (100 * 52))
    limit[ARRIVALS] = np.where(people.asye, 3, 100)
    return limit


def _breakpoints(random: np.random.Generator, people: _ServiceWorkers, limit: Ints) -> Breakpoints:
    rows: list[tuple[int, int, int, int, int]] = []
    for worker, (cap, available) in enumerate(
        zip(people.cap.tolist(), people.available.tolist(), strict=True)
    ):
        if available == 0:
            continue
        rows.append((MUST, COURT, worker, 2, 1))
        rows.append((OVER, CHILDREN, worker, cap, 1))
        reach = np.arange(1, limit[POINTS, worker] + 1)
        slope = ((2 * reach - 1) * _SQUARE_RATE + 500 * available) // (1000 * available)
        rise = np.diff(slope, prepend=0)
        rows += [(TRADE, POINTS, worker, int(at), int(rise[at])) for at in np.flatnonzero(rise)]
        share = 50 * available // _POINTS_PER_FTE or 1
        recent = int(random.integers(0, 4))
        rows += [(TRADE, NEW, worker, at, share) for at in range(1, 6)]
        rows += [(TRADE, NEW, worker, 0, share * recent)] if recent else []
    columns = np.array(rows, np.int64).T
    return Breakpoints(
        tier=columns[0], resource=columns[1], worker=columns[2], at=columns[3], step=columns[4]
    )
