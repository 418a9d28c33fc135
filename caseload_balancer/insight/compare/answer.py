"""The answer to what differs between two plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseload_balancer.domain.wording import children, counted, percent
from caseload_balancer.insight.amounts import price, told
from caseload_balancer.insight.answers import Answer, Table
from caseload_balancer.insight.compare.rows import (
    ChildDifference,
    GoalDifference,
    Outline,
    TeamDifference,
    WorkerDifference,
)
from caseload_balancer.insight.compare.week import WeekDifference, in_words
from caseload_balancer.insight.wording import some_of
from caseload_balancer.plan.certainty import side_by_side
from caseload_balancer.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Comparison(Answer):
    """What differs between two plans, the first called a and the second b.

    Parameters
    ----------
    cases
        Children who are in both plans.
    children, workers
        Those that differ, by id; children who are in one of the weeks only are among them.
    week
        What changed in the week; empty for two plans made from the same tables.
    other_tables
        Whether the two plans were made from different tables.
    teams
        The service, its localities and their teams in both plans.
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
    week: tuple[WeekDifference, ...]
    other_tables: bool
    teams: tuple[TeamDifference, ...]
    goals: tuple[GoalDifference, ...]
    outlines: tuple[Outline, Outline]
    notes: tuple[str, ...]
    policy: Policy | None

    @property
    def title(self) -> str:
        """How many of the children who are in both plans differ."""
        among = f"{children(self.cases)}{' who are in both weeks' if self.other_tables else ''}"
        if not self.planned:
            return f"The plans agree on all {among}"
        return f"The plans differ on {len(self.planned):,} of {among}"

    @property
    def planned(self) -> tuple[ChildDifference, ...]:
        """The children in both plans who differ."""
        return tuple(one for one in self.children if one.cause not in {"closed", "referred"})

    @property
    def text(self) -> str:
        """The children, the workers and the goals that differ."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from self.notes
        yield from in_words(self.week)
        a, b = self.outlines
        yield (
            f"First / second plan{self._unlike}: {a.moves:,} / {b.moves:,} children change worker, "
            f"{a.waiting:,} / {b.waiting:,} wait; heaviest load {percent(a.heaviest)} / "
            f"{percent(b.heaviest)}."
        )
        elsewhere = [one for one in self.planned if one.a_worker_id != one.b_worker_id]
        for causes, why in (
            (("plan", "week and plan"), " by the second plan" if self.other_tables else ""),
            (("week",), " by what happened in the week"),
        ):
            rows = [one for one in elsewhere if one.cause in causes]
            if rows:
                who = f"Children with a different worker{why}"
                yield f"{who} (first / second plan): {some_of(rows)}."
        if self.workers:
            what = counted(
                len(self.workers), "worker's caseload differs", "workers' caseloads differ"
            )
            yield f"{what} (first / second plan): {some_of(self.workers)}."
        yield self._weighed()

    @property
    def _unlike(self) -> str:
        a, b = self.outlines
        return side_by_side(first=a.finished, second=b.finished)

    def _weighed(self) -> str:
        gaps = {one.goal: one.difference for one in self.goals if one.difference}
        if not gaps:
            return "Every goal has the same value."
        start = f"The second plan compared with the first{self._unlike}"
        if self.policy is None or self.other_tables:  # cost points are of one week and one policy
            parts = [told(goal, gap) for goal, gap in gaps.items()]
            return f"{start}: {', '.join(parts)}."
        return f"{start}: {price(gaps, self.policy)}."

    def tables(self) -> Mapping[str, Table]:
        """Return ``children``, ``week``, ``workers``, ``teams`` and ``goals``."""
        return {
            "children": Table.of(
                "Children",
                {
                    "case_id": str,
                    "a_worker_id": str,
                    "b_worker_id": str,
                    "a_change": str,
                    "b_change": str,
                    "cause": str,
                },
                self.children,
            ),
            "week": Table.of(
                "Changed in the week",
                {
                    "about": str,
                    "id": str,
                    "what": str,
                    "fact": str,
                    "before": str,
                    "after": str,
                },
                self.week,
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
            "teams": Table.of(
                "The service, its localities and teams",
                {
                    "level": str,
                    "team_id": str,
                    "a_children": int,
                    "b_children": int,
                    "a_percent": float,
                    "b_percent": float,
                    "a_waiting": int,
                    "b_waiting": int,
                    "a_moved": int,
                    "b_moved": int,
                    "a_over_cap": int,
                    "b_over_cap": int,
                    "a_overdue": int,
                    "b_overdue": int,
                },
                self.teams,
            ),
            "goals": Table.of(
                "Goals",
                {"goal": str, "a_value": int, "b_value": int, "difference": int, "in_words": str},
                self.goals,
            ),
        }
