"""The numbers of what follows if somebody left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.subjects import a_resilience
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan.certainty import as_far

if TYPE_CHECKING:
    from caseload_balancer.insight.resilience.answer import Resilience

MOST_WORKERS: Final = 16
"""Rows that can be read on a slide."""


@checked(found=a_resilience, most=whole(1))
def resilience(found: Resilience, *, most: int = MOST_WORKERS) -> ChartTable:
    """Return what would be left over if each worker left, the worst first.

    Parameters
    ----------
    most
        Workers at most; the rest, whose leaving would do less, is left out.
    """
    base = found.nobody_leaves
    so_far = as_far(finished=all(row.outcome.finished for row in found.departures))
    rows = found.departures[:most]
    everybody = len(found.departures)
    harmed = sum(
        row.outcome.waiting + row.outcome.over_cap > base.waiting + base.over_cap
        for row in found.departures
    )
    rest = "" if len(rows) == everybody else f", the worst {len(rows)} of {everybody}"
    return ChartTable(
        title=f"If a worker left{rest}",
        words=(
            f"With everybody here {children(base.waiting)} would wait and {base.over_cap:,} would "
            f"be over a cap; {counted(harmed, 'worker')} of {everybody} would leave more than that "
            f"behind{so_far}."
        ),
        columns={
            "worker_id": str,
            "holds": int,
            "nobody_else": int,
            "must_not_wait": int,
            "may_wait": int,
            "over_cap": int,
        },
        rows=tuple(
            (
                row.worker_id,
                row.held,
                len(row.nobody_else),
                row.outcome.must_not_wait,
                row.outcome.waiting - row.outcome.must_not_wait,
                row.outcome.over_cap,
            )
            for row in rows
        ),
    )
