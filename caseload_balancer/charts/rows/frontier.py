"""The numbers of the trade-off between children moved and loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.arguments import checked
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.subjects import a_frontier
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan.certainty import as_far

if TYPE_CHECKING:
    from caseload_balancer.insight.frontier.answer import Frontier


@checked(found=a_frontier)
def frontier(found: Frontier) -> ChartTable:
    """Return what each number of moves reaches: a row a point of `caseload_balancer.frontier`."""
    first, last = found[0], found[-1]
    return ChartTable(
        title="What more moves bring",
        words=(
            f"{counted(len(found), 'point')} from {children(first.moves)} moved by choice to "
            f"{last.moves:,}: unevenness falls from {first.imbalance / 100:,.0f} to "
            f"{last.imbalance / 100:,.0f} cost points, children over a cap from {first.over_cap:,} "
            f"to {last.over_cap:,}{as_far(finished=found.complete)}."
        ),
        columns={
            "moves": int,
            "unevenness": float,
            "over_cap": int,
            "heaviest_load": float,
            "lightest_load": float,
        },
        rows=tuple(
            (
                point.moves,
                point.imbalance / 100,
                point.over_cap,
                point.heaviest_load,
                point.lightest_load,
            )
            for point in found
        ),
    )
