"""A service's weeks, as its ledger tells them."""

from __future__ import annotations

from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, BinaryIO, Final

from caseload_balancer.arguments import checked, one_of
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import history as rows
from caseload_balancer.charts.subjects import a_history, some_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from caseload_balancer.ledger import WeeksSoFar

MOST_TEAMS: Final = 6
"""Lines that can be told apart beside the service's; with more teams it stands alone."""

MOST_NAMED: Final = 8
"""Weeks whose dates stand below the axis."""


@checked(found=a_history, ax=some_axes, measure=one_of(rows.RECORDED))
def history(found: WeeksSoFar, ax: Axes | None = None, *, measure: str = "children") -> Axes:
    """Draw a measure week by week, for the service and for each team where there are few.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    measure
        ``children``, ``waiting``, ``overdue``, ``changed``, ``third_workers``, ``fte`` or
        ``agency_percent``.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.history(found, measure=measure)
    ax = style.axes_or_new(ax)
    from matplotlib.dates import date2num  # noqa: PLC0415 - an extra

    ax.xaxis_date()
    names = list(dict.fromkeys(table.column("team")))
    if len(names) > MOST_TEAMS + 1:
        names = [rows.SERVICE]
    for number, name in enumerate(names):
        own = [(week, value) for week, team, value in table.rows if team == name]
        days = [date.fromisoformat(week) for week, _ in own]
        weeks = date2num(days)  # type: ignore[no-untyped-call] # has no types
        ax.plot(
            weeks,
            [value for _, value in own],
            label=name,
            color=style.LINES[number % len(style.LINES)],
            marker=style.MARKERS[number % len(style.MARKERS)],
            linestyle=style.DASHES[number % len(style.DASHES)],
            markevery=max(1, len(weeks) // 12),
            markersize=4,
        )
    _fit(ax, [date2num(row.as_of) for row in found.weeks])  # type: ignore[no-untyped-call] # as above
    ax.set_ylabel(rows.RECORDED[measure].unit)
    if rows.RECORDED[measure].unit == "children":
        style.count_in_whole_numbers(ax.yaxis)
    style.tidy(ax, grid="both")
    style.give_title(ax, table.title, legend=len(names) > 1)
    return ax


def _fit(ax: Axes, weeks: list[float]) -> None:
    """Have every measure span all weeks, with some of them named and room above."""
    ax.set_ylim(0, 1.06 * ax.get_ylim()[1])
    if not weeks:
        return
    ax.set_xlim(weeks[0] - 3, weeks[-1] + 3)
    ax.set_xticks(weeks[:: -(-len(weeks) // MOST_NAMED)])
    ax.tick_params(axis="x", labelrotation=30)


def draw_history(found: WeeksSoFar, path: str | PathLike[str] | BinaryIO) -> None:
    """Draw one PNG of four panels: caseload, changes of worker, waiting, and agency share."""
    figure = style.new_figure(2 * style.WIDTH, 2 * style.HEIGHT)
    panels = figure.subplots(2, 2)
    for panel, measure in zip(
        panels.flat, ("children", "changed", "waiting", "agency_percent"), strict=True
    ):
        history(found, panel, measure=measure)
    figure.savefig(path, dpi=120, format="png")
