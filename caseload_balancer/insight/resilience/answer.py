"""The answer to what follows if somebody left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseload_balancer.domain.wording import children, listed
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.what_if.answer import Outcome, moved_in_words
from caseload_balancer.insight.wording import waits_in_words
from caseload_balancer.plan.certainty import as_far


@dataclass(frozen=True)
class Departure:
    """What would follow if one worker left.

    Parameters
    ----------
    worker_id
        Who leaves.
    held
        Children whose worker they are.
    nobody_else
        Of these, the children nobody else could be given, room or not.
    outcome
        The plan without them, and its figures.
    """

    worker_id: str
    held: int
    nobody_else: tuple[str, ...]
    outcome: Outcome

    @property
    def without_anybody(self) -> tuple[str, ...]:
        """Name the children whom nobody else may hold; empty where there is none."""
        if not self.nobody_else:
            return ()
        total = f" ({len(self.nobody_else)})" if len(self.nobody_else) > 1 else ""
        return (f"nobody else may hold {listed(self.nobody_else, most=4)}{total}",)


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
    """

    as_of: date
    nobody_leaves: Outcome
    departures: tuple[Departure, ...]

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"If a worker left: the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words, a line a worker."""
        base = self.nobody_leaves
        so_far = as_far(finished=base.finished)
        start = f"With everybody here{so_far}{',' if so_far else ''}"
        head = f"{start} {', '.join(_figures(base, None))}."
        return "\n".join([head, *(self._told(row) for row in self.departures)])

    def _told(self, row: Departure) -> str:
        figures = [*row.without_anybody, *_figures(row.outcome, self.nobody_leaves)]
        so_far = as_far(finished=row.outcome.finished)
        return f"If {row.outcome.words} ({children(row.held)}){so_far}: {', '.join(figures)}."

    def tables(self) -> Mapping[str, Table]:
        """Return ``departures``, a row a worker."""
        figures = {
            "moved": int,
            "forced": int,
            "third_worker": int,
            "waiting": int,
            "must_not_wait": int,
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
        return {"departures": Table("If a worker left", columns, rows)}


def _figures(found: Outcome, base: Outcome | None) -> Iterator[str]:
    yield moved_in_words(found, base, "with everybody here")
    yield waits_in_words(found.waiting, found.must_not_wait)
    yield f"{children(found.over_cap)} over a cap" if found.over_cap else "nobody is over a cap"
