"""The answer to why a case is where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseload_balancer.domain.content_hash import content_hash
from caseload_balancer.domain.wording import children, counted, listed, ordinal, percent, window
from caseload_balancer.insight.amounts import named, price, told, total_price, worth
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.planned import HolderChange
from caseload_balancer.plan import Plan
from caseload_balancer.plan.rows import Agreed, Decision
from caseload_balancer.policy import GOALS, GoalName


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another worker for a case; all else is as in the plan, except what has to make room.

    Parameters
    ----------
    worker_id
        The other worker.
    makes_room
        The children another worker would have to take so that this one has room; empty where
        there is room.
    differences
        What it adds to each goal of the plan, in the goal's unit, not weighted; zeros left out.
    tiers
        The same by tier of the policy, weighted.
    load_before, load_after, children_after, cap
        The worker's load % in the plan and with the change, None without points available; the
        children then held, and how many may be.
    known_worker, workers_in_window, third_worker
        As in `Candidate`.
    """

    worker_id: str
    makes_room: tuple[HolderChange, ...]
    differences: Mapping[GoalName, int]
    tiers: tuple[int, ...]
    load_before: float | None
    load_after: float | None
    children_after: int
    cap: int
    known_worker: bool
    workers_in_window: int
    third_worker: bool

    __hash__ = content_hash

    @property
    def is_tie(self) -> bool:
        """Whether it is worth exactly the same as the plan in every tier."""
        return not any(self.tiers)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who has a case at the start of the week.

    Parameters
    ----------
    holder_id
        The holder; None where nobody holds the case.
    since
        The first day of the holder's spell, or of the wait; None where the tables do not say.
    workers_in_window
        Distinct workers in the policy's window (12 months), the holder included.
    """

    holder_id: str | None
    since: date | None
    workers_in_window: int

    def words(self, window_days: int) -> str:
        """Return who has the case, since when, and how many workers it has had, as a sentence."""
        who = "Nobody holds it now" if self.holder_id is None else f"{self.holder_id} holds it now"
        if self.since is not None:
            waits = "and it has been waiting " if self.holder_id is None else ""
            who += f", {waits}since {self.since.isoformat()}"
        number = (
            counted(self.workers_in_window, "worker") if self.workers_in_window else "no worker"
        )
        return f"{who}; it has had {number} in the last {window(window_days)}."


@dataclass(frozen=True, kw_only=True)
class Explanation(Answer):
    """Why a case is where the plan has it.

    Parameters
    ----------
    decision
        What the plan says of the case: the worker, the change and the reason.
    standing
        Who has it at the start of the week.
    with_case_ids
        Siblings who move with the child: terms and alternatives are for all of them together.
    terms
        What the case adds to each goal where it is, everything else as in the plan; in the goal's
        unit, not weighted, zeros left out.
    tiers
        The same by tier of the policy, weighted.
    alternatives
        The next-best workers, the cheapest first.
    agreed
        What people decided about the case; the alternatives take no account of it.
    proven
        Whether it is proven that no plan is better than the whole plan, among those that keep to
        what was agreed.
    plan
        The plan.
    """

    decision: Decision
    standing: Standing
    with_case_ids: tuple[str, ...]
    terms: Mapping[GoalName, int]
    tiers: tuple[int, ...]
    alternatives: tuple[Alternative, ...]
    agreed: tuple[Agreed, ...]
    proven: bool
    plan: Plan

    @property
    def title(self) -> str:
        """The case and where it is."""
        worker = self.decision.worker_id
        where = "waits" if worker is None else f"is with {worker}"
        together = f", with {named(self.with_case_ids)}" if self.with_case_ids else ""
        return f"Why {self.decision.case_id} {where}{together}"

    @property
    def text(self) -> str:
        """Who has it and why, what it costs there, and the next-best workers."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        policy = self.plan.policy
        yield self.decision.reason
        yield self.standing.words(policy.churn.window_days)
        yield f"There it costs {worth(self.terms, policy)}."
        if self.alternatives:
            yield "With another worker, everything else as in the plan:"
            for one in self.alternatives:
                yield f"- {self._told(one)}"
        else:
            yield "No other worker could take it, even if one other family changed worker."
        yield self._claim()

    def _told(self, one: Alternative) -> str:
        what = "a tie" if one.is_tie else price(one.differences, self.plan.policy)
        parts = [f"{one.worker_id}: {what}"]
        if one.load_before is not None and one.load_after is not None:
            loads = f"from {percent(one.load_before)} to {percent(one.load_after)}"
            parts.append(f"takes {one.worker_id} {loads}")
        else:
            parts.append(f"takes {one.worker_id} to {one.children_after} of {children(one.cap)}")
        if one.worker_id == self.decision.previous_worker_id:
            parts.append("holds the case now")
        elif one.known_worker:
            parts.append("knows the child")
        if one.third_worker:
            days = window(self.plan.policy.churn.window_days)
            parts.append(f"{ordinal(one.workers_in_window)} worker in {days}")
        if one.makes_room:
            given = listed([change.case_id for change in one.makes_room])
            to = one.makes_room[0].to_worker_id
            left = f"to {to}" if to else "and leave it waiting"
            parts.append(f"{one.worker_id} would have to give up {given} {left}")
        return "; ".join(parts) + "."

    def _claim(self) -> str:
        agreed = " that keeps to what was agreed" if self.plan.agreed else ""
        if self.proven:
            return f"Proven: no plan{agreed} is better than this one as a whole."
        return f"It is not proven that this plan is best: a better one{agreed} may exist."

    def tables(self) -> Mapping[str, Table]:
        """Return ``alternatives``, ``terms`` and ``differences``."""
        columns = {"tier": int, "goal": str, "value": int, "weight": int, "in_words": str}
        return {
            "alternatives": Table(
                "Next-best workers",
                {
                    "worker_id": str,
                    "cost": str,
                    "tie": bool,
                    "gives_up": str,
                    "gives_up_to": str,
                    "load_before": float,
                    "load_after": float,
                    "children_after": int,
                    "cap": int,
                    "known_worker": bool,
                    "workers_in_window": int,
                    "third_worker": bool,
                },
                tuple(
                    (
                        one.worker_id,
                        total_price(one.differences, self.plan.policy),
                        one.is_tie,
                        tuple(change.case_id for change in one.makes_room),
                        one.makes_room[0].to_worker_id if one.makes_room else None,
                        one.load_before,
                        one.load_after,
                        one.children_after,
                        one.cap,
                        one.known_worker,
                        one.workers_in_window,
                        one.third_worker,
                    )
                    for one in self.alternatives
                ),
            ),
            "terms": Table(
                "What the case adds where it is", columns, tuple(self._goal_rows(self.terms))
            ),
            "differences": Table(
                "What another worker would add",
                {"worker_id": str, **columns},
                tuple(
                    (one.worker_id, *row)
                    for one in self.alternatives
                    for row in self._goal_rows(one.differences)
                ),
            ),
        }

    def _goal_rows(self, values: Mapping[GoalName, int]) -> Iterator[tuple[object, ...]]:
        for goal in GOALS:
            if goal in values:
                place, value = self.plan.policy.goals[goal], values[goal]
                yield place.tier, goal, value, place.weight, told(goal, value)
