"""The answer to what if: the plan of each scenario, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from caseload_balancer.domain.wording import CASE_WORDS, children, counted, listed, percent
from caseload_balancer.insight.answers import Answer, Kind, Table
from caseload_balancer.insight.staffing.answer import Staffing
from caseload_balancer.insight.wording import (
    case_type_words,
    left_behind_in_words,
    waits_in_words,
)
from caseload_balancer.plan import Plan
from caseload_balancer.plan.certainty import as_far
from caseload_balancer.plan.loads import heaviest
from caseload_balancer.plan.words import Status

_NAMED: Final = 4
"""Workers over a cap who are named in a line; the plan of the scenario names all."""


@dataclass(frozen=True)
class Outcome:
    """The plan of one scenario, and its figures.

    Parameters
    ----------
    name, words
        The scenario, and its edits in words.
    plan
        Its plan.
    for_cap, for_target
        The posts that it takes so that every child has a worker and nobody is over the cap, or
        the target; None where the plan leaves nobody out, and where the target is as it was.
    """

    name: str
    words: str
    plan: Plan
    for_cap: Staffing | None = None
    for_target: Staffing | None = None

    @property
    def status(self) -> Status:
        """Whether the plan is proven to be the best."""
        return self.plan.status

    @property
    def finished(self) -> bool:
        """Whether its search was finished: otherwise a better plan may exist."""
        return self.plan.certainty.complete

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
    def left_behind(self) -> int:
        """Children left with a worker who cannot go on: nobody is named for the days after."""
        return left_behind(self.plan)

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
    def shortage_fte(self) -> float | None:
        """Social workers missing, in FTE; None where the search has not settled it."""
        return None if self.plan.shortage_fte is None else float(self.plan.shortage_fte)

    @property
    def fte_for_cap(self) -> float | None:
        """FTE of the posts with which nobody waits or is over a cap; 0 where none is missing.

        None where the searches have not settled it.
        """
        return 0.0 if self.for_cap is None else _fte(self.for_cap)

    @property
    def fte_for_target(self) -> float | None:
        """The same for a target that the scenario changes; None where it does not."""
        return None if self.for_target is None else _fte(self.for_target)


def _fte(needed: Staffing) -> float | None:
    return float(needed.fte) if needed.known else None


_COLUMNS: Final[Mapping[str, Kind]] = {
    "name": str,
    "children": int,
    "fte": float,
    "moved": int,
    "forced": int,
    "third_worker": int,
    "waiting": int,
    "must_not_wait": int,
    "left_behind": int,
    "over_cap": int,
    "over_target": int,
    "heaviest_load": float,
    "shortage_fte": float,
    "fte_for_cap": float,
    "fte_for_target": float,
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


def left_behind(plan: Plan) -> int:
    """Return how many children a plan leaves with a worker who cannot go on."""
    rows = (row for row in plan.breaches if row.rule == "absence-and-leaving")
    return sum(len(row.case_ids) for row in rows)


def _said(outcome: Outcome, base: Outcome | None = None) -> str:
    name = f"{outcome.name}{as_far(finished=outcome.finished)}"
    return f"{name}: {', '.join(_figures(outcome, base))}."


def _figures(outcome: Outcome, base: Outcome | None) -> Iterator[str]:
    yield moved_in_words(outcome, base, "in the week as it is")
    yield _waits(outcome)
    if outcome.left_behind:
        yield left_behind_in_words(outcome.left_behind)
    yield _over(outcome)
    if base is not None and outcome.over_target != base.over_target:
        yield f"{counted(outcome.over_target, 'worker')} over their target"
    if outcome.heaviest_load is not None:
        yield f"the heaviest load is {percent(outcome.heaviest_load)}"
    if outcome.for_cap is not None:
        yield _posts(outcome.for_cap, finished=outcome.finished)
    if outcome.for_target is not None:
        yield _target(outcome.for_target)


def _waits(outcome: Outcome) -> str:
    """Return how many wait, and what they are."""
    text = waits_in_words(outcome.waiting, outcome.must_not_wait)
    kinds = Counter(row.case_type for row in outcome.plan.waiting)
    parts = [
        f"1 {CASE_WORDS[kind]}" if number == 1 else f"{number:,} {case_type_words(kind)}"
        for kind, number in sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return f"{text} ({listed(parts)})" if parts else text


def _over(outcome: Outcome) -> str:
    """Return who is over a cap, and by how many, the most first."""
    over = sorted(
        (row.cap - row.after.children, row.worker_id)
        for row in outcome.plan.workers
        if row.after.children > row.cap
    )
    if not over:
        return "nobody is over a cap"
    named = listed([f"{worker} by {-short}" for short, worker in over], most=_NAMED)
    return f"{children(outcome.over_cap)} over a cap ({named})"


def _posts(needed: Staffing, *, finished: bool) -> str:
    if needed.fte:
        end = f"every child has a worker and nobody is over the cap{_but(needed)}"
        return f"with {needed.fte} FTE more {end}"
    if not needed.known:
        return "how many FTE are missing is not known"
    if needed.left_over + needed.still_unmet:
        return f"no post would help{_but(needed).replace(', but for', '')}"
    text = "no FTE is missing: there is a place for every child"
    if finished:
        text += ", though not within this week's limits, or not without further changes of worker"
    return text


def _target(needed: Staffing) -> str:
    if not needed.known:
        return f"what the target of {needed.per_fte} takes is not known"
    takes = f"takes {needed.fte} FTE more" if needed.fte else "takes nobody more"
    return f"the target of {needed.per_fte} {takes}{_but(needed)}"


def _but(needed: Staffing) -> str:
    left = needed.left_over + needed.still_unmet
    return f", but for {children(left)}" if left else ""


def moved_in_words(found: Outcome, base: Outcome | None, where: str) -> str:
    """Return how many change worker: ``27 children change worker, 13 more than ...``.

    Whether `found` itself is finished is for the sentence to say; whether `base` is, is said here.

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
    where += as_far(finished=base.finished or not found.finished, whose="its")
    if not more:
        return f"{text}, as many as {where}"
    return f"{text}, {abs(more):,} {'more' if more > 0 else 'fewer'} than {where}"
