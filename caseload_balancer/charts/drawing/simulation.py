"""Practices over the weeks, and what they come to."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Any, BinaryIO

from caseload_balancer.arguments import checked, one_of
from caseload_balancer.charts import style
from caseload_balancer.charts.rows import simulation as rows
from caseload_balancer.charts.subjects import a_simulation, some_axes
from caseload_balancer.domain.wording import counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from caseload_balancer.simulation.answer import Simulation


@checked(found=a_simulation, ax=some_axes, measure=one_of(rows.WEEKLY))
def simulation(found: Simulation, ax: Axes | None = None, *, measure: str = "waiting") -> Axes:
    """Draw a measure Monday by Monday under each practice, with 95 % intervals.

    Parameters
    ----------
    ax
        Where to draw; None makes a figure of its own.
    measure
        ``waiting``, ``moves``, ``third_workers``, ``over_cap``, ``overdue``, ``spread`` or
        ``heaviest``.

    Returns
    -------
    Axes
        `ax`, or the axes of the new figure.

    Raises
    ------
    MissingExtraError
        When matplotlib is not installed.
    """
    table = rows.simulation(found, measure=measure)
    ax = style.axes_or_new(ax)
    for number, name in enumerate(found.practices):
        own = [row[1:] for row in table.rows if row[0] == name]
        mondays, means, low, high = zip(*own, strict=True)
        look = _look(number)
        ax.plot(mondays, means, label=name, markevery=max(1, len(mondays) // 12), **look)
        if None not in low:
            ax.fill_between(mondays, low, high, color=look["color"], alpha=0.1, linewidth=0)
            ax.plot(mondays, low, mondays, high, color=look["color"], linewidth=0.6, alpha=0.7)
    ax.set_xlabel("Monday")
    ax.set_ylabel(rows.WEEKLY[measure].unit)
    ax.set_ylim(bottom=0)
    style.count_in_whole_numbers(ax.xaxis)
    _finish(ax, table.title)
    return ax


@checked(found=a_simulation, ax=some_axes)
def practices(found: Simulation, ax: Axes | None = None) -> Axes:
    """Draw each practice by the children it moves by choice and the spread of loads it leaves.

    With 95 % intervals. Nearer to the lower left corner is better.

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
    table = rows.practices(found)
    ax = style.axes_or_new(ax)
    for number, (name, moves, moves_low, _, spread, spread_low, _) in enumerate(table.rows):
        look = {**_look(number), "linestyle": ""}
        ax.errorbar(
            moves,
            spread,
            xerr=None if moves_low is None else moves - moves_low,
            yerr=None if spread_low is None else spread - spread_low,
            capsize=3,
            label=name,
            **look,
        )
    ax.set_xlabel(f"children moved by choice in {counted(found.weeks, 'week')}")
    ax.set_ylabel("spread of loads, points of load %")
    # Nobody is moved less than never: room for a marker at 0, and no more.
    ax.set_xlim(left=max(ax.get_xlim()[0], -0.06 * ax.get_xlim()[1]))
    ax.set_ylim(bottom=0)
    _finish(ax, table.title)
    return ax


def draw_simulation(found: Simulation, path: str | PathLike[str] | BinaryIO) -> None:
    """Draw one PNG of three panels: practices, children who wait, and the spread of loads."""
    figure = style.new_figure(2.4 * style.WIDTH, style.HEIGHT)
    panels = figure.subplots(1, 3)
    practices(found, panels[0])
    simulation(found, panels[1])
    simulation(found, panels[2], measure="spread")
    for panel in panels[1:]:
        panel.get_legend().remove()
    figure.savefig(path, dpi=120, format="png")


def _look(number: int) -> dict[str, Any]:
    """Return how the practice of that number looks, also where others lie on it."""
    return {
        "color": style.LINES[number % len(style.LINES)],
        "marker": style.MARKERS[number % len(style.MARKERS)],
        "linestyle": style.DASHES[number % len(style.DASHES)],
        "markersize": max(4, 9 - 1.5 * number),
        "markerfacecolor": "none",
    }


def _finish(ax: Axes, title: str) -> None:
    style.tidy(ax, grid="both")
    style.give_title(ax, title, legend=True)
