"""How many people it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseload_balancer.arguments import checked
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import staffing as rows
from caseload_balancer.charts.subjects import a_staffing, some_axes
from caseload_balancer.domain.wording import children

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from caseload_balancer.insight.staffing.answer import Staffing


@checked(found=a_staffing, ax=some_axes)
def staffing(found: Staffing, ax: Axes | None = None) -> Axes:
    """Draw the posts that it takes, by team and role; behind each, the children in them.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.staffing(found)
    ax = style.axes_or_new(ax, height=style.height_of(2 * len(table.rows)))
    style.give_title(ax, table.title)
    if not table.rows:
        style.say(ax, table.words)
        return ax
    lines = range(len(table.rows))
    fte = table.column("fte")
    ax.barh(lines, fte, height=0.6, color=style.HELD)
    style.name_rows(ax, [f"{team}\n{_called(role)}" for team, role, *_ in table.rows])
    for line, places in zip(lines, table.column("places"), strict=True):
        ax.annotate(
            f"{fte[line]:.1f} FTE for {children(places)}",
            (fte[line], line),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
        )
    ax.set_xlim(0, 1.5 * max(fte))
    ax.set_xlabel("FTE to be found")
    style.tidy(ax, grid="x")
    return ax


def _called(role: str) -> str:
    return "ASYE" if role == "asye" else role.replace("_", " ")
