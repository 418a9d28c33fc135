"""What happens in a week whatever anybody decides, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from caseload_balancer.domain import Adjustment, Case, Snapshot, Spell, Worker
from caseload_balancer.domain.content_hash import content_hash


@dataclass(frozen=True, kw_only=True)
class WeekEvents:
    """What is known on a Monday that was not on the Monday before.

    Nothing in it says who holds a case: that follows from the plans.

    Parameters
    ----------
    as_of
        The Monday.
    workers, adjustments
        The whole tables of that Monday. A worker who is no longer there holds nothing any more.
    arrived
        New children. One who comes without a worker waits; one who comes with one is held.
    closed
        Ids of cases that are no longer open.
    updates
        New values of columns, by case id: another team, a date that is due, a wish for another
        worker.
    spells
        What is known of the past of the new children.
    """

    as_of: date
    workers: tuple[Worker, ...]
    adjustments: tuple[Adjustment, ...]
    arrived: tuple[Case, ...] = ()
    closed: frozenset[str] = frozenset()
    updates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    spells: tuple[Spell, ...] = ()

    __hash__ = content_hash


class EventSource(Protocol):
    """Where events come from: `DrawnEvents`, `ReplayedEvents`, or a class of your own.

    It must not look at any plan, or practices would not be compared on the same events. To run
    in other processes it must be picklable.
    """

    def weeks(self, snapshot: Snapshot, *, weeks: int, replication: int) -> Sequence[WeekEvents]:
        """Return the events of each Monday after the first.

        Parameters
        ----------
        snapshot
            The first Monday.
        weeks
            Mondays in all, the first included: one fewer are returned, or less to end earlier.
        replication
            0 and up; each is another course of events, always the same one.
        """
        ...
