"""What differs between two plans: for each child, each worker and each goal."""

from __future__ import annotations

from collections.abc import Iterator

from caseload_balancer.arguments import checked
from caseload_balancer.domain.wording import listed
from caseload_balancer.insight.compare.answer import Comparison
from caseload_balancer.insight.compare.rows import (
    Cause,
    ChildDifference,
    GoalDifference,
    Outline,
    TeamDifference,
    WorkerDifference,
)
from caseload_balancer.insight.compare.week import (
    differences,
    is_another_week,
    starts_elsewhere,
)
from caseload_balancer.insight.wording import TOLD
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.rows import Decision
from caseload_balancer.policy import GOALS
from caseload_balancer.problem.terms import goal_values


@checked(a=a_plan, b=a_plan)
def compare(a: Plan, b: Plan) -> Comparison:
    """Say what differs between two plans.

    Parameters
    ----------
    a, b
        Any two plans. Of plans of two weeks, or of different tables, the answer tells what
        changed in the week from what differs in the plan.
    """
    in_a = {row.case_id: row for row in a.cases}
    in_b = {row.case_id: row for row in b.cases}
    later = a.as_of != b.as_of
    rows = (
        _child(in_a.get(case_id), in_b.get(case_id), later=later)
        for case_id in sorted({*in_a, *in_b})
    )
    return Comparison(
        cases=len(in_a.keys() & in_b.keys()),
        children=tuple(row for row in rows if row is not None),
        week=differences(a, b),
        other_tables=is_another_week(a, b),
        workers=tuple(_workers(a, b)),
        teams=tuple(_teams(a, b)),
        goals=_goals(a, b),
        outlines=(Outline.of(a), Outline.of(b)),
        notes=tuple(_notes(a, b)),
        policy=a.policy if a.policy_hash == b.policy_hash else None,
    )


def _child(one: Decision | None, other: Decision | None, *, later: bool) -> ChildDifference | None:
    """Return how a child differs, or None: next week, who was moved and stays is no difference."""
    there = one or other
    if there is None or (one is not None and other is not None and _agree(one, other, later=later)):
        return None
    return ChildDifference(
        case_id=there.case_id,
        a_worker_id=one.worker_id if one else None,
        b_worker_id=other.worker_id if other else None,
        a_change=one.change if one else None,
        b_change=other.change if other else None,
        cause=_cause(one, other, later=later),
    )


def _agree(one: Decision, other: Decision, *, later: bool) -> bool:
    if one.worker_id != other.worker_id:
        return False
    return later or one.change == other.change


def _cause(one: Decision | None, other: Decision | None, *, later: bool) -> Cause:
    if one is None or other is None:
        return "closed" if other is None else "referred"
    if not starts_elsewhere(one, other, carried_out=later):
        return "plan"
    moved = other.change != "kept" or (not later and one.change != "kept")
    return "week and plan" if moved else "week"


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


def _teams(a: Plan, b: Plan) -> Iterator[TeamDifference]:
    in_a, in_b = ({(row.level, row.team_id): row for row in plan.teams} for plan in (a, b))
    for key in dict.fromkeys((*in_a, *in_b)):
        yield TeamDifference.of(*key, in_a.get(key), in_b.get(key))


def _goals(a: Plan, b: Plan) -> tuple[GoalDifference, ...]:
    of_a, of_b = goal_values(a.terms), goal_values(b.terms)
    return tuple(
        GoalDifference(goal=goal, a_value=of_a[goal], b_value=of_b[goal]) for goal in GOALS
    )


def _notes(a: Plan, b: Plan) -> Iterator[str]:
    if a.as_of != b.as_of:
        yield f"The weeks differ: {a.as_of.isoformat()} and {b.as_of.isoformat()}."
    elif a.inputs_hash != b.inputs_hash:
        yield "The plans were made from different tables of the same week."
    if a.policy_hash != b.policy_hash:
        one_name = a.policy.name == b.policy.name
        names = f"{a.policy.name} and {b.policy.name}"
        if one_name:
            names = f"both are called {a.policy.name}, with other settings"
        yield f"The policies differ ({names}): each goal is valued by its own plan's policy."
    for name, plan, other in (("first", a, b), ("second", b, a)):
        own = [str(one) for one in plan.agreed if one not in other.agreed]
        if own:
            yield f"Only the {name} plan keeps to these decisions: {listed(own, most=TOLD)}."
