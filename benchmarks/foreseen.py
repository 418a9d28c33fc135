"""The same weeks with every worker's end known from the first Monday: what no manager has.

A policy that knows them falls short of a target for want of something other than foresight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from caseload_balancer.domain import Snapshot, Worker
from caseload_balancer.simulation import EventSource, WeekEvents


@dataclass(frozen=True)
class ForeseenEvents:
    """Events of another source, with the ends of all workers told from the start.

    Parameters
    ----------
    source
        Where the events come from.
    known_as
        The first Monday as the source is to see it: with what is known of ends on that day.
    """

    source: EventSource
    known_as: Snapshot

    def weeks(
        self,
        snapshot: Snapshot,  # noqa: ARG002 - the source must not see the ends
        *,
        weeks: int,
        replication: int,
    ) -> Sequence[WeekEvents]:
        """Return the events of each Monday after the first; see `EventSource`.

        Parameters
        ----------
        snapshot
            The first Monday as this object gives it.
        weeks, replication
            As for the source.
        """
        ends = self._ends(weeks, replication)
        return [
            replace(events, workers=_told(events.workers, ends))
            for events in self._drawn(weeks, replication)
        ]

    def first_monday(self, *, weeks: int, replication: int) -> Snapshot:
        """Return the first Monday with the ends told."""
        workers = _told(self.known_as.workers, self._ends(weeks, replication))
        return self.known_as.model_copy(update={"workers": workers})

    def _drawn(self, weeks: int, replication: int) -> Sequence[WeekEvents]:
        return self.source.weeks(self.known_as, weeks=weeks, replication=replication)

    def _ends(self, weeks: int, replication: int) -> Mapping[str, date]:
        """Return the last day of each worker as it was told in the end."""
        ends: dict[str, date] = {}
        for events in self._drawn(weeks, replication):
            for worker in events.workers:
                if worker.leaves_on is not None:
                    ends[worker.worker_id] = worker.leaves_on
        return ends


def _told(workers: Sequence[Worker], ends: Mapping[str, date]) -> tuple[Worker, ...]:
    return tuple(
        worker.model_copy(update={"leaves_on": ends[worker.worker_id]})
        if worker.worker_id in ends
        else worker
        for worker in workers
    )
