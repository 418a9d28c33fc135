"""Counts what a Monday's allocation does to children and workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from caseload_balancer.domain import Case, Snapshot, Spell
from caseload_balancer.problem.index import NOBODY
from caseload_balancer.simulation.mondays import Monday

WINDOW_DAYS = 365
"""DfE's measure of stability: workers in 12 months."""
STAYS_WEEKS = 13
"""Who leaves within so many weeks is drained on purpose: that is no unevenness."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class ChangeCount:
    """What happened to children on one Monday; fields as in `WeekRecord`."""

    moves_by_choice: int
    forced: int
    new: int
    there_and_back: int
    third_workers: int
    arrivals: Mapping[str, int]


@dataclass
class ChangeLog:
    """Remembers whom each child has had in a run.

    Parameters
    ----------
    held
        Children who have had a worker of this service: whoever new ones had before is another's.
    steps
        For each child the workers in turn, each with whether the change to them was by choice.
    waited_past_stop
        Child and first day of each wait that has passed the last step.
    """

    held: set[str] = field(default_factory=set)
    steps: dict[str, list[tuple[str, bool]]] = field(default_factory=dict)
    waited_past_stop: set[tuple[str, date]] = field(default_factory=set)

    def count(self, monday: Monday, allocation: Mapping[str, str | None]) -> ChangeCount:
        """Write down what an allocation changes, and count it."""
        now = monday.as_it_is()
        self.held |= {case_id for case_id, worker in now.items() if worker is not None}
        spells = monday.snapshot.spells_by_case
        since = monday.snapshot.as_of - timedelta(days=WINDOW_DAYS)
        counts: Counter[str] = Counter()
        arrivals: Counter[str] = Counter()
        for number, case_id in enumerate(monday.case_ids):
            to, holder = allocation[case_id], now[case_id]
            if to is None or to == holder:
                continue
            arrivals[to] += 1
            past = spells.get(case_id, ())
            recent = recent_workers(past, since)
            counts["third_workers"] += to not in recent and len(recent) >= 2
            before = holder or (_last_worker(past) if case_id in self.held else None)
            if before is None:
                counts["new"] += 1
            elif before != to:
                chosen = not monday.forced[number]
                counts["moves_by_choice" if chosen else "forced"] += 1
                counts["there_and_back"] += self._step(case_id, before, to, chosen=chosen)
        return ChangeCount(
            moves_by_choice=counts["moves_by_choice"],
            forced=counts["forced"],
            new=counts["new"],
            there_and_back=counts["there_and_back"],
            third_workers=counts["third_workers"],
            arrivals=arrivals,
        )

    def _step(self, case_id: str, before: str, to: str, *, chosen: bool) -> bool:
        """Write down a change of worker; say whether it is there and back."""
        steps = self.steps.setdefault(case_id, [(before, False)])
        back = len(steps) > 1 and steps[-2][0] == to and (chosen or steps[-1][1])
        steps.append((to, chosen))
        return back

    @property
    def moved_twice(self) -> int:
        """Children who changed worker twice or more."""
        return sum(len(steps) > 2 for steps in self.steps.values())

    def past_stop(self, after: Monday) -> int:
        """Count the waits that pass the policy's last step in the week."""
        ends = after.snapshot.as_of + _WEEK
        longest = timedelta(weeks=after.policy.waiting.stop_weeks)
        found = {
            (case.case_id, since)
            for case in after.snapshot.cases
            if case.worker_id is None
            and (since := case.waiting_since or case.opened_on) is not None
            and ends - since > longest
        }
        new = found - self.waited_past_stop
        self.waited_past_stop |= new
        return len(new)


def recent_workers(spells: Sequence[Spell], since: date) -> set[str]:
    """Return the workers of a child whose spell had not ended by a day."""
    return {spell.worker_id for spell in spells if spell.ends_on is None or spell.ends_on > since}


def _last_worker(spells: Sequence[Spell]) -> str | None:
    return spells[-1].worker_id if spells else None


def days_without_worker(after: Monday) -> tuple[int, int]:
    """Return the days children have nobody until the next Monday, and must-hold children."""
    days = np.zeros(len(after.case_ids), np.int64)
    monday = after.snapshot.as_of
    for number, holder in enumerate(after.holder.tolist()):
        if holder == NOBODY:
            days[number] = 7
        elif not after.facts.holder_can_go_on[number]:
            last = after.last_day(holder)
            days[number] = 7 if last is None else max(0, 6 - (last - monday).days)
    return int(days.sum()), int(days[after.must_hold].sum())


def loads_of_those_who_stay(after: Monday) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the load % of the workers who are there and do not leave within 13 weeks."""
    held = after.holder != NOBODY
    points = np.bincount(
        after.holder[held], weights=after.points[held], minlength=len(after.workers)
    )
    until = after.snapshot.as_of + timedelta(weeks=STAYS_WEEKS)
    stays = np.array(
        [worker.leaves_on is None or worker.leaves_on >= until for worker in after.workers],
        np.bool_,
    )
    counted = stays & after.facts.presence.takes_cases & (after.points_available > 0)
    return 100 * points[counted] / after.points_available[counted]


def workers_over_cap(after: Monday) -> int:
    """Count the workers who hold more children than they may."""
    over = after.facts.index.children_held > after.cap
    return int((over & after.facts.presence.can_hold).sum())


def with_three_or_more(snapshot: Snapshot) -> list[Case]:
    """Return the children with three or more workers in the 12 months before."""
    since = snapshot.as_of - timedelta(days=WINDOW_DAYS)
    return [
        case
        for case in snapshot.cases
        if len(recent_workers(snapshot.spells_by_case.get(case.case_id, ()), since)) >= 3
    ]
