"""The numbers of what drifts, by team: what is overdue, due soon, or takes too long."""

from __future__ import annotations

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.rows.teams import MOST_TEAMS, rows_of_places
from caseload_balancer.domain.wording import children
from caseload_balancer.plan import Plan, a_plan


@checked(plan=a_plan, most=whole(1))
def drift(plan: Plan, *, most: int = MOST_TEAMS) -> ChartTable:
    """Return for how many children of each team something drifts.

    A child may be in several columns: something overdue, something due soon, an open assessment
    or a first decision that takes longer than the policy's working days, and a worker who leaves
    or goes away.

    Parameters
    ----------
    most
        As for `teams`.
    """
    level, rows = rows_of_places(
        plan,
        most,
        lambda row: (
            row.overdue,
            row.due_soon,
            row.assessments - row.assessments_in_time,
            row.referrals - row.referrals_in_time,
            row.children_touched,
        ),
    )
    whole_service = [row for row in plan.teams if row.level == "service"]
    overdue = sum(row.overdue for row in whole_service)
    late = sum(row.assessments - row.assessments_in_time for row in whole_service)
    return ChartTable(
        title=f"What drifts, children by {level}",
        words=(
            f"Something is overdue for {children(overdue)}, and {late or 'no'} open assessments "
            f"take too long; by {level}, with what is due soon and whose worker goes."
        ),
        columns={
            level: str,
            "overdue": int,
            "due_soon": int,
            "late_assessment": int,
            "late_decision": int,
            "worker_goes": int,
        },
        rows=rows,
    )
