"""What drifts, by team."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked, whole
from caseload_balancer.charts import style
from caseload_balancer.charts.drawing.cells import draw_cells
from caseload_balancer.charts.rows import drift as rows
from caseload_balancer.charts.rows.teams import MOST_TEAMS
from caseload_balancer.charts.subjects import some_axes
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_HEADINGS: Final = ("overdue", "due soon", "assessment\nlate", "decision\nlate", "worker\ngoes")


@checked(plan=a_plan, ax=some_axes, most=whole(1))
def drift(plan: Plan, ax: Axes | None = None, *, most: int = MOST_TEAMS) -> Axes:
    """Draw for how many children of each team something is overdue, due soon, or takes too long.

    A grid of numbers, each column shaded by its own largest: they count different things.

    Parameters
    ----------
    ax, most
        As for `teams`.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.drift(plan, most=most)
    ax = style.axes_or_new(ax, height=style.height_of(len(table.rows)))
    draw_cells(
        ax,
        [row[0] for row in table.rows],
        _HEADINGS,
        [row[1:] for row in table.rows],
        by_column=True,
    )
    style.give_title(ax, table.title)
    return ax
