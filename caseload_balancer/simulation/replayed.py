"""Real Mondays as events: what changed from each snapshot to the next, whoever held the cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.simulation.events import WeekEvents
from caseload_balancer.simulation.mondays import Monday
from caseload_balancer.simulation.practices import Allocated

AS_IT_WAS: Final = "as it was"
"""The practice that does what was really done."""

_DECIDED: Final = frozenset({"case_id", "worker_id", "waiting_since", "locked"})
"""Columns that follow from who holds a case, so from the plans; not carried over."""


@dataclass(frozen=True)
class ReplayedEvents:
    """What happened between real Mondays; an `EventSource` of one course.

    Parameters
    ----------
    mondays
        Snapshots by rising date, one or more.
    """

    mondays: tuple[Snapshot, ...]

    def weeks(self, snapshot: Snapshot, *, weeks: int, replication: int) -> Sequence[WeekEvents]:  # noqa: ARG002 - as the protocol
        """Return the events of each Monday after the first; see `EventSource`."""
        pairs = zip(self.mondays[: weeks - 1], self.mondays[1:weeks], strict=True)
        return [_between(before, after) for before, after in pairs]


def _between(before: Snapshot, after: Snapshot) -> WeekEvents:
    known = before.case_by_id
    arrived = tuple(case for case in after.cases if case.case_id not in known)
    new = {case.case_id for case in arrived}
    return WeekEvents(
        as_of=after.as_of,
        workers=after.workers,
        adjustments=after.adjustments,
        arrived=tuple(_without_decision(case) for case in arrived),
        closed=frozenset(known.keys() - after.case_by_id.keys()),
        updates={
            case.case_id: changed
            for case in after.cases
            if case.case_id in known and (changed := _changed(known[case.case_id], case))
        },
        spells=tuple(
            spell for spell in after.spells if spell.case_id in new and spell.ends_on is not None
        ),
    )


def _without_decision(case: Case) -> Case:
    """Return a new child as one who waits: who takes it is for the practice to say."""
    return case.model_copy(
        update={
            "worker_id": None,
            "locked": False,
            "change_requested": False,
            "waiting_since": case.waiting_since or case.opened_on,
        }
    )


def _changed(before: Case, after: Case) -> Mapping[str, Any]:
    found = {
        name: getattr(after, name)
        for name in Case.model_fields
        if name not in _DECIDED and getattr(after, name) != getattr(before, name)
    }
    if not found.get("change_requested", True):
        # A wish that was met in the real week stands until it is met here.
        del found["change_requested"]
    return found


@dataclass(frozen=True, eq=False)
class AsItWas:
    """Does what was really done: whom each child was with on the next real Monday.

    Parameters
    ----------
    mondays
        The real Mondays.
    """

    mondays: tuple[Snapshot, ...]
    name: str = AS_IT_WAS

    def allocate(self, monday: Monday) -> Allocated:
        """Return the workers of the next real Monday."""
        today = monday.snapshot.as_of
        later = [snapshot for snapshot in self.mondays if snapshot.as_of > today]
        workers = monday.as_it_is()
        if later:
            people = monday.snapshot.worker_by_id
            for case in later[0].cases:
                if case.case_id not in workers:
                    continue
                if case.worker_id is None:
                    workers[case.case_id] = None
                elif case.worker_id in people and people[case.worker_id].holds_cases:
                    workers[case.case_id] = case.worker_id
        return Allocated(workers)
