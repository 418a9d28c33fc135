"""The answer to which rows cannot all hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseload_balancer.domain.wording import counted, listed
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.clashes.asks import Ask

_NAMED_AT_MOST: Final = 6


@dataclass(frozen=True)
class Clash:
    """Rows that cannot all hold without a breach, though all but any one of them can.

    Parameters
    ----------
    asks
        What the rows ask for.
    case_ids
        The children it takes: without any one of them the rest fits. All children of a part of
        the service where several families and workers are in it (`widespread`).
    at_best
        What is left broken in the best plan for these children that keeps all the asks; empty
        where the part of the service has other breaches, too.
    widespread
        The clash shows only when a whole part of the service is looked at.
    """

    asks: tuple[Ask, ...]
    case_ids: tuple[str, ...]
    at_best: tuple[str, ...] = ()
    widespread: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns the asks stand in."""
        return tuple(sorted({ask.column for ask in self.asks}))

    @property
    def sentence(self) -> str:
        """The clash in a manager's words."""
        words = listed([ask.words for ask in self.asks])
        who = "" if self.widespread else f" for {listed(self.case_ids, most=_NAMED_AT_MOST)}"
        return f"{words}: {_cannot(len(self.asks))}{who}"


@dataclass(frozen=True, repr=False)
class Clashes(Answer):
    """Which rows of a week cannot all hold.

    Parameters
    ----------
    as_of
        The date of the week.
    clashes
        One for each independent contradiction: none shares a lock, exclusion or family with
        another.
    finished
        Whether every search was finished: otherwise there may be more.
    """

    as_of: date
    clashes: tuple[Clash, ...]
    finished: bool = True

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"Rows that clash in the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words."""
        if not self.clashes and not self.finished:
            return "No rows were found to clash as far as the search came; some may."
        if not self.clashes:
            return (
                "No rows clash: locks, exclusions, families and workers' own limits can all hold."
            )
        many = counted(len(self.clashes), "set of rows", "sets of rows")
        head = f"{many} cannot all hold. Giving up any one ask of a set resolves it."
        lines = [head, *(line for clash in self.clashes for line in _told(clash))]
        if not self.finished:
            lines.append("These are all as far as the search came; there may be more.")
        return "\n".join(lines)

    def tables(self) -> Mapping[str, Table]:
        """Return ``clashes``, a row each, and ``asks``, a row an ask."""
        columns = {"sentence": str, "columns": str, "case_ids": str, "at_best": str}
        asks = tuple(
            (number, ask.column, ask.id, ask.worker_id, ask.words)
            for number, clash in enumerate(self.clashes, start=1)
            for ask in clash.asks
        )
        ask_columns = {"clash": int, "column": str, "id": str, "worker_id": str, "words": str}
        return {
            "clashes": Table.of("Clashes", columns, self.clashes),
            "asks": Table("What the rows ask for", ask_columns, asks),
        }


def _told(clash: Clash) -> Iterator[str]:
    yield f"{clash.sentence}."
    if clash.at_best:
        yield f"At best {listed(clash.at_best, most=3)}."


def _cannot(asks: int) -> str:
    return "that cannot hold" if asks == 1 else "these cannot all hold"
