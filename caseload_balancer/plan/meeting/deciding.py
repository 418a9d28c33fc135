"""The children a meeting decides about, in the order it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseload_balancer.plan.words import Change

if TYPE_CHECKING:
    from caseload_balancer.plan.plans import Plan
    from caseload_balancer.plan.rows import Decision

_ORDER: Final[tuple[Change, ...]] = (
    "returned",
    "waiting",
    "forced",
    "moved",
    "transferred",
    "new",
)


def to_decide(plan: Plan) -> tuple[Decision, ...]:
    """Return the children to decide about: all but those who stay with their worker.

    Those who may never wait and do stand first.
    """
    rank = {change: number for number, change in enumerate(_ORDER)}
    first = {row.case_id for row in plan.waiting if row.must_hold}
    cost = {row.case_id: row.churn + row.handover for row in plan.moves}
    waited = {row.case_id: row.days_waited for row in plan.waiting}
    return tuple(
        sorted(
            (row for row in plan.cases if row.change != "kept"),
            key=lambda row: (
                row.case_id not in first,
                rank[row.change],
                -waited.get(row.case_id, 0),
                -cost.get(row.case_id, 0),
                row.case_id,
            ),
        )
    )
