"""What people are held to of a recorded week: what was published, and what was decided about it.

A plan made around decisions is recorded so that its figures are known. It was published only where
the hashes of its files say so: the weekly run reads what was decided a week later and shows that
plan to nobody. Then nobody is held to a place that only that plan has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from caseload_balancer.ledger.reading import case_weeks_of, published_run, run_of
from caseload_balancer.ledger.rows import CaseWeek, RecordedRun
from caseload_balancer.ledger.schema import DECISIONS

_NAMES_A_PLACE: Final = frozenset({"accepted", "locked", "picked"})
_RULES_ONE_OUT: Final = frozenset({"rejected", "banned"})


@dataclass(frozen=True)
class Meant:
    """What was meant to happen to one child.

    Parameters
    ----------
    agreed
        The child in the plan in force; what was decided is kept to in it.
    published
        The child in the plan that was published.
    has_place
        Whether it was decided where the child is to be: as in `agreed`.
    ruled_out
        What was decided, by the worker whom the child is not to be with (None: is not to wait).
    """

    agreed: CaseWeek
    published: CaseWeek
    has_place: bool
    ruled_out: dict[str | None, str]

    def missed(self, found: str | None) -> CaseWeek | None:
        """Return the row that a worker does not fit, None where nothing was meant otherwise."""
        if found == self.agreed.planned_id:
            return None
        if self.has_place:
            return self.agreed
        if self.ruled_out:
            return self.agreed if found in self.ruled_out else None
        return None if found == self.published.planned_id else self.published


def meant_of(connection: Connection, run: RecordedRun) -> dict[str, Meant]:
    """Return what was meant by a run, by case id."""
    published = published_run(connection, run)
    seen = {row.case_id: row for row in case_weeks_of(connection, published)}
    decided = _decided(connection, run, published)
    return {
        row.case_id: Meant(
            agreed=row,
            published=seen.get(row.case_id, row),
            has_place=not _NAMES_A_PLACE.isdisjoint(decided[row.case_id].values()),
            ruled_out={
                worker_id: word
                for worker_id, word in decided[row.case_id].items()
                if word in _RULES_ONE_OUT
            },
        )
        for row in case_weeks_of(connection, run)
    }


def _decided(
    connection: Connection, run: RecordedRun, published: RecordedRun
) -> defaultdict[str, dict[str | None, str]]:
    """Return the newest decisions about each child since the published plan, by the worker."""
    found: defaultdict[str, dict[str | None, str]] = defaultdict(dict)
    for one in _since(connection, run, published):
        wanted = select(DECISIONS.c.case_id, DECISIONS.c.worker_id, DECISIONS.c.decision)
        of_this: defaultdict[str, dict[str | None, str]] = defaultdict(dict)
        for row in connection.execute(wanted.where(DECISIONS.c.run == one.number)):
            of_this[row.case_id][row.worker_id] = row.decision
        found.update({child: words for child, words in of_this.items() if child not in found})
    return found


def _since(
    connection: Connection, run: RecordedRun, published: RecordedRun
) -> Iterator[RecordedRun]:
    """Yield the runs from one back to the published one, which is not among them."""
    one: RecordedRun | None = run
    while one is not None and one.number != published.number:
        yield one
        one = None if one.supersedes is None else run_of(connection, one.supersedes)
