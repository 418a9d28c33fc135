"""The caseload of teams before and after, against their cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.drawing.bars import draw_against_limits
from caseload_balancer.charts.rows import teams as rows
from caseload_balancer.charts.subjects import some_axes
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@checked(plan=a_plan, ax=some_axes, most=whole(1))
def teams(plan: Plan, ax: Axes | None = None, *, most: int = rows.MOST_TEAMS) -> Axes:
    """Draw the children of each team before and after the plan, against the team's cap.

    At the right stands how many of its workers are over their cap, and how many children wait.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    most
        Where there are more teams, localities take their place, and the service that of these.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.teams(plan, most=most)
    ax = style.axes_or_new(ax, height=style.height_of(len(table.rows)))
    draw_against_limits(
        ax,
        [row[0] for row in table.rows],
        table.column("children_before"),
        table.column("children_after"),
        table.column("cap"),
        [
            _note(over, waiting)
            for over, waiting in zip(table.column("over_cap"), table.column("waiting"), strict=True)
        ],
        limit="cap of its workers",
        over="over the cap",
        title=table.title,
    )
    ax.set_xlabel("children")
    return ax


def _note(over: int, waiting: int) -> str:
    told = [f"{over:,} over cap"] if over else []
    return ", ".join([*told, *([f"{waiting:,} waiting"] if waiting else [])])
