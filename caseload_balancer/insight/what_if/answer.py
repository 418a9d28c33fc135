"""The answer to what if: the plan of each scenario, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from caseload_balancer.domain.wording import children, percent
from caseload_balancer.insight.answers import Answer, Kind, Table
from caseload_balancer.insight.wording import waits_in_words
from caseload_balancer.plan import Plan
from caseload_balancer.plan.loads import heaviest
from caseload_balancer.plan.words import Status


@dataclass(frozen=True)
class Outcome:
    """The plan of one scenario, and its figures.

    Parameters
    ----------
    name, words
        The scenario, and its edits in words.
    plan
        Its plan.
    """

    name: str
    words: str
    plan: Plan

    @property
    def status(self) -> Status:
        """Whether the plan is proven to be the best."""
        return self.plan.status

    @property
    def children(self) -> int:
        """Children in the week."""
        return len(self.plan.cases)

    @property
    def fte(self) -> float:
        """FTE of the workers who can hold cases."""
        return float(sum(Decimal(str(row.fte)) for row in self.plan.workers if row.can_hold))

    @property
    def moved(self) -> int:
        """Children who change worker, forced or not."""
        return len(self.plan.moves)

    @property
    def forced(self) -> int:
        """Of these, changes that could not be avoided or were asked for."""
        return sum(move.forced for move in self.plan.moves)

    @property
    def third_worker(self) -> int:
        """Of these, children with three or more workers in 12 months by it."""
        return sum(move.third_worker for move in self.plan.moves)

    @property
    def waiting(self) -> int:
        """Children nobody holds after the plan."""
        return len(self.plan.waiting)

    @property
    def must_not_wait(self) -> int:
        """Of these, children who may never wait."""
        return sum(row.must_hold for row in self.plan.waiting)

    @property
    def over_cap(self) -> int:
        """Children over a cap."""
        return sum(max(0, row.after.children - row.cap) for row in self.plan.workers)

    @property
    def over_target(self) -> int:
        """Workers who hold more than they should aim for."""
        return sum(row.can_hold and row.after.children > row.target for row in self.plan.workers)

    @property
    def heaviest_load(self) -> float | None:
        """The heaviest load % after the plan."""
        return heaviest(row.after for row in self.plan.workers)

    @property
    def shortage_fte(self) -> float:
        """Social workers missing, in FTE."""
        return float(self.plan.shortage_fte)


_COLUMNS: Final[Mapping[str, Kind]] = {
    "name": str,
    "children": int,
    "fte": float,
    "moved": int,
    "forced": int,
    "third_worker": int,
    "waiting": int,
    "must_not_wait": int,
    "over_cap": int,
    "over_target": int,
    "heaviest_load": float,
    "shortage_fte": float,
    "status": str,
    "words": str,
}


@dataclass(frozen=True, repr=False)
class WhatIf(Answer):
    """Scenarios side by side: the week as it is first, the others in the order they came.

    Parameters
    ----------
    as_of
        The date of the week.
    outcomes
        A row each.
    """

    as_of: date
    outcomes: tuple[Outcome, ...]

    def __getitem__(self, name: str) -> Outcome:
        """Return the outcome of a scenario by name."""
        return {outcome.name: outcome for outcome in self.outcomes}[name]

    @property
    def title(self) -> str:
        """One line: what was asked."""
        return f"What if: the week of {self.as_of.isoformat()}"

    @property
    def text(self) -> str:
        """The answer in a manager's words, a line a scenario."""
        base, *others = self.outcomes
        return "\n".join([_said(base), *(_said(one, base) for one in others)])

    def tables(self) -> Mapping[str, Table]:
        """Return ``scenarios``, a row each."""
        return {"scenarios": Table.of("Side by side", _COLUMNS, self.outcomes)}


def _said(outcome: Outcome, base: Outcome | None = None) -> str:
    return f"{outcome.name}: {', '.join(_figures(outcome, base))}."


def _figures(outcome: Outcome, base: Outcome | None) -> Iterator[str]:
    yield moved_in_words(outcome, base, "in the week as it is")
    yield waits_in_words(outcome.waiting, outcome.must_not_wait)
    over = f"{children(outcome.over_cap)} over a cap"
    yield over if outcome.over_cap else "nobody is over a cap"
    if outcome.heaviest_load is not None:
        yield f"the heaviest load is {percent(outcome.heaviest_load)}"
    if outcome.shortage_fte:
        missing = "is" if outcome.shortage_fte == 1 else "are"
        yield f"{outcome.shortage_fte:g} FTE {missing} missing"


def moved_in_words(found: Outcome, base: Outcome | None, where: str) -> str:
    """Return how many change worker: ``27 children change worker, 13 more than ...``.

    Parameters
    ----------
    base
        What it is compared with; None for nothing.
    where
        What `base` is, in words that follow *than*.
    """
    moved = found.moved
    text = f"{children(moved)} {'changes' if moved == 1 else 'change'} worker"
    if base is None:
        return text
    more = moved - base.moved
    if not more:
        return f"{text}, as many as {where}"
    return f"{text}, {abs(more):,} {'more' if more > 0 else 'fewer'} than {where}"
