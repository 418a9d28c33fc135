"""What differs between two plans: for each child, each worker and each goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from caseload_balancer.insight.amounts import price, told
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.compare.rows import (
    ChildDifference,
    GoalDifference,
    Outline,
    WorkerDifference,
)
from caseload_balancer.plan import Plan
from caseload_balancer.plan.words import children, counted, listed, percent
from caseload_balancer.policy import GOALS, Policy

TOLD: Final = 8
"""Children and workers named in the text; the tables hold all of them."""


@dataclass(frozen=True, kw_only=True)
class Comparison(Answer):
    """What differs between two plans, the first called a and the second b.

    Parameters
    ----------
    cases
        Children in the two plans together.
    children, workers
        Those that differ, by id.
    goals
        Every goal.
    outlines
        Of the first plan, and of the second.
    notes
        What a reader must know to read the differences rightly: another week, another policy,
        decisions that one of them keeps to.
    policy
        The policy of both; None where they differ.
    """

    cases: int
    children: tuple[ChildDifference, ...]
    workers: tuple[WorkerDifference, ...]
    goals: tuple[GoalDifference, ...]
    outlines: tuple[Outline, Outline]
    notes: tuple[str, ...]
    policy: Policy | None

    @property
    def title(self) -> str:
        """How many children differ."""
        if not self.children:
            return f"The plans agree on all {children(self.cases)}"
        return f"The plans differ on {len(self.children)} of {children(self.cases)}"

    @property
    def text(self) -> str:
        """The children, the workers and the goals that differ."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from self.notes
        a, b = self.outlines
        yield (
            f"First / second plan: {a.moves:,} / {b.moves:,} children change worker, "
            f"{a.waiting:,} / {b.waiting:,} wait; heaviest load {percent(a.heaviest)} / "
            f"{percent(b.heaviest)}."
        )
        elsewhere = [one for one in self.children if one.a_worker_id != one.b_worker_id]
        if elsewhere:
            yield f"With another worker (first / second plan): {_some(elsewhere)}."
        if self.workers:
            what = counted(len(self.workers), "worker holds", "workers hold")
            yield f"{what} something else: {_some(self.workers)}."
        yield self._weighed()

    def _weighed(self) -> str:
        gaps = {one.goal: one.difference for one in self.goals if one.difference}
        if not gaps:
            return "Every goal has the same value."
        if self.policy is None:
            parts = [told(goal, gap) for goal, gap in gaps.items()]
            return f"The second plan against the first: {', '.join(parts)}."
        return f"The second plan against the first: {price(gaps, self.policy)}."

    def tables(self) -> Mapping[str, Table]:
        """Return ``children``, ``workers`` and ``goals``."""
        return {
            "children": Table.of(
                "Children",
                {
                    "case_id": str,
                    "a_worker_id": str,
                    "b_worker_id": str,
                    "a_change": str,
                    "b_change": str,
                },
                self.children,
            ),
            "workers": Table.of(
                "Workers",
                {
                    "worker_id": str,
                    "a_children": int,
                    "b_children": int,
                    "a_percent": float,
                    "b_percent": float,
                    "only_a": str,
                    "only_b": str,
                },
                self.workers,
            ),
            "goals": Table.of(
                "Goals",
                {"goal": str, "a_value": int, "b_value": int, "difference": int, "in_words": str},
                self.goals,
            ),
        }


def _some(rows: list[ChildDifference] | tuple[WorkerDifference, ...]) -> str:
    more = [f"and {len(rows) - TOLD} more"] if len(rows) > TOLD else []
    return "; ".join([*map(str, rows[:TOLD]), *more])


def compare(a: Plan, b: Plan) -> Comparison:
    """Say what differs between two plans.

    Parameters
    ----------
    a, b
        Any two plans; of one week they are compared best.
    """
    in_a = {row.case_id: row for row in a.cases}
    in_b = {row.case_id: row for row in b.cases}
    every = sorted({*in_a, *in_b})
    rows = []
    for case_id in every:
        one, other = in_a.get(case_id), in_b.get(case_id)
        row = ChildDifference(
            case_id=case_id,
            a_worker_id=one.worker_id if one else None,
            b_worker_id=other.worker_id if other else None,
            a_change=one.change if one else None,
            b_change=other.change if other else None,
        )
        if (row.a_worker_id, row.a_change) != (row.b_worker_id, row.b_change):
            rows.append(row)
    return Comparison(
        cases=len(every),
        children=tuple(rows),
        workers=tuple(_workers(a, b)),
        goals=_goals(a, b),
        outlines=(Outline.of(a), Outline.of(b)),
        notes=tuple(_notes(a, b)),
        policy=a.policy if a.policy_hash == b.policy_hash else None,
    )


def _workers(a: Plan, b: Plan) -> Iterator[WorkerDifference]:
    in_a = {row.worker_id: row.after for row in a.workers}
    in_b = {row.worker_id: row.after for row in b.workers}
    for worker_id in sorted({*in_a, *in_b}):
        has_a, has_b = (
            {case_id for case_id, worker in plan.allocation.items() if worker == worker_id}
            for plan in (a, b)
        )
        one, other = in_a.get(worker_id), in_b.get(worker_id)
        row = WorkerDifference(
            worker_id=worker_id,
            a_children=one.children if one else 0,
            b_children=other.children if other else 0,
            a_percent=one.percent if one else None,
            b_percent=other.percent if other else None,
            only_a=tuple(sorted(has_a - has_b)),
            only_b=tuple(sorted(has_b - has_a)),
        )
        if has_a != has_b or row.a_percent != row.b_percent:
            yield row


def _goals(a: Plan, b: Plan) -> tuple[GoalDifference, ...]:
    totals = [dict.fromkeys(GOALS, 0), dict.fromkeys(GOALS, 0)]
    for total, plan in zip(totals, (a, b), strict=True):
        for term in plan.terms:
            total[term.goal] += term.value
    return tuple(
        GoalDifference(goal=goal, a_value=totals[0][goal], b_value=totals[1][goal])
        for goal in GOALS
    )


def _notes(a: Plan, b: Plan) -> Iterator[str]:
    if a.as_of != b.as_of:
        yield f"The weeks differ: {a.as_of.isoformat()} and {b.as_of.isoformat()}."
    elif a.inputs_hash != b.inputs_hash:
        yield "The plans were made from different tables of the same week."
    if a.policy_hash != b.policy_hash:
        yield (
            f"The policies differ ({a.policy.name} and {b.policy.name}): each goal is valued by "
            "its own plan's policy."
        )
    for name, plan, other in (("first", a, b), ("second", b, a)):
        own = [str(one) for one in plan.agreed if one not in other.agreed]
        if own:
            yield f"Only the {name} plan keeps to: {listed(own, most=TOLD)}."
