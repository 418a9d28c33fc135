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
    levels: tuple[Level, ...] = ("team", "locality")
    for level in levels:
        shown = [row for row in plan.teams if row.level == level]
        if 0 < len(shown) <= most:
            break
    else:
        level, shown = "service", [row for row in plan.teams if row.level == "service"]
    rows = [(row.called, figures(row)) for row in shown]
    if level == "team":
        for place in plan.teams:
            if place.level == "locality":
                below = [figures(row) for row in shown if row.parent_id == place.team_id]
                rows.append((f"{place.called}, no team", _left(figures(place), below)))
    if level != "service":
        service = next(figures(row) for row in plan.teams if row.level == "service")
        rows.append(("elsewhere", _left(service, [own for _, own in rows])))
    return level, tuple(
        (called, *own) for place, (called, own) in enumerate(rows) if place < len(shown) or any(own)
    )


def _left(total: tuple[int, ...], parts: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(every - sum(part) for every, *part in zip(total, *parts, strict=True))
