"""What falls due in a week, and whether somebody is there who can do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caseload_balancer.domain import Case, Snapshot
from caseload_balancer.simulation.rates import DiaryRates


@dataclass(frozen=True)
class DiaryWeek:
    """What became of what was due in one week.

    Parameters
    ----------
    next_due
        The next date, by id of the cases for which something was done.
    overdue_days
        Days on which something was overdue, all children together.
    """

    next_due: Mapping[str, date]
    overdue_days: int


def keep_diary(after: Snapshot, rates: DiaryRates | None) -> DiaryWeek:
    """Say what is done in the week after a Monday whose plan has been carried out.

    What is due is done on its day, or as soon as there is somebody to do it: a worker who is not
    away on the Monday and has had the child for some days.

    Parameters
    ----------
    rates
        None leaves every date as it is: they come from real weeks.
    """
    monday = after.as_of
    ends = monday + timedelta(weeks=1)
    away = {row.worker_id for row in after.adjustments if row.percent == 100 and row.covers(monday)}
    since = {spell.case_id: spell.starts_on for spell in after.spells if spell.ends_on is None}
    next_due: dict[str, date] = {}
    overdue = 0
    for case in after.cases:
        due = case.next_due_on
        if due is None or due >= ends:
            continue
        done = None
        if rates is not None and case.worker_id is not None and case.worker_id not in away:
            done = _done_on(case, due, since.get(case.case_id), monday, rates)
        if done is None or done >= ends:
            overdue += (ends - max(due + timedelta(days=1), monday)).days
            continue
        overdue += max(0, (done - max(due, monday)).days)
        if rates is not None and case.case_type in rates.due_every_days:
            next_due[case.case_id] = done + timedelta(days=rates.due_every_days[case.case_type])
    return DiaryWeek(next_due, overdue)


def _done_on(case: Case, due: date, since: date | None, monday: date, rates: DiaryRates) -> date:
    if case.opened_on is not None and since == case.opened_on:
        return max(due, monday)
    known = (since or monday) + timedelta(days=rates.known_to_the_child_after_days)
    return max(due, monday, known)
