"""The numbers of continuity: children by how many workers they have had."""

from __future__ import annotations

from typing import Final

from caseload_balancer.arguments import checked
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.domain.wording import children, window
from caseload_balancer.plan import Plan, a_plan

GROUPS: Final = {"all": "all children", "looked_after": "looked after"}
NUMBERS: Final = ("none", "one", "two", "three_or_more")


@checked(plan=a_plan)
def continuity(plan: Plan) -> ChartTable:
    """Return children by number of workers in the policy's window, before and after the plan.

    All children, and looked-after children alone, whom the Department for Education publishes;
    a group nobody is in is left out.
    """
    months = window(plan.policy.churn.window_days)
    counts = {(row.children, row.when): row for row in plan.continuity if row.total}
    everybody = [counts.get(("all", when)) for when in ("before", "after")]
    before, after = (0 if row is None else row.three_or_more for row in everybody)
    return ChartTable(
        title=f"Children by number of workers in {months}",
        words=(
            f"Three or more workers in {months}: {children(before)} before the plan, "
            f"{after:,} after it."
            if counts
            else "There are no children."
        ),
        columns={"children": str, "when": str, **dict.fromkeys(NUMBERS, int)},
        rows=tuple(
            (GROUPS[group], when, *(getattr(row, number) for number in NUMBERS))
            for (group, when), row in counts.items()
        ),
    )
