"""What is written down of a run: a row a Monday, and a row a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class WeekRecord:
    """One Monday of one run, after its plan was carried out.

    Parameters
    ----------
    as_of
        The Monday.
    children
        Children in the service.
    held_children, agency_children
        Children with a worker; of these, with an agency worker.
    moves_by_choice, forced
        Children who changed worker: because somebody chose so; because the worker went or was
        away, a change was asked for, or the team changed, also after a wait.
    new
        Children who got their first worker.
    there_and_back
        Children who went back to the worker before the last, one of the two changes by choice.
    third_workers
        Children who got a worker who was their third or later in 12 months.
    over_cap
        Workers over their cap.
    waiting_days, must_hold_waiting_days
        Days children have nobody until the next Monday; of these, must-hold children.
    over_stop
        Children whose wait passed the policy's last step in the week.
    overdue_days
        Days on which something was overdue, all children together.
    spread, heaviest
        Standard deviation and highest of the load % of the workers who are there and stay.
    arrivals, arrivals_at_most, workers
        Children who came to a worker; the most who came to one; workers who take cases.
    proven
        Whether the allocation was proven the best, not cut short by the clock.
    seconds
        How long it took to decide; two records are equal whatever it is.
    """

    as_of: date
    children: int
    held_children: int
    agency_children: int
    moves_by_choice: int
    forced: int
    new: int
    there_and_back: int
    third_workers: int
    over_cap: int
    waiting_days: int
    must_hold_waiting_days: int
    over_stop: int
    overdue_days: int
    spread: float
    heaviest: float
    arrivals: int
    arrivals_at_most: int
    workers: int
    proven: bool
    seconds: float = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Run:
    """One practice through one course of events.

    Parameters
    ----------
    practice
        Its name.
    replication
        The course of events.
    weeks
        A record a Monday.
    moved_twice
        Children who changed worker twice or more in these weeks.
    open_at_the_end, three_at_the_end
        Children open on the last Monday; of these, with three or more workers in 12 months.
    looked_after_at_the_end, looked_after_three_at_the_end
        The same of looked-after children.
    """

    practice: str
    replication: int
    weeks: tuple[WeekRecord, ...]
    moved_twice: int
    open_at_the_end: int
    three_at_the_end: int
    looked_after_at_the_end: int
    looked_after_three_at_the_end: int
