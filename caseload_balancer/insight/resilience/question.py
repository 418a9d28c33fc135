"""Resilience: for each worker, what the week after they leave would be like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from os import PathLike

import numpy as np

from caseload_balancer.arrays import Bools
from caseload_balancer.domain import Snapshot
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.edits import Leaves
from caseload_balancer.insight.weeks import Week
from caseload_balancer.insight.what_if.question import Outcome, moved_in_words, plan_weeks
from caseload_balancer.insight.wording import waits_in_words
from caseload_balancer.plan.words import children, listed
from caseload_balancer.policy import Policy
from caseload_balancer.problem.facts import Facts


@dataclass(frozen=True)
class Departure:
    """What it would come to if one worker left.

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
        """Say whom nobody else may hold, where there is such a child."""
        if not self.nobody_else:
            return ()
        total = f" ({len(self.nobody_else)})" if len(self.nobody_else) > 1 else ""
        return (f"nobody else may hold {listed(self.nobody_else, most=4)}{total}",)


@dataclass(frozen=True, repr=False)
class Resilience(Answer):
    """What it would come to if each worker left, the worst first.

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
        head = f"With everybody here {', '.join(_figures(base, None))}."
        return "\n".join([head, *(self._told(row) for row in self.departures)])

    def _told(self, row: Departure) -> str:
        figures = [*row.without_anybody, *_figures(row.outcome, self.nobody_leaves)]
        return f"If {row.outcome.words} ({children(row.held)}): {', '.join(figures)}."

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


def resilience(
    snapshot: Snapshot,
    policy: Policy | str | PathLike[str] | None = None,
    *,
    worker_ids: Iterable[str] | None = None,
    time_limit: float = 10.0,
    seed: int = 0,
    executor: Executor | None = None,
) -> Resilience:
    """Plan the week once more for each worker, as if they left on its day.

    For the week after a plan, pass ``snapshot.after(plan.allocation, as_of=...)``.

    Parameters
    ----------
    snapshot, policy
        As for `allocate`.
    worker_ids
        Who might leave; everybody who can hold cases unless said.
    time_limit
        Seconds for each plan.
    seed
        Of every search.
    executor
        Plans side by side, as in `what_if`.

    Raises
    ------
    DataError
        When a worker is not in the week, or the snapshot asks for what the policy forbids.
    """
    base = Week.of(snapshot, policy)
    facts = Facts.of(snapshot, base.policy)
    if worker_ids is None:
        here = zip(facts.index.workers, facts.presence.can_hold.tolist(), strict=True)
        worker_ids = [worker.worker_id for worker, can in here if can]
    leaving = [Leaves(worker_id=worker_id) for worker_id in worker_ids]
    weeks = [base, *(edit.apply(base) for edit in leaving)]
    first, *plans = plan_weeks(weeks, time_limit=time_limit, seed=seed, executor=executor)
    rows = [
        Departure(
            worker_id=edit.worker_id,
            held=int(facts.children_held[facts.index.worker_number[edit.worker_id]]),
            nobody_else=_nobody_else(week, facts, edit.worker_id),
            outcome=Outcome(name=edit.worker_id, words=edit.words, plan=plan),
        )
        for edit, week, plan in zip(leaving, weeks[1:], plans, strict=True)
    ]
    return Resilience(
        as_of=snapshot.as_of,
        nobody_leaves=Outcome(name="nobody", words="nobody leaves", plan=first),
        departures=tuple(sorted(rows, key=_worst_first)),
    )


def _nobody_else(week: Week, facts: Facts, worker_id: str) -> tuple[str, ...]:
    number = facts.index.worker_number[worker_id]
    without: Bools = np.any(Facts.of(week.snapshot, week.policy).can_be_given, axis=1)
    return tuple(
        case.case_id
        for case, holder, somebody in zip(
            facts.index.cases, facts.holder.tolist(), without.tolist(), strict=True
        )
        if holder == number and not somebody
    )


def _worst_first(row: Departure) -> tuple[float, int, int, int, str]:
    found = row.outcome
    return (
        -found.shortage_fte,
        -len(row.nobody_else),
        -found.waiting,
        -found.moved,
        row.worker_id,
    )


def _figures(found: Outcome, base: Outcome | None) -> Iterator[str]:
    yield moved_in_words(found, base, "with everybody here")
    yield waits_in_words(found.waiting, found.must_not_wait)
    yield f"{children(found.over_cap)} over a cap" if found.over_cap else "nobody is over a cap"
