"""The numbers of who waits, and for how long."""

from __future__ import annotations

from collections import Counter
from typing import Final

from caseload_balancer.arguments import checked
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan import Plan, a_plan

_AT_LEAST: Final = 4
_AT_MOST: Final = 12
"""Weeks that have a bar of their own, at most; longer waits share one."""


@checked(plan=a_plan)
def waiting(plan: Plan) -> ChartTable:
    """Return how many children still wait after the plan, by whole weeks without a worker.

    Children who may never wait are counted apart. The last row has everybody who has waited as
    long as that or longer, where it says so.
    """
    weeks = {row.case_id: row.days_waited // 7 for row in plan.waiting}
    longest = max(weeks.values(), default=0)
    last = max(min(longest, _AT_MOST), _AT_LEAST)
    counts = Counter((min(weeks[row.case_id], last), row.must_hold) for row in plan.waiting)
    must = sum(row.must_hold for row in plan.waiting)
    total = len(plan.waiting)
    verb = "waits" if total == 1 else "wait"
    return ChartTable(
        title="Children who wait after the plan, by weeks waited",
        words=(
            f"{children(total)} {verb} after the plan, {must or 'none'} of whom may never wait; "
            f"the longest wait so far is {counted(longest, 'whole week')}."
            if total
            else "No child waits after the plan."
        ),
        columns={"weeks_waited": str, "may_wait": int, "may_never_wait": int},
        rows=tuple(
            (
                f"{week} or more" if week == last < longest else str(week),
                counts[week, False],
                counts[week, True],
            )
            for week in range(last + 1)
        ),
    )
