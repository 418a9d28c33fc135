"""The numbers of a service's weeks, as its ledger tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked, one_of
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.charts.subjects import a_history
from caseload_balancer.domain.wording import counted

if TYPE_CHECKING:
    from caseload_balancer.ledger import WeeksSoFar


@dataclass(frozen=True)
class RecordedMeasure:
    """What is drawn of each recorded week.

    Parameters
    ----------
    words, unit
        What it counts, and in what.
    """

    words: str
    unit: str


RECORDED: Final[Mapping[str, RecordedMeasure]] = {
    "children": RecordedMeasure("Children with a worker", "children"),
    "waiting": RecordedMeasure("Children who wait", "children"),
    "overdue": RecordedMeasure("Children with something overdue", "children"),
    "changed": RecordedMeasure("Children who changed worker", "children"),
    "third_workers": RecordedMeasure("Children with 3 or more workers in 12 months", "children"),
    "fte": RecordedMeasure("Workers who can hold cases", "FTE"),
    "agency_percent": RecordedMeasure("Agency share of the FTE", "%"),
}
"""What can be drawn over the recorded weeks."""

SERVICE: Final = "the service"


@checked(found=a_history, measure=one_of(RECORDED))
def history(found: WeeksSoFar, *, measure: str = "children") -> ChartTable:
    """Return a measure in each recorded week, for the service and for each of its teams.

    Parameters
    ----------
    measure
        ``children``, ``waiting``, ``overdue``, ``changed``, ``third_workers``, ``fte`` or
        ``agency_percent``.
    """
    what = RECORDED[measure]
    rows = [
        (row.week, SERVICE if row.level == "service" else row.team_id or "no team", value)
        for row in found.rows
        if row.level != "locality" and (value := getattr(row, measure)) is not None
    ]
    return ChartTable(
        title=f"{what.words}, week by week",
        words=(
            f"{what.words}, {what.unit}, in {counted(len(found.weeks), 'recorded week')}, of the "
            "service and of each team."
        ),
        columns={"week": str, "team": str, measure: float},
        rows=tuple((week, team, float(value)) for week, team, value in rows),
    )
