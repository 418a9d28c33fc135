"""The numbers of the caseload of teams, before and after, against their cap."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts.chart_tables import ChartTable
from caseload_balancer.domain.wording import children, counted
from caseload_balancer.plan import Plan, a_plan
from caseload_balancer.plan.drift.rows import Level, TeamWeek

MOST_TEAMS: Final = 24
"""Rows that can be read on a slide."""


@checked(plan=a_plan, most=whole(1))
def teams(plan: Plan, *, most: int = MOST_TEAMS) -> ChartTable:
    """Return the children of each team before and after the plan, its cap, and who waits.

    Parameters
    ----------
    most
        Where there are more teams, localities take their place, and the service that of these.
    """
    level, rows = rows_of_places(
        plan,
        most,
        lambda row: (
            row.workers,
            row.before.children,
            row.after.children,
            row.cap,
            row.over_cap,
            row.waiting,
        ),
    )
    over = sum(row.over_cap for row in plan.teams if row.level == "service")
    wait = len(plan.waiting)
    return ChartTable(
        title=f"Caseload by {level}, children",
        words=(
            f"Children before and after the plan against the cap, by {level}: "
            f"{counted(over, 'worker')} over a cap and {children(wait)} waiting after it."
        ),
        columns={
            level: str,
            "workers": int,
            "children_before": int,
            "children_after": int,
            "cap": int,
            "over_cap": int,
            "waiting": int,
        },
        rows=rows,
    )


def rows_of_places(
    plan: Plan, most: int, figures: Callable[[TeamWeek], tuple[int, ...]]
) -> tuple[Level, tuple[tuple[str | int, ...], ...]]:
    """Return the figures of each team, or locality where there are too many, that add up.

    Who belongs to a locality but to none of its teams has a row below the teams.

    Returns
    -------
    tuple
        The level, and the rows: what the place is called, and its figures.
    """
    leaves = [row for row in plan.teams if row.level == "team"]
    if 0 < len(leaves) <= most:
        places = [row for row in plan.teams if row.level == "locality"]
        own = [(f"{row.called}, no team", _own(plan, row, figures)) for row in places]
        rows = [(row.called, figures(row)) for row in leaves]
        rows += [row for row in own if any(row[1])]
        return "team", tuple((called, *told) for called, told in rows)
    tops = [row for row in plan.teams if row.level != "service" and row.parent_id is None]
    if 0 < len(tops) <= most:
        return "locality", tuple((row.called, *figures(row)) for row in tops)
    service = [row for row in plan.teams if row.level == "service"]
    return "service", tuple((row.called, *figures(row)) for row in service)


def _own(
    plan: Plan, place: TeamWeek, figures: Callable[[TeamWeek], tuple[int, ...]]
) -> tuple[int, ...]:
    """Return what a locality has beside the places right below it."""
    below = [figures(row) for row in plan.teams if row.parent_id == place.team_id]
    return tuple(every - sum(part) for every, *part in zip(figures(place), *below, strict=True))
