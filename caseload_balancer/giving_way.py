"""What has to give way in a week so that every child who must have a worker has one.

docs/mathematics.md, section 3. The week is tried with nothing opened; while children who may not
wait are left, more is opened to them and to those who wait in the same teams: the locality, the
whole service, their families; then to everybody like them; and last the cap, to children for whom
a manager said yes. Who is asked to stop meanwhile opens all but the cap at once, in a small week.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from caseload_balancer.arrays import WAITING, Bools, Ints
from caseload_balancer.arrays.tiers import keep_tiers
from caseload_balancer.engine import solve
from caseload_balancer.problem.concessions import (
    Opened,
    ids_of,
    may_be_conceded,
    may_exceed_cap,
)
from caseload_balancer.problem.facts import Facts
from caseload_balancer.problem.problems import Problem, build_problem
from caseload_balancer.problem.scope import SCOPE_STEPS

if TYPE_CHECKING:
    from caseload_balancer.plan.outcomes import StopReason

_SHARE: Final = 0.1
"""Of the work granted, what trying one stage may take at most. The clock only cuts off the whole:
a child who must have a worker comes before everything else."""
_OPENED_AT_ONCE: Final = 1_000
"""Cases of a week up to which, when somebody asks to stop, all is opened at once to children who
must have a worker: 0.15 s more were measured for so many. A larger week keeps who waits waiting,
for a stop is to end within half a second."""


@dataclass(frozen=True, eq=False)
class _Tried:
    """A problem, the urgency it leaves waiting at the least, whose, and how that was found."""

    problem: Problem
    urgency: int
    waits: Bools
    stop_reason: StopReason
    reproducible: bool
    failed: bool
    assignment: Ints


@dataclass(frozen=True, eq=False)
class GivenWay:
    """A problem with what has given way in it, and whether all was tried that could.

    Parameters
    ----------
    problem
        With as much opened as children who must have a worker need; the same as before where
        nobody is left waiting who may not, or where nothing would help.
    complete
        Nothing more could be opened that would help a child who must have a worker: proven.
    reproducible
        Whether another run opens the same: the clock decided nothing.
    failed
        Whether part of what was tried failed.
    begin
        Shape (units,): an assignment to begin from; None where the engine builds one.
    """

    problem: Problem
    complete: bool = True
    reproducible: bool = True
    failed: bool = False
    begin: Ints | None = None


def give_way(
    problem: Problem,
    *,
    time_limit: float,
    granted: float,
    seed: int,
    stop: Callable[[], bool] = lambda: False,
) -> GivenWay:
    """Open as much as children who must have a worker need.

    Parameters
    ----------
    problem
        With nothing opened.
    time_limit, granted
        Seconds left, and seconds whose work is granted, as for the engine.
    seed
        Of the search.
    stop
        Asked whether to go on with what has been opened so far.
    """
    began = time.monotonic()
    place = _tier_of_those_who_wait(problem)
    if place is None or not may_be_conceded(problem.facts).any():
        return GivenWay(problem)

    def tried(one: Problem, *, at_once: bool = False) -> _Tried:
        left = max(0.0, time_limit - (time.monotonic() - began))
        result = solve(
            keep_tiers(one.arrays, 0, place + 1) if not at_once else one.arrays,
            time_limit=0.0 if at_once else left,
            granted=0.0 if at_once else _SHARE * granted,
            seed=seed,
            stop=None if at_once else stop,
        )
        of_case = result.assignment[one.facts.groups.unit_of_case]
        waits = (of_case == WAITING) & one.facts.must_hold
        return _Tried(
            one,
            int(result.values[place]),
            waits,
            result.stop_reason,
            result.reproducible,
            result.failed,
            result.assignment,
        )

    best = last = tried(problem)
    every = [last]
    for more in _stages(problem):
        if not last.waits.any() or stop():
            break
        opened = more.to(best if more.over_cap_alone else last)
        wider = build_problem(problem.snapshot, problem.policy, opened)
        last = tried(wider)
        every.append(last)
        if last.urgency < best.urgency:
            best = last
    begin = None
    if best.waits.any() and stop() and len(problem.facts.index.cases) <= _OPENED_AT_ONCE:
        opened = _EVERYTHING.to(best)
        widest = tried(build_problem(problem.snapshot, problem.policy, opened), at_once=True)
        if widest.urgency < best.urgency:
            best, begin = widest, widest.assignment
    return GivenWay(
        best.problem,
        begin=begin,
        complete=not best.waits.any()
        or (not stop() and all(one.stop_reason == "proven" for one in every)),
        reproducible=not stop() and all(one.reproducible for one in every),
        failed=any(one.failed for one in every),
    )


@dataclass(frozen=True)
class _Stage:
    """What is opened next."""

    reach: int = 0
    apart: bool = False
    everybody: bool = False
    over_cap: bool = False
    over_cap_alone: bool = False

    def to(self, tried: _Tried) -> Opened:
        """Return what is opened to those who wait and to their like, beside what is already."""
        facts = tried.problem.facts
        before = facts.concessions
        agreed = ids_of(facts, may_exceed_cap(facts))
        if self.over_cap_alone:
            return replace(before, over_cap=agreed)
        chosen = may_be_conceded(facts) if self.everybody else _alike(facts, tried.waits)
        ids = ids_of(facts, chosen)
        reach = {**before.reach, **dict.fromkeys(ids, self.reach)} if self.reach else before.reach
        return Opened(
            reach=reach,
            apart=before.apart | ids if self.apart else before.apart,
            over_cap=agreed if self.over_cap else before.over_cap,
        )


_EVERYTHING: Final = _Stage(reach=max(SCOPE_STEPS.values()), apart=True, everybody=True)


def _stages(problem: Problem) -> Iterator[_Stage]:
    widest = SCOPE_STEPS[problem.policy.eligibility.scope]
    yield from (_Stage(reach=step) for step in sorted(SCOPE_STEPS.values()) if step > widest)
    yield _Stage(apart=True)
    yield _EVERYTHING
    if may_exceed_cap(problem.facts).any():
        # First with no more than has helped: siblings for whom all was agreed stay together.
        yield _Stage(over_cap_alone=True)
        yield _Stage(reach=max(SCOPE_STEPS.values()), apart=True, everybody=True, over_cap=True)


def _alike(facts: Facts, waits: Bools) -> Bools:
    """Return the cases that limits give way to in the teams of those who wait."""
    teams = {case.team_id for case, one in zip(facts.index.cases, waits, strict=True) if one}
    same = np.array([case.team_id in teams for case in facts.index.cases], np.bool_)
    groups = np.unique(facts.groups.group[same & may_be_conceded(facts)])
    found: Bools = np.isin(facts.groups.group, groups) & may_be_conceded(facts)
    return found


def _tier_of_those_who_wait(problem: Problem) -> int | None:
    """Return the tier, counted from 0, of the children who wait and may not."""
    for number, goals in enumerate(problem.policy.tiers):
        if "must_hold_waiting" in goals:
            return number
    return None
