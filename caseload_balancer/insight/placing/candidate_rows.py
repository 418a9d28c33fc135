"""A worker as somebody who could hold a case, and the order of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.wording import children, ordinal, percent, window
from caseload_balancer.policy import GoalName, Policy
from caseload_balancer.problem.refusals import Refusal


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One worker as somebody who could hold a case, everything else as it stands.

    Parameters
    ----------
    worker_id
        The worker.
    rank
        1 for the least cost; workers who cost the same share a rank, which is a tie. None for a
        worker who is refused.
    holds_now
        Whether the worker is the holder at the start.
    refusals
        Each rule against it, with the row or figure that says so.
    terms
        What the case adds to each goal with this worker, in the goal's unit, not weighted; zeros
        left out. Empty for a worker who may not be given the case at all.
    tiers
        The same by tier of the policy, weighted: what the rank goes by.
    children_before, children_after, cap
        Children held without and with the case, and how many the worker may hold.
    load_before, load_after
        Load % without and with it; None without points available.
    known_worker, workers_in_window, third_worker
        Whether a child of those who move has had the worker before; the most distinct workers one
        of them would have had in the policy's window; whether the worker makes that three or more.
    """

    worker_id: str
    rank: int | None
    holds_now: bool
    refusals: tuple[Refusal, ...]
    terms: Mapping[GoalName, int]
    tiers: tuple[int, ...]
    children_before: int
    children_after: int
    cap: int
    load_before: float | None
    load_after: float | None
    known_worker: bool
    workers_in_window: int
    third_worker: bool

    __hash__ = content_hash

    @property
    def allowed(self) -> bool:
        """Whether no rule is against it."""
        return not self.refusals

    def change(self, policy: Policy) -> str:
        """Return what it would change for worker and child, as a clause."""
        parts = []
        if self.load_before is not None and self.load_after is not None:
            moved = f"from {percent(self.load_before)} to {percent(self.load_after)}"
            parts.append(f"takes {self.worker_id} {moved}")
        over = ", over the cap" if self.children_after > self.cap else ""
        parts.append(f"{self.children_after} of {children(self.cap)}{over}")
        if self.holds_now:
            parts.append("holds the case now")
        elif self.known_worker:
            parts.append("knows the child")
        if self.third_worker:
            days = window(policy.churn.window_days)
            parts.append(f"{ordinal(self.workers_in_window)} worker in {days}")
        return ", ".join(parts)


def rank_candidates(rows: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return those no rule is against by cost, with ranks; then those without room; then others."""
    allowed = sorted((row for row in rows if row.allowed), key=lambda r: (r.tiers, r.worker_id))
    costs = [row.tiers for row in allowed]
    ranked = [replace(row, rank=costs.index(row.tiers) + 1) for row in allowed]
    refused = [row for row in rows if not row.allowed]
    refused.sort(key=lambda row: (not row.terms, row.tiers, row.worker_id))
    return (*ranked, *refused)
