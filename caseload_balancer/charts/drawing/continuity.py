"""Continuity: children by how many workers they have had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from caseload_balancer.arguments import checked
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import continuity as rows
from caseload_balancer.charts.subjects import some_axes
from caseload_balancer.plan import Plan, a_plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_CALLED: Final = {"none": "no worker yet", "one": "1", "two": "2", "three_or_more": "3 or more"}
_ROOM_FOR_A_NUMBER: Final = 6
"""% of the width that a number needs."""


@checked(plan=a_plan, ax=some_axes)
def continuity(plan: Plan, ax: Axes | None = None) -> Axes:
    """Draw the share of children who have had 1, 2, and 3 or more workers, before and after.

    All children, and looked-after children alone; in the bars stand the children.

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
    table = rows.continuity(plan)
    ax = style.axes_or_new(ax, height=style.height_of(2 * len(table.rows)))
    if not table.rows:
        style.give_title(ax, table.title)
        style.say(ax, table.words)
        return ax
    lines = range(len(table.rows))
    totals = [sum(row[2:]) for row in table.rows]
    left = [0.0] * len(table.rows)
    for shade, number in zip(style.SHADES, rows.NUMBERS, strict=True):
        counts = table.column(number)
        shares = [100 * count / total for count, total in zip(counts, totals, strict=True)]
        ax.barh(
            lines,
            shares,
            left=left,
            height=0.7,
            color=shade,
            edgecolor="black",
            linewidth=0.5,
            label=_CALLED[number],
        )
        ink = "white" if number == "three_or_more" else "black"
        for line in lines:
            if shares[line] >= _ROOM_FOR_A_NUMBER:
                ax.text(
                    left[line] + shares[line] / 2,
                    line,
                    f"{counts[line]:,}",
                    ha="center",
                    va="center",
                    color=ink,
                )
        left = [start + share for start, share in zip(left, shares, strict=True)]
    style.name_rows(ax, [f"{group}, {when}" for group, when, *_ in table.rows])
    ax.set_xlim(0, 100)
    ax.set_xlabel("% of the children; in the bars: children")
    style.tidy(ax, grid="x")
    style.give_title(ax, table.title, legend=True)
    return ax
