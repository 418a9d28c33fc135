"""The answer to what follows if somebody left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseload_balancer.domain.wording import children
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.resilience.departures import Departure
from caseload_balancer.insight.resilience.places import PlaceDepartures
from caseload_balancer.insight.what_if.answer import Outcome, moved_in_words
from caseload_balancer.insight.wording import left_behind_in_words, waits_in_words
from caseload_balancer.plan.certainty import as_far


@dataclass(frozen=True, repr=False)
class Resilience(Answer):
    """What would follow if each worker left, the worst first.

    Parameters
    ----------
    as_of
        The date of the week.
    nobody_leaves
        The plan with everybody here, to hold the others against.
    departures
        A row a worker.
    places
        The service, its localities and teams.
    """

    as_of: date
    nobody_leaves: Outcome
    departures: tuple[Departure, ...]
    places: tuple[PlaceDepartures, ...]

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"If a worker left: the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words: a line a worker, and one a team where there are more."""
        base = self.nobody_leaves
        so_far = as_far(finished=base.finished)
        start = f"With everybody here{so_far}{',' if so_far else ''}"
        head = f"{start} {', '.join(_figures(base, None))}."
        below = [row for row in self.places if row.level != "service"]
        teams = [f"{row}." for row in below] if len(below) > 1 else []
        return "\n".join([head, *(self._told(row) for row in self.departures), *teams])

    def _told(self, row: Departure) -> str:
        figures = [*row.without_anybody, *_figures(row.outcome, self.nobody_leaves)]
        so_far = as_far(finished=row.outcome.finished)
        return f"If {row.outcome.words} ({children(row.held)}){so_far}: {', '.join(figures)}."

    def tables(self) -> Mapping[str, Table]:
        """Return ``departures``, a row a worker, and ``teams``, with localities and the service."""
        figures = {
            "moved": int,
            "forced": int,
            "third_worker": int,
            "waiting": int,
            "must_not_wait": int,
            "left_behind": int,
            "over_cap": int,
            "heaviest_load": float,
            "shortage_fte": float,
            "status": str,
        }
        rows = tuple(
            (
                row.worker_id,
                row.held,
                row.nobody_else,
                *(getattr(row.outcome, name) for name in figures),
            )
            for row in self.departures
        )
        columns = {"worker_id": str, "held": int, "nobody_else": str, **figures}
        places = Table.of(
            "The service, its localities and teams",
            {
                "level": str,
                "team_id": str,
                "name": str,
                "parent_id": str,
                "workers": int,
                "held": int,
                "nobody_else": int,
                "worst_worker_id": str,
                "waiting": int,
                "must_not_wait": int,
                "over_cap": int,
                "shortage_fte": float,
            },
            self.places,
        )
        return {"departures": Table("If a worker left", columns, rows), "teams": places}


def _figures(found: Outcome, base: Outcome | None) -> Iterator[str]:
    yield moved_in_words(found, base, "with everybody here")
    yield waits_in_words(found.waiting, found.must_not_wait)
    if found.left_behind:
        yield left_behind_in_words(found.left_behind)
    yield f"{children(found.over_cap)} over a cap" if found.over_cap else "nobody is over a cap"
