"""How long the questions about a week take: one team and one county of made-up data."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import caseload_balancer as cb
from caseload_balancer import edits
from caseload_balancer.domain import Snapshot
from caseload_balancer.plan import Plan

Size = Literal["team", "county"]

LIMITS: Final = {
    ("team", "reallocate"): 2.0,
    ("county", "reallocate"): 10.0,
    ("county", "recommend"): 0.02,
}
"""Seconds a question may take where a manager waits for it in a meeting."""


@dataclass(frozen=True)
class Timing:
    """Wall-clock seconds of one question.

    Parameters
    ----------
    size
        ``team`` or ``county``.
    question
        The public name that was called.
    first, median
        Seconds of the first call, and the median of the later ones.
    limit
        Seconds it may take; None where nobody has said.
    """

    size: Size
    question: str
    first: float
    median: float
    limit: float | None

    @property
    def kept(self) -> bool:
        """Whether the median is within the limit."""
        return self.limit is None or self.median <= self.limit


def time_questions(size: Size, *, repeats: int = 3) -> Iterator[Timing]:
    """Yield the timing of each question about a plan of the team or the county.

    Parameters
    ----------
    size
        ``team`` (12 workers, 220 children) or ``county`` (2,700 children).
    repeats
        Calls after the first.
    """
    snapshot = _week(size)
    plan = cb.allocate(snapshot)
    for name, ask in _questions(snapshot, plan):
        first, *later = (_seconds(ask) for _ in range(1 + repeats))
        yield Timing(size, name, first, statistics.median(later), LIMITS.get((size, name)))


def time_searches(size: Size) -> Iterator[Timing]:
    """Yield the timing of each question that plans the week again and again, asked once.

    Parameters
    ----------
    size
        As for `time_questions`.
    """
    for name, ask in _searches(_week(size)):
        seconds = _seconds(ask)
        yield Timing(size, name, seconds, seconds, LIMITS.get((size, name)))


def _week(size: Size) -> Snapshot:
    return cb.datasets.team() if size == "team" else cb.datasets.worcestershire()


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def _questions(snapshot: Snapshot, plan: Plan) -> Iterator[tuple[str, Callable[[], object]]]:
    move = next(move for move in plan.moves if not move.forced)
    other = next(row for row in plan.workers if row.worker_id != move.to_worker_id and row.cap)
    overrides = cb.Overrides().reject(move.case_id, "MANAGE")
    new = cb.Case(case_id="NEW", case_type="child_in_need", team_id=snapshot.cases[0].team_id)
    yield "recommend", lambda: cb.recommend(snapshot, new)
    yield "explain", lambda: cb.explain(snapshot, plan, move.case_id)
    yield "why_not", lambda: cb.why_not(snapshot, plan, move.case_id, other.worker_id)
    yield "reallocate", lambda: cb.reallocate(snapshot, plan, overrides)
    yield "compare", lambda: cb.compare(plan, plan)
    yield "fairness", lambda: cb.fairness(snapshot, plan)
    yield "shortage", lambda: cb.shortage(snapshot)


def _searches(snapshot: Snapshot) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the questions that plan the week again and again, with the limits they have."""
    worker = snapshot.cases[0].worker_id or snapshot.workers[0].worker_id
    leaves = cb.Scenario(name="one leaves", edits=(edits.Leaves(worker_id=worker),))
    yield "frontier", lambda: cb.frontier(snapshot)
    yield "what_if", lambda: cb.what_if(snapshot, [leaves])
    yield "staffing", lambda: cb.staffing(snapshot, per_fte="target")
    yield "resilience", lambda: cb.resilience(snapshot, worker_ids=[worker])
