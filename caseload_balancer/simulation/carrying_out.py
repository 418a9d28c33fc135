"""From one Monday to the next: the plan is carried out, and the week's events happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caseload_balancer.domain import Case, Snapshot, Spell
from caseload_balancer.domain.words import SpellReason
from caseload_balancer.simulation.events import WeekEvents

_HISTORY_YEARS = 3
"""Spells that ended longer ago than any policy looks back are dropped."""


def ready(snapshot: Snapshot) -> Snapshot:
    """Return the first Monday with a running spell for every child who has a worker."""
    running = {spell.case_id for spell in snapshot.spells if spell.ends_on is None}
    begun = tuple(
        Spell(
            case_id=case.case_id,
            worker_id=case.worker_id,
            starts_on=case.opened_on or snapshot.as_of,
        )
        for case in snapshot.cases
        if case.worker_id is not None and case.case_id not in running
    )
    return _with(snapshot, spells=snapshot.spells + begun)


def next_monday(after: Snapshot, events: WeekEvents, due: Mapping[str, date]) -> Snapshot:
    """Return the next Monday.

    Parameters
    ----------
    after
        The Monday before, its plan carried out.
    events
        What has happened since.
    due
        The next due date of cases for which something was done.
    """
    here = frozenset(worker.worker_id for worker in events.workers)
    gone = _Gone.of(after, here, events.as_of)
    arrived = tuple(gone.newcomer(case) for case in events.arrived)
    kept = tuple(
        gone.without(_updated(case, events, due))
        for case in after.cases
        if case.case_id not in events.closed
    )
    arrivals = {case.case_id: case.worker_id for case in arrived if case.worker_id is not None}
    begun = tuple(
        Spell(case_id=case_id, worker_id=worker_id, starts_on=events.as_of)
        for case_id, worker_id in arrivals.items()
    )
    oldest = events.as_of - timedelta(days=365 * _HISTORY_YEARS)
    spells = tuple(
        spell
        for spell in (_ended(spell, events, gone) for spell in after.spells)
        if spell.ends_on is None or spell.ends_on >= oldest
    )
    return _with(
        after,
        as_of=events.as_of,
        cases=kept + arrived,
        workers=events.workers,
        adjustments=events.adjustments,
        spells=spells + events.spells + begun,
    )


@dataclass(frozen=True)
class _Gone:
    """Workers who are no longer there: what they held waits."""

    here: frozenset[str]
    last_day: Mapping[str, date]
    today: date

    @classmethod
    def of(cls, after: Snapshot, here: frozenset[str], today: date) -> _Gone:
        last_day = {
            worker.worker_id: max(after.as_of, min(worker.leaves_on or today, today))
            for worker in after.workers
            if worker.worker_id not in here
        }
        return cls(here, last_day, today)

    def without(self, case: Case) -> Case:
        excluded = tuple(one for one in case.excluded_worker_ids if one in self.here)
        update: dict[str, object] = {}
        if excluded != case.excluded_worker_ids:
            update["excluded_worker_ids"] = excluded
        if case.worker_id is not None and case.worker_id not in self.here:
            since = min(self.today, self.last_day[case.worker_id] + timedelta(days=1))
            update |= {
                "worker_id": None,
                "waiting_since": since,
                "locked": False,
                "change_requested": False,
            }
        return case.model_copy(update=update) if update else case

    def newcomer(self, case: Case) -> Case:
        """Return a new child; a worker who is not there holds nobody."""
        if case.worker_id is not None and case.worker_id not in self.here:
            case = case.model_copy(update={"worker_id": None, "locked": False})
        excluded = tuple(one for one in case.excluded_worker_ids if one in self.here)
        return case.model_copy(update={"excluded_worker_ids": excluded})


def _updated(case: Case, events: WeekEvents, due: Mapping[str, date]) -> Case:
    values = dict(events.updates.get(case.case_id, {}))
    if case.case_id in due:
        values.setdefault("next_due_on", due[case.case_id])
    if case.worker_id is None:
        # There is nobody to be changed, nor anybody to be locked with.
        values.pop("change_requested", None)
        values.pop("locked", None)
    return case.model_copy(update=values) if values else case


def _ended(spell: Spell, events: WeekEvents, gone: _Gone) -> Spell:
    """Close the running spell of a case that ended or of a worker who went."""
    if spell.ends_on is not None:
        return spell
    if spell.worker_id in gone.last_day:
        return _closed(spell, gone.last_day[spell.worker_id], "LEFTRL")
    if spell.case_id in events.closed:
        return _closed(spell, events.as_of, None)
    return spell


def _closed(spell: Spell, on: date, reason: SpellReason | None) -> Spell:
    return spell.model_copy(update={"ends_on": max(on, spell.starts_on), "reason": reason})


def _with(snapshot: Snapshot, **tables: object) -> Snapshot:
    """Return a snapshot with other tables, checked again."""
    content = {name: getattr(snapshot, name) for name in Snapshot.model_fields}
    return Snapshot(**{**content, **tables})
