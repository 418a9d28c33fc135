"""What follows if somebody of a team, a locality or the service left: rows above the workers'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caseload_balancer.domain import Snapshot
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.insight.resilience.departures import Departure
from caseload_balancer.plan.certainty import as_far
from caseload_balancer.plan.drift.places import find_places, home
from caseload_balancer.plan.drift.rows import Level


@dataclass(frozen=True, kw_only=True)
class PlaceDepartures:
    """The workers of a team, a locality or the service, each as if they alone left.

    Parameters
    ----------
    level, team_id, name, parent_id
        As in a plan's ``teams``; a worker counts with the first of their teams.
    workers, held
        Those of it who are in the rows of workers, and the children they hold.
    nobody_else
        Of these, how many children nobody else could be given, room or not.
    worst_worker_id
        Whose leaving is the worst: the first of them in the rows of workers.
    waiting, must_not_wait, over_cap, shortage_fte
        The most that any one of them leaving would come to, in the whole week; no FTE where a
        search was cut short.
    finished
        Whether no search of theirs was cut short.
    """

    level: Level
    team_id: str | None
    name: str | None
    parent_id: str | None
    workers: int
    held: int
    nobody_else: int
    worst_worker_id: str
    waiting: int
    must_not_wait: int
    over_cap: int
    shortage_fte: float | None
    finished: bool = True

    def __str__(self) -> str:
        where = f"In {self.level} {self.team_id}" if self.team_id else "Without a team"
        alone = f", {self.nobody_else:,} of whom nobody else may hold" if self.nobody_else else ""
        return (
            f"{where}: {counted(self.workers, 'worker')} with {children(self.held)}{alone}; the "
            f"worst{as_far(finished=self.finished)} is that {self.worst_worker_id} leaves"
        )


def places_of(snapshot: Snapshot, rows: Sequence[Departure]) -> Iterator[PlaceDepartures]:
    """Yield the service, then each locality with its teams, of the workers who might leave.

    Parameters
    ----------
    rows
        A row a worker, the worst first.
    """
    team_of = {worker.worker_id: home(worker) for worker in snapshot.workers}
    for place in find_places(snapshot.team_by_id, [team_of[row.worker_id] for row in rows]):
        here = [row for row in rows if team_of[row.worker_id] in place.teams]
        if here:
            yield PlaceDepartures(
                level=place.level,
                team_id=place.team_id,
                name=place.name,
                parent_id=place.parent_id,
                workers=len(here),
                held=sum(row.held for row in here),
                nobody_else=sum(len(row.nobody_else) for row in here),
                worst_worker_id=here[0].worker_id,
                waiting=max(row.outcome.waiting for row in here),
                must_not_wait=max(row.outcome.must_not_wait for row in here),
                over_cap=max(row.outcome.over_cap for row in here),
                shortage_fte=_most(row.outcome.shortage_fte for row in here),
                finished=all(row.outcome.plan.certainty.complete for row in here),
            )


def _most(figures: Iterable[float | None]) -> float | None:
    """Return the highest figure, None where one is not known."""
    known = list(figures)
    return None if None in known else max(float(one) for one in known if one is not None)
